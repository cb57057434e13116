import { randomBytes } from 'node:crypto';
import type { SubscriptionJson } from '../../contract/http.ts';
import { makeKeyPair } from '../keys/curve.ts';

type BrowserSubscription = SubscriptionJson & { expirationTime: number | null };

/** What a browser returns for a new subscription, with its own keys. */
export function browserSubscription({
  host = 'fcm.googleapis.com/fcm/send',
  endpoint = `https://${host}/${randomBytes(24).toString('base64url')}`,
  expirationTime = null,
  keys = { p256dh: makeKeyPair().publicKey, auth: randomBytes(16).toString('base64url') },
}: Partial<BrowserSubscription> & { host?: string } = {}): BrowserSubscription {
  return { endpoint, expirationTime, keys };
}
