import webPush from 'web-push';
import type { Encrypted, Recipient } from './encryptor.ts';

/** Encrypts on the calling thread, with web-push: header block, one record, one body a recipient (RFC 8188, RFC 8291). */
export function encryptAll(payload: string, recipients: readonly Recipient[]): Encrypted[] {
  const plaintext = Buffer.from(payload, 'utf8');
  return recipients.map(({ p256dh, auth }) => {
    try {
      return { kind: 'body', body: webPush.encrypt(p256dh, auth, plaintext, 'aes128gcm').cipherText };
    } catch (error) {
      return { kind: 'failed', detail: error instanceof Error ? error.message : String(error) };
    }
  });
}
