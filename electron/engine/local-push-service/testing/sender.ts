import webpush from 'web-push';
import type { SubscriptionJson } from '../../../contract/http.ts';
import type { RawRequest } from './raw-client.ts';

/** A sender that does everything right, made with the `web-push` package. */
export interface TestSender {
  readonly publicKey: string;
  readonly privateKey: string;
  /** `Authorization` for a push service. */
  authorization(origin: string): string;
  /** A request that every push service accepts; a message without a payload if `payload` is `null`. */
  request(subscription: SubscriptionJson, payload?: string | null): RawRequest;
}

export function createTestSender(subject = 'mailto:sender@example.com'): TestSender {
  const { publicKey, privateKey } = webpush.generateVAPIDKeys();

  function authorization(origin: string): string {
    return webpush.getVapidHeaders(origin, subject, publicKey, privateKey, 'aes128gcm').Authorization;
  }

  return {
    publicKey,
    privateKey,
    authorization,
    request({ endpoint, keys }, payload = '{"id":"message-1","title":"Hello"}') {
      const headers = {
        ttl: '60',
        urgency: 'normal',
        authorization: authorization(new URL(endpoint).origin),
      };
      if (payload === null) return { url: endpoint, method: 'POST', headers, body: Buffer.alloc(0) };
      const { cipherText } = webpush.encrypt(keys.p256dh, keys.auth, payload, 'aes128gcm');
      return {
        url: endpoint,
        method: 'POST',
        headers: { ...headers, 'content-encoding': 'aes128gcm' },
        body: cipherText,
      };
    },
  };
}
