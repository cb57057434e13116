/**
 * Flags for Node where the engine runs on its main thread: half of the young generation, in MB. With a larger one a campaign takes more
 * memory and is no faster. In the app the engine's thread has the same limit.
 * @type {readonly string[]}
 */
export const ENGINE_NODE_FLAGS = ['--max-semi-space-size=16'];
