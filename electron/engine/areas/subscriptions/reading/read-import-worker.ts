import { parentPort, workerData } from 'node:worker_threads';
import { createPointCheck } from '../../../keys/curve.ts';
import { createRowReader, type RowReaderOptions } from './row-reader.ts';
import { readRequest } from './read-messages.ts';

/** Entry of a worker thread that reads and checks one import. It sees nothing but the text, and no file. */
const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');

// For this thread only, which does nothing else that could be deprecated.
process.noDeprecation = true;
const reader = createRowReader(workerData as RowReaderOptions, createPointCheck());
port.on('message', (message: unknown) => {
  const request = readRequest(message);
  if (request === null) {
    // The thread ends with its port, and the other side notices.
    port.close();
    return;
  }
  const { piece, now } = request;
  port.postMessage(piece === null ? reader.end(now) : reader.push(piece, now));
});
