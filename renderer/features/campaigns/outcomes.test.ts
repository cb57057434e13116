import { describe, expect, it } from 'vitest';
import {
  type DeliveryCounts,
  shownDeliveryStateSchema,
  unsettledCount,
} from '../../../electron/contract/deliveries.ts';
import { filtersOf, outcomeParts, statesOf, wantedBy } from './outcomes.ts';

const COUNTS: DeliveryCounts = {
  queued: 5,
  sending: 2,
  retrying: 1,
  accepted: 80,
  failed: 0,
  gone: 10,
  unknown: 2,
  cancelled: 0,
  waiting: 0,
};

describe('the outcomes of a campaign', () => {
  it('counts what is still to come', () => {
    expect(unsettledCount(COUNTS)).toBe(8);
  });

  it('fills the bar with what is settled, each delivery once', () => {
    const settled = outcomeParts(COUNTS).reduce((sum, { count }) => sum + count, 0);
    expect(settled + unsettledCount(COUNTS)).toBe(100);
  });

  it('offers the three outcomes always and the rest where there is something', () => {
    const campaign = { counts: COUNTS, recipients: 100, possibleRepeats: 0 };
    expect(filtersOf(campaign).map(({ value }) => value)).toEqual([
      'all',
      'accepted',
      'failed',
      'gone',
      'unknown',
      'pending',
    ]);
  });

  it('offers those that may have arrived twice where there are any, whatever their outcome', () => {
    const last = filtersOf({ counts: COUNTS, recipients: 100, possibleRepeats: 3 }).at(-1);
    expect(last).toMatchObject({ value: 'maybe-twice', count: 3 });
    expect(wantedBy('maybe-twice')).toEqual({ states: [], mayHaveArrivedTwice: true });
    expect(wantedBy('failed')).toEqual({ states: ['failed'], mayHaveArrivedTwice: false });
  });

  it('has every delivery state behind exactly one filter', () => {
    const filters = ['accepted', 'failed', 'gone', 'unknown', 'pending', 'cancelled'] as const;
    expect(filters.flatMap(statesOf).toSorted()).toEqual([...shownDeliveryStateSchema.options].toSorted());
    expect(statesOf('all')).toEqual([]);
  });
});
