import { describe, expect, it } from 'vitest';
import { EMPTY_FILTER } from '../../audience/filter.ts';
import { besideTabs, filterAt, stateViewOf, viewTabs, type StateView } from './filters.ts';

const COUNTS = {
  matching: 3,
  byState: { active: 10, expired: 0, gone: 4, unsubscribed: 0, mismatched: 0 },
  inBin: 0,
};
const valuesOf = (view: StateView) => viewTabs(COUNTS, view).map(({ value }) => value);

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

  it('stand for a state of the filter, and change nothing else of it', () => {
    const tagged = { ...EMPTY_FILTER, search: 'ada', tagsAnyOf: ['news'] };
    for (const view of ['all', 'active', 'gone', 'bin'] as const) {
      const filter = filterAt(view, tagged);
      expect(stateViewOf(filter)).toBe(view);
      expect(filter).toMatchObject({ search: 'ada', tagsAnyOf: ['news'], inBin: view === 'bin' });
    }
    expect(filterAt('all', filterAt('bin', tagged))).toEqual(tagged);
  });

  it('are none where the filter asks for several states, which then are a chip', () => {
    const filter = { ...EMPTY_FILTER, states: ['gone' as const, 'expired' as const] };
    expect(stateViewOf(filter)).toBe('several');
    expect(filterAt('several', filter)).toBe(filter);
    expect(besideTabs(filter).states).toEqual(['gone', 'expired']);
    expect(besideTabs({ ...filter, states: ['gone'] }).states).toEqual([]);
  });
});
