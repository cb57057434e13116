import type { PushServiceId } from '../contract/push-service.ts';

/**
 * Tells which push service an endpoint lives at, by its host name.
 *
 * @param endpoint an absolute URL; anything else is `other`.
 */
export function pushServiceOf(endpoint: string): PushServiceId {
  if (!URL.canParse(endpoint)) return 'other';
  const host = new URL(endpoint).hostname;
  if (host === 'fcm.googleapis.com' || host === 'android.googleapis.com') return 'fcm';
  if (host === 'updates.push.services.mozilla.com' || host.endsWith('.push.services.mozilla.com'))
    return 'mozilla';
  if (host.endsWith('.push.apple.com')) return 'apple';
  if (host.endsWith('.notify.windows.com')) return 'wns';
  return 'other';
}
