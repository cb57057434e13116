import { parentPort } from 'node:worker_threads';
import type { FromRehearsalWorker } from '../worker-messages.ts';

/** The real push service, except that it crashes in the middle of the traffic: when it has reported its first requests. */
if (parentPort === null) throw new Error('This file runs as a worker thread.');
const port = parentPort;
const say = port.postMessage.bind(port);
port.postMessage = (message: FromRehearsalWorker) => {
  say(message);
  if (message.type === 'record')
    setImmediate(() => {
      throw new Error('fell over');
    });
};
await import('../rehearsal-worker.ts');
