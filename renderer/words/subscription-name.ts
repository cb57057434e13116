import type { Subscription } from '../../electron/contract/subscriptions.ts';
import { PUSH_SERVICES } from '../../electron/core/push-services/all.ts';

type Named = Pick<Subscription, 'id' | 'label' | 'endpoint' | 'pushService'> &
  Partial<Pick<Subscription, 'externalId'>>;

/** What a row is called: the label or id that its owner gave it, or else its browser with its number, by which the API knows it too. */
export function nameOfSubscription({ id, label, externalId = null, endpoint, pushService }: Named): string {
  const given = label ?? externalId;
  if (given !== null) return given;
  const browser = PUSH_SERVICES[pushService].usualBrowser ?? hostOf(endpoint);
  return `${browser} #${id}`;
}

const hostOf = (endpoint: string): string => (URL.canParse(endpoint) ? new URL(endpoint).host : 'Browser');
