import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { SubscriptionStore } from './subscription-store.ts';

export interface ExpiryOptions {
  store: Pick<SubscriptionStore, 'expireDue'>;
  clock: Clock;
  changes: Pick<ChangeHub, 'publish'>;
}

/**
 * Marks subscriptions whose time is over. Run before each read that depends on it, so that no timer has to be on time;
 * an index makes it free when none is due. Returns how many there were.
 */
export function createExpiry({ store, clock, changes }: ExpiryOptions): () => number {
  return () => {
    const count = store.expireDue(clock.now());
    if (count > 0) changes.publish('subscriptions', 'keys');
    return count;
  };
}
