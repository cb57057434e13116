import type { OwnSubscription } from '../../electron/contract/http.ts';
import type { AppClient } from '../shared/app-client.ts';
import { decodeBase64Url } from '../shared/base64url.ts';
import { identityOf, keyOf, subscriptionJson } from '../shared/subscription.ts';
import type { TellApp } from '../shared/tell-app.ts';

/** The two halves of a `pushsubscriptionchange`; a browser may leave out either. */
export interface SubscriptionChange {
  oldSubscription?: PushSubscription | null;
  newSubscription?: PushSubscription | null;
}

/**
 * After the push service has dropped a subscription: takes the new one, or subscribes anew with the app's key (the old
 * one's while the app is closed), and tells the app. Safe to run twice: the second time finds the new one in place.
 */
export async function renew(
  { oldSubscription, newSubscription }: SubscriptionChange,
  { pushManager, app, tell }: { pushManager: PushManager; app: AppClient; tell: TellApp },
): Promise<void> {
  const wanted = await app.publicKey();
  const oldKey = oldSubscription ? keyOf(oldSubscription) : null;
  const key = (wanted.kind === 'done' ? wanted.value : null) ?? oldKey;

  const subscription =
    newSubscription ??
    (await pushManager.getSubscription()) ??
    (key === null
      ? null
      : await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: decodeBase64Url(key) }));
  if (subscription === null) {
    await tell.nothingLeft();
    return;
  }
  const madeWith = keyOf(subscription) ?? key;
  if (madeWith === null) return;
  await tell.subscribed(subscriptionJson(subscription), madeWith, identityOfOld(oldSubscription));
}

/** `null` where the browser no longer gives its keys: without the secret it proves nothing. */
function identityOfOld(old: PushSubscription | null | undefined): OwnSubscription | null {
  if (!old) return null;
  const own = identityOf(subscriptionJson(old));
  return own.auth === '' ? null : own;
}
