import type { Subscription } from '../../electron/contract/subscription.ts';
import type { PushServiceId } from '../../electron/contract/push-service.ts';

/** The browser that a push service stands for, in a word or two. */
const BROWSERS: Record<Exclude<PushServiceId, 'other'>, string> = {
  fcm: 'Chrome',
  mozilla: 'Firefox',
  apple: 'Safari',
  wns: 'Edge',
};

type Named = Pick<Subscription, 'id' | 'label' | 'endpoint' | 'pushService'>;

/** What a row is called: the label that a person gave it, or else its browser with its number, which the API knows it by too. */
export function nameOfSubscription({ id, label, endpoint, pushService }: Named): string {
  if (label !== null) return label;
  const browser = pushService === 'other' ? hostOf(endpoint) : BROWSERS[pushService];
  return `${browser} #${id}`;
}

const hostOf = (endpoint: string): string => (URL.canParse(endpoint) ? new URL(endpoint).host : 'Browser');
