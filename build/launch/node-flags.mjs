/**
 * What Node is started with where the engine runs on its main thread: half of the young generation, in MB. A larger one makes a campaign
 * take more memory, and no less time. In the app the engine's thread has the same limit.
 * @type {readonly string[]}
 */
export const ENGINE_NODE_FLAGS = ['--max-semi-space-size=16'];
