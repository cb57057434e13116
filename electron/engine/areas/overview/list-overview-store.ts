import { leftAsSchema } from '../../../contract/list-overview.ts';
import { pushServiceSchema } from '../../../contract/push-service.ts';
import { z } from 'zod';
import { AGE_PERIOD_MS } from '../../store/age-sums.ts';
import { LIST_SLOT_MS } from '../../store/list-slots.ts';
import type { ReadableDb } from '../../store/database.ts';
import { soundCount, soundWord } from '../../store/sound.ts';
import type { ListSum } from './growth.ts';
import type { AgeAnswers } from './next-send.ts';

/** What the store keeps of the list's history. See [Note: list sums] and [Note: age sums]. */
export interface ListOverviewStore {
  /** @param from ms since 1970 */
  listSums(from: number): ListSum[];
  /** @param from ms since 1970; the whole 30-day period that it falls into is included */
  ageSums(from: number): AgeAnswers[];
}

const changeSchema = z.enum(['joined', 'returned', ...leftAsSchema.options]);
const stateSchema = z.enum(['accepted', 'gone']);

export function createListOverviewStore(db: ReadableDb): ListOverviewStore {
  const lists = db.read<{ from: number }, { slot: number; change: string; count: number }>(
    'SELECT slot, change, count FROM list_sums WHERE slot >= @from',
  );
  const ages = db.read<{ from: number }, { pushService: string; age: number; state: string; count: number }>(
    `SELECT push_service AS pushService, age, state, total(count) AS count FROM age_sums
     WHERE period >= @from GROUP BY 1, 2, 3`,
  );
  return {
    listSums: (from) =>
      lists.all({ from: Math.ceil(from / LIST_SLOT_MS) }).map(({ slot, change, count }) => ({
        at: slot * LIST_SLOT_MS,
        change: soundWord(changeSchema, change, 'gone'),
        count: soundCount(count),
      })),
    ageSums: (from) =>
      ages.all({ from: Math.floor(from / AGE_PERIOD_MS) }).map(({ pushService, age, state, count }) => ({
        pushService: soundWord(pushServiceSchema, pushService, 'other'),
        age,
        state: soundWord(stateSchema, state, 'accepted'),
        count: soundCount(count),
      })),
  };
}
