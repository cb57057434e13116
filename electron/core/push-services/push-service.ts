import type { PushServiceId } from '../../contract/push-service.ts';

/**
 * Tells which push service an endpoint lives at, by its host name.
 *
 * @param endpoint an absolute URL; anything else is `other`.
 */
export function pushServiceOf(endpoint: string): PushServiceId {
  return URL.canParse(endpoint) ? pushServiceAt(new URL(endpoint).hostname) : 'other';
}

/**
 * Tells which push service a host belongs to.
 *
 * @param host as `URL.hostname` gives it
 */
export function pushServiceAt(host: string): PushServiceId {
  if (host === 'fcm.googleapis.com' || host === 'android.googleapis.com') return 'fcm';
  if (host === 'updates.push.services.mozilla.com' || host.endsWith('.push.services.mozilla.com'))
    return 'mozilla';
  if (host.endsWith('.push.apple.com')) return 'apple';
  if (host.endsWith('.notify.windows.com')) return 'wns';
  return 'other';
}

const NAMES: Record<PushServiceId, string> = {
  fcm: 'Google (FCM)',
  mozilla: 'Mozilla',
  apple: 'Apple',
  wns: 'Microsoft (WNS)',
  other: 'the push service',
};

/** The name of a push service as it stands in a sentence, never at its start. */
export function pushServiceName(service: PushServiceId): string {
  return NAMES[service];
}
