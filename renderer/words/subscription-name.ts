import type { Subscription } from '../../electron/contract/subscriptions.ts';
import { PUSH_SERVICES } from '../../electron/core/push-services/all.ts';

type Named = Pick<Subscription, 'id' | 'label' | 'endpoint' | 'pushService'> &
  Partial<Pick<Subscription, 'externalId'>>;

/** What a row is called: the label or id that its owner gave it, or else its browser with its number, by which the API knows it too. */
export function nameOfSubscription(subscription: Named): string {
  const { name, number } = namePartsOf(subscription);
  return number === null ? name : `${name} ${number}`;
}

/** The same in two parts, for where room is scarce: the number tells apart what has one name. `null`: the name needs none. */
export function namePartsOf({ id, label, externalId = null, endpoint, pushService }: Named): {
  name: string;
  number: string | null;
} {
  const given = label ?? externalId;
  if (given !== null) return { name: given, number: null };
  return { name: PUSH_SERVICES[pushService].usualBrowser ?? hostOf(endpoint), number: `#${id}` };
}

const hostOf = (endpoint: string): string => (URL.canParse(endpoint) ? new URL(endpoint).host : 'Browser');
