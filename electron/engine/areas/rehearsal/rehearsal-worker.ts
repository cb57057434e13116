import { parentPort, workerData } from 'node:worker_threads';
import { serveRehearsal } from './serve-rehearsal.ts';
import type { RehearsalWorkerData } from './worker-messages.ts';

/** Entry of the thread that runs the local push service, so that the engine's own thread is free for the engine. */
if (parentPort === null) throw new Error('This file runs as a worker thread.');
const served = await serveRehearsal(parentPort, workerData as RehearsalWorkerData);

// A thread that Node itself ends in the middle of HTTP/2 traffic can take the whole process with it (an assertion in
// its native code), so the connections are closed first.
process.on('uncaughtException', (error) => {
  served.fall(error);
});
