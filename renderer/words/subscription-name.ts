import type { Subscription } from '../../electron/contract/subscriptions.ts';
import { PUSH_SERVICES } from '../../electron/core/push-services/all.ts';

type Named = Pick<Subscription, 'id' | 'label' | 'endpoint' | 'pushService'>;

/** What a row is called: the label that a person gave it, or else its browser with its number, which the API knows it by too. */
export function nameOfSubscription({ id, label, endpoint, pushService }: Named): string {
  if (label !== null) return label;
  const browser = PUSH_SERVICES[pushService].usualBrowser ?? hostOf(endpoint);
  return `${browser} #${id}`;
}

const hostOf = (endpoint: string): string => (URL.canParse(endpoint) ? new URL(endpoint).host : 'Browser');
