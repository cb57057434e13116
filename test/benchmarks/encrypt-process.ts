import { createECDH, randomBytes } from 'node:crypto';
import { messageSchema } from '../../electron/contract/message.ts';
import { buildPayload, encodePayload } from '../../electron/core/message/payload.ts';
import { encryptAll } from '../../electron/engine/wire/encryption/encrypt-all.ts';
import { ownJob, tell } from './child.ts';
import { MESSAGE } from './message.ts';

export interface EncryptRun {
  /** Payloads encrypted per second by one process. */
  perSecond: number;
}

/** As many as the engine gives to a thread at a time. */
const AT_A_TIME = 64;

// As in the engine's threads, whose code this is.
Error.stackTraceLimit = 0;

const { seconds } = ownJob() as { seconds: number };
const payload = encodePayload(buildPayload(messageSchema.parse(MESSAGE), 'benchmark')).text;
const recipients = Array.from({ length: AT_A_TIME }, () => ({
  p256dh: createECDH('prime256v1').generateKeys('base64url'),
  auth: randomBytes(16).toString('base64url'),
}));

const until = performance.now() + seconds * 1000;
let count = 0;
const startedAt = performance.now();
while (performance.now() < until) {
  if (encryptAll(payload, recipients).some(({ kind }) => kind !== 'body')) throw new Error('It failed.');
  count += AT_A_TIME;
}
const run: EncryptRun = { perSecond: (count * 1000) / (performance.now() - startedAt) };
tell(run);
