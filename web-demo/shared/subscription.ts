import type { OwnSubscription, SubscriptionJson } from '../../electron/contract/http.ts';
import { encodeBase64Url } from './base64url.ts';

/** The subscription as the app takes it. */
export function subscriptionJson(subscription: PushSubscription): SubscriptionJson {
  const { endpoint, expirationTime, keys } = subscription.toJSON();
  return {
    endpoint: endpoint ?? subscription.endpoint,
    expirationTime: expirationTime ?? null,
    keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' },
  };
}

/** What names a subscription, and what proves that it is one's own. */
export const identityOf = ({ endpoint, keys }: SubscriptionJson): OwnSubscription => ({
  endpoint,
  auth: keys.auth,
});

/** The key that a subscription was made with, as unpadded base64url; `null` where the browser does not tell. */
export function keyOf(subscription: PushSubscription): string | null {
  const key = subscription.options.applicationServerKey;
  return key === null ? null : encodeBase64Url(key);
}
