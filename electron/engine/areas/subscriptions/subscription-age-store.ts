import { pushServiceSchema, type PushServiceId } from '../../../contract/push-service.ts';
import { ageOfRow } from '../../store/age-sums.ts';
import type { ReadableDb } from '../../store/database.ts';
import { soundWord } from '../../store/sound.ts';
import type { Range } from './select/select-store.ts';

/** How long ago push services last accepted messages for active subscriptions. See [Note: age sums]. */
export interface SubscriptionAgeStore {
  count(range: Range, now: number): { pushService: PushServiceId; age: number; count: number }[];
}

export function createSubscriptionAgeStore(db: ReadableDb): SubscriptionAgeStore {
  const ages = db.read<Range & { now: number }, { pushService: string; age: number; count: number }>(
    `SELECT push_service AS pushService, ${ageOfRow('@now')} AS age, count(*) AS count FROM subscriptions NOT INDEXED
     WHERE id >= @from AND id < @to AND state = 'active' AND deleted_at IS NULL GROUP BY 1, 2`,
  );
  return {
    count: (range, now) =>
      ages
        .all({ ...range, now })
        .map((sum) => ({ ...sum, pushService: soundWord(pushServiceSchema, sum.pushService, 'other') })),
  };
}
