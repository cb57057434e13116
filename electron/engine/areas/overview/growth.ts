import { leftAsSchema, type LeftAs, type ListDay } from '../../../contract/list-overview.ts';
import type { LocalDay } from './local-days.ts';

/** How many joined, returned or left within a quarter of an hour. See [Note: list sums]. */
export interface ListSum {
  /** When the quarter begins, in ms since 1970. */
  readonly at: number;
  readonly change: 'joined' | 'returned' | LeftAs;
  readonly count: number;
}

/**
 * Days of the list, with how many there were at the end of each.
 *
 * Totals are counted backwards from what there is now, so the last one is always right; anything dated in the future belongs to today.
 * @param days oldest first
 * @param sums from the first of them on
 * @param active how many there are now
 */
export function growthOf(days: readonly LocalDay[], sums: readonly ListSum[], active: number): ListDay[] {
  const byDay = days.map(() => ({ joined: 0, returned: 0, leftAs: nobodyLeft() }));
  for (const { at, change, count } of sums) {
    const day = byDay[dayOf(days, at)];
    if (day === undefined) continue;
    if (change === 'joined' || change === 'returned') day[change] += count;
    else day.leftAs[change] += count;
  }
  let total = active;
  return byDay
    .map(({ joined, returned, leftAs }, index) => {
      const left = Object.values(leftAs).reduce((sum, count) => sum + count, 0);
      const { start: day = 0, date = '' } = days[index] ?? {};
      return { day, date, joined, returned, left, leftAs, net: joined + returned - left };
    })
    .reduceRight<ListDay[]>((later, day) => {
      const all = [...later, { ...day, total }];
      total -= day.net;
      return all;
    }, [])
    .reverse();
}

const nobodyLeft = () =>
  Object.fromEntries(leftAsSchema.options.map((left) => [left, 0])) as Record<LeftAs, number>;

/** The last day that has begun by then; -1: the time is before all of them. */
function dayOf(days: readonly LocalDay[], at: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle]?.start ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
