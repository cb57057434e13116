import webPush from 'web-push';
import type { Payload } from '../batch-sender.ts';
import type { Encrypted, Recipient } from './encryptor.ts';

/** Encrypts on the calling thread, with web-push: a header block, one record, one body per recipient (RFC 8188, RFC 8291). */
export function encryptAll(payload: Payload, recipients: readonly Recipient[]): Encrypted[] {
  const shared = typeof payload === 'string' ? Buffer.from(payload, 'utf8') : null;
  return recipients.map(({ p256dh, auth }, index) => {
    const text = typeof payload === 'string' ? payload : payload[index];
    if (text === undefined) return { kind: 'failed', detail: 'There is no payload for this recipient.' };
    const plaintext = shared ?? Buffer.from(text, 'utf8');
    try {
      return { kind: 'body', body: webPush.encrypt(p256dh, auth, plaintext, 'aes128gcm').cipherText };
    } catch (error) {
      return { kind: 'failed', detail: error instanceof Error ? error.message : String(error) };
    }
  });
}
