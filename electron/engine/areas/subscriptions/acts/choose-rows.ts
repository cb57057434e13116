import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Target } from '../../../../contract/acts.ts';
import type { SubscriptionId } from '../../../../contract/ids.ts';
import {
  addRow,
  countRows,
  idsOf,
  isEmpty,
  noRows,
  stretchOf,
  type RowBits,
} from '../../../store/row-bits.ts';
import {
  filterOfIds,
  lessThan,
  type RowFilter,
  type SubscriptionSelection,
} from '../subscription-selection-service.ts';

/** A fixed set of rows to act on: a million take 125 kB. */
export interface ChosenRows {
  readonly count: number;
  /** In ascending order, at most this many at a time. */
  pieces(size: number): Generator<readonly SubscriptionId[], void, undefined>;
}

/**
 * What a target means now. In pieces: a row that changes while they are being found (half a second for a million) counts as either before
 * or after.
 *
 * @param existing those of the given ids that exist
 */
export async function chooseRows(
  target: Target | RowFilter,
  selection: Pick<SubscriptionSelection, 'prepare' | 'stretches' | 'view'>,
  existing: (ids: readonly SubscriptionId[]) => SubscriptionId[],
  signal?: AbortSignal,
): Promise<ChosenRows> {
  if ('ids' in target) return chosen(bitsByStretch(existing(target.ids)));
  const found = new Map<number, RowBits>();
  const filter = 'bits' in target ? target : rowsOf(target, selection);
  for (let stretch = 0; stretch < selection.stretches(); stretch += 1) {
    signal?.throwIfAborted();
    const bits = filter.bits(selection.view(stretch));
    if (!isEmpty(bits)) found.set(stretch, bits);
    await nextTurn();
  }
  return chosen(found);
}

function rowsOf(
  { filter, except }: Extract<Target, { filter: unknown }>,
  selection: Pick<SubscriptionSelection, 'prepare'>,
): RowFilter {
  const matching: RowFilter = selection.prepare(filter);
  return except.length === 0 ? matching : lessThan(matching, filterOfIds(except));
}

function bitsByStretch(ids: readonly number[]): Map<number, RowBits> {
  const found = new Map<number, RowBits>();
  for (const id of ids) {
    const stretch = stretchOf(id);
    let bits = found.get(stretch);
    if (bits === undefined) {
      bits = noRows();
      found.set(stretch, bits);
    }
    addRow(bits, id);
  }
  return new Map([...found].sort(([one], [other]) => one - other));
}

function chosen(found: ReadonlyMap<number, RowBits>): ChosenRows {
  return {
    count: [...found.values()].reduce((count, bits) => count + countRows(bits), 0),
    *pieces(size) {
      for (const [stretch, bits] of found) {
        const ids = idsOf(bits, stretch) as SubscriptionId[];
        for (let at = 0; at < ids.length; at += size) yield ids.slice(at, at + size);
      }
    },
  };
}
