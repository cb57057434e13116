import type { PushServiceId } from '../../../contract/push-service.ts';
import type { SubscriptionState } from '../../../contract/subscriptions.ts';
import type { ReadableDb } from '../../store/database.ts';

/** How many subscriptions are of one kind. See [Note: subscription sums]. */
export interface SubscriptionSum {
  readonly inBin: boolean;
  /** `null` where it is not known which key they were made with. */
  readonly publicKey: string | null;
  readonly pushService: PushServiceId;
  readonly state: SubscriptionState;
  readonly count: number;
}

export interface SubscriptionSumStore {
  /** Kinds that have rows; a few dozen, however many rows there are. */
  list(): SubscriptionSum[];
}

interface Raw {
  in_bin: number;
  public_key: string;
  push_service: PushServiceId;
  state: SubscriptionState;
  count: number;
}

export function createSubscriptionSumStore(db: ReadableDb): SubscriptionSumStore {
  const all = db.read<object, Raw>(
    'SELECT in_bin, public_key, push_service, state, count FROM subscription_sums WHERE count > 0',
  );
  return {
    list: () =>
      all.all({}).map((raw) => ({
        inBin: raw.in_bin === 1,
        publicKey: raw.public_key === '' ? null : raw.public_key,
        pushService: raw.push_service,
        state: raw.state,
        count: raw.count,
      })),
  };
}
