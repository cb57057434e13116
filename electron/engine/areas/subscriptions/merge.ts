import type { SubscriptionSource, SubscriptionState } from '../../../contract/subscriptions.ts';
import type { CheckedSubscription } from '../../../core/subscription/subscription-check.ts';
import type { BatchRow } from './batch-row.ts';
import type { KnownSubscription, SubscriptionValues } from './subscription-store.ts';

/** An arriving subscription, checked, with the key it was made with as far as it is known. */
export interface Arrival {
  readonly subscription: CheckedSubscription;
  readonly publicKey: string | null;
  readonly source: SubscriptionSource;
}

export interface Merged {
  readonly values: SubscriptionValues;
  /** What the person should know about it; `null` when it goes without saying. */
  readonly remark: 'comes-back' | 'stays-unsubscribed' | null;
}

/** A row of an import, as what arrives. */
export function arrivalOf(row: BatchRow, publicKey: string | null): Arrival {
  const { endpoint, pushService, p256dh, auth, expirationTime, remark } = row;
  return {
    subscription: { endpoint, pushService, p256dh, auth, expirationTime, remark },
    publicKey: row.publicKey ?? publicKey,
    source: 'import',
  };
}

/** What is written for one that was not known before. */
export function asNew({ subscription, publicKey }: Arrival, now: number): SubscriptionValues {
  return {
    ...subscription,
    publicKey,
    state: liveState(subscription.expirationTime, now),
    deletedAt: null,
  };
}

/**
 * What becomes of a known one (docs/decisions/known-subscriptions.md): a browser that reports its subscription still has it, so the row
 * becomes active whatever it was; a paste revives everything except a person who left.
 */
export function merge(known: KnownSubscription, arrival: Arrival, now: number): Merged {
  const fresh = asNew(arrival, now);
  const values = { ...fresh, publicKey: arrival.publicKey ?? known.publicKey };
  if (arrival.source === 'import' && known.state === 'unsubscribed') {
    return { values: { ...values, state: 'unsubscribed' }, remark: 'stays-unsubscribed' };
  }
  const wasAway = known.deletedAt !== null || known.state === 'gone' || known.state === 'mismatched';
  return { values, remark: wasAway ? 'comes-back' : null };
}

/** The state of one that has not been retired. */
export function liveState(expirationTime: number | null, now: number): SubscriptionState {
  return expirationTime !== null && expirationTime <= now ? 'expired' : 'active';
}
