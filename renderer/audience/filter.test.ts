import { describe, expect, it } from 'vitest';
import { keyPairIdSchema } from '../../electron/contract/ids.ts';
import { subscriptionFilterSchema } from '../../electron/contract/subscriptions.ts';
import {
  conditionsOf,
  EMPTY_FILTER,
  filterSays,
  hasConditions,
  isSameFilter,
  type FilterNames,
} from './filter.ts';

const FULL = subscriptionFilterSchema.parse({
  search: 'ada',
  states: ['active', 'gone', 'expired'],
  pushServices: ['mozilla'],
  keyPairId: 1,
  tagsAnyOf: ['news', 'vip'],
  tagsAllOf: ['a', 'b'],
  tagsNoneOf: ['staff'],
  attributes: [
    { name: 'language', anyOf: ['de'] },
    { name: 'plan', noneOf: ['free'] },
    { name: 'city', isSet: false },
  ],
  addedFrom: new Date(2026, 2, 3).getTime(),
  addedBefore: new Date(2026, 2, 5).getTime(),
  lastResults: ['failed'],
  neverReached: true,
  shownWithinDays: 30,
  clickedWithinDays: 1,
  neverShown: false,
  canReport: false,
  shownInCampaign: 4,
  notShownInCampaign: 5,
  clickedInCampaign: 4,
  notClickedInCampaign: 6,
  externalIds: ['1', '2', '3'],
});
const names: FilterNames = {
  key: (id) => (id === 1 ? 'Baker Street News' : undefined),
  campaign: (id) => (id === 4 ? 'Autumn sale' : undefined),
};

describe('the conditions of a filter', () => {
  it('are said one by one', () => {
    expect(conditionsOf(FULL, names).map(({ what, says }) => `${what}: ${says}`)).toEqual([
      'State: Active, Gone or 1 more',
      'Push service: Mozilla',
      'Key pair: Baker Street News',
      'Tag: news or vip',
      'All tags: a and b',
      'Not tagged: staff',
      'Language: de',
      'plan: not free',
      'city: is not set',
      'Added: 3 Mar 2026 to 4 Mar 2026',
      'Last result: Failed',
      'Reached: never',
      'Shown: at least once, in the last 30 days',
      'Clicked: in the last 24 hours',
      'Shown in: Autumn sale',
      'Not shown in: #5',
      'Clicked in: Autumn sale',
      'Shown but not clicked in: #6',
      'Receipts: can’t report',
      'External ID: 3 IDs',
    ]);
  });

  it('can each be taken out, and nothing else with it', () => {
    const all = conditionsOf(FULL, names);
    for (const { id, what, rest } of all) {
      const left = conditionsOf(rest, names);
      expect(left.length, what).toBe(all.length - 1);
      expect(rest.search).toBe('ada');
      if (!id.startsWith('attribute')) expect(left.map((one) => one.id)).not.toContain(id);
    }
  });

  it('are none in an empty filter, nor is a search one', () => {
    expect(hasConditions({ ...EMPTY_FILTER, search: 'ada' })).toBe(false);
    expect(hasConditions({ ...EMPTY_FILTER, neverReached: false })).toBe(true);
  });

  it('name a key pair that is not known by its number', () => {
    const keyPairId = keyPairIdSchema.parse(7);
    expect(conditionsOf({ ...EMPTY_FILTER, keyPairId }, names)[0]?.says).toBe('#7');
  });
});

it('a filter is said in one line', () => {
  expect(filterSays(EMPTY_FILTER, names)).toBe('All subscriptions');
  expect(filterSays({ ...EMPTY_FILTER, search: 'ada', tagsAllOf: ['x', 'y', 'z'] }, names)).toBe(
    '“ada”; All tags: x, y and 1 more',
  );
});

it('two filters ask for the same, whatever the order of their fields', () => {
  const { search, ...others } = EMPTY_FILTER;
  expect(isSameFilter(EMPTY_FILTER, { ...others, search: ` ${search} ` })).toBe(true);
  expect(isSameFilter(EMPTY_FILTER, { ...EMPTY_FILTER, inBin: true })).toBe(false);
});
