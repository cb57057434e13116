import { parentPort } from 'node:worker_threads';
import { encryptAll } from './encryption/encrypt-all.ts';
import { packReply, readRequest } from './encryption/worker-messages.ts';

/** Entry of a worker thread that does nothing but encrypt. It is given no private key: RFC 8291 needs none from the sender. */
const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');

// Node 24 finds out whether a key is a buffer by throwing and catching an error, about a dozen times per message. Without
// the stacks, which nobody reads here, a fifth of the time per message is saved.
Error.stackTraceLimit = 0;

port.on('message', (message: unknown) => {
  const request = readRequest(message);
  if (request === null) {
    // The thread ends with its port, and the pool gives its work to another one.
    port.close();
    return;
  }
  const { id, payload, recipients } = request;
  const reply = packReply(id, encryptAll(payload, recipients));
  port.postMessage(reply, [reply.block.buffer]);
});
