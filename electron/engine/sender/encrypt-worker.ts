import { parentPort } from 'node:worker_threads';
import { encryptAll } from './encryption/encrypt-all.ts';
import { packReply, type EncryptRequest } from './encryption/worker-messages.ts';

/** Entry of a worker thread that does nothing but encrypt. It is given no private key: RFC 8291 needs none of the sender's. */
const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');

port.on('message', ({ id, payload, recipients }: EncryptRequest) => {
  const reply = packReply(id, encryptAll(payload, recipients));
  port.postMessage(reply, [reply.block.buffer]);
});
