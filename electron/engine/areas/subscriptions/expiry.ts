import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import { createSetBackWatch } from '../../base/set-back.ts';
import type { SubscriptionStore } from './subscription-store.ts';

export interface ExpiryOptions {
  store: Pick<SubscriptionStore, 'expireDue' | 'unexpire'>;
  clock: Clock;
  changes: Pick<ChangeHub, 'publish'>;
}

/**
 * Marks subscriptions whose time is over. Run before each read that depends on it, so that no timer has to be punctual; an index makes it
 * free when none is due. Returns how many have changed.
 */
export function createExpiry({ store, clock, changes }: ExpiryOptions): () => number {
  const setBackBy = createSetBackWatch(clock);
  let isFirst = true;
  return () => {
    // A clock that was ahead may have marked some too early, even before this start. [Note: clock set back]
    const wasAhead = setBackBy() > 0 || isFirst;
    isFirst = false;
    const revived = wasAhead ? store.unexpire(clock.now()) : 0;
    const count = revived + store.expireDue(clock.now());
    if (count > 0) changes.publish('subscriptions', 'keys');
    return count;
  };
}
