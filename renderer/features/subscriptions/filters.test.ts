import { describe, expect, it } from 'vitest';
import { subscriptionFilterSchema } from '../../../electron/contract/subscriptions.ts';
import { filterOf, viewTabs, type SubscriptionView } from './filters.ts';

const COUNTS = {
  matching: 3,
  byState: { active: 10, expired: 0, gone: 4, unsubscribed: 0, mismatched: 0 },
  inBin: 0,
};
const valuesOf = (view: SubscriptionView) => viewTabs(COUNTS, view).map(({ value }) => value);

describe('the views of subscriptions', () => {
  it('shows all and active always, the rest where there is something', () => {
    expect(valuesOf('all')).toEqual(['all', 'active', 'gone']);
  });

  it('keeps the view in sight whose last row has just left', () => {
    expect(valuesOf('bin')).toContain('bin');
    expect(valuesOf('expired')).toContain('expired');
  });

  it('counts all outside the bin', () => {
    expect(viewTabs(COUNTS, 'all')[0]?.count).toBe(14);
  });

  it('asks the engine for what the contract takes', () => {
    for (const view of ['all', 'active', 'bin'] as const) {
      expect(subscriptionFilterSchema.parse(filterOf(view, ' fcm '))).toEqual(filterOf(view, 'fcm'));
    }
    expect(filterOf('gone', '').states).toEqual(['gone']);
    expect(filterOf('bin', '')).toMatchObject({ states: [], inBin: true });
  });
});
