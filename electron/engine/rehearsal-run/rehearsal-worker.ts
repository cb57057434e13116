import { parentPort, workerData } from 'node:worker_threads';
import { serveRehearsal } from './serve-rehearsal.ts';
import type { RehearsalWorkerData } from './worker-messages.ts';

/** Entry of the thread that runs the local push service, so that the engine's own thread has its time for the engine. */
if (parentPort === null) throw new Error('This file runs as a worker thread.');
await serveRehearsal(parentPort, workerData as RehearsalWorkerData);
