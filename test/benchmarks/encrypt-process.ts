import { createECDH, randomBytes } from 'node:crypto';
import webPush from 'web-push';
import { messageSchema } from '../../electron/contract/message.ts';
import { buildPayload, encodePayload } from '../../electron/core/payload.ts';
import { ownJob, tell } from './child.ts';
import { MESSAGE } from './message.ts';

export interface EncryptRun {
  /** Payloads encrypted in a second by one process. */
  perSecond: number;
}

const { seconds } = ownJob() as { seconds: number };
const payload = encodePayload(buildPayload(messageSchema.parse(MESSAGE), 'benchmark')).text;
const browser = createECDH('prime256v1');
const p256dh = browser.generateKeys('base64url');
const auth = randomBytes(16).toString('base64url');

const until = performance.now() + seconds * 1000;
let count = 0;
const startedAt = performance.now();
while (performance.now() < until) {
  webPush.encrypt(p256dh, auth, payload, 'aes128gcm');
  count += 1;
}
const run: EncryptRun = { perSecond: (count * 1000) / (performance.now() - startedAt) };
tell(run);
