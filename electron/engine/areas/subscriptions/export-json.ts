import type { SubscriptionKeys } from './subscription-store.ts';
import { visibleText } from '../../../core/text/visible-text.ts';

/**
 * What `PushSubscription.toJSON()` gives in a browser (Push API §8.1): the same members in the same order,
 * keys in unpadded base64url.
 *
 * @param alone one object instead of an array
 */
export function exportText(rows: readonly SubscriptionKeys[], alone: boolean): string {
  const values = rows.map(({ endpoint, expirationTime, p256dh, auth }) => ({
    endpoint,
    expirationTime,
    keys: { p256dh, auth },
  }));
  return visibleText(JSON.stringify(alone ? values[0] : values, null, 2), true);
}
