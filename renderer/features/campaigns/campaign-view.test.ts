import { expect, it } from 'vitest';
import { askedOf, EVERY_CAMPAIGN, statesOf } from './campaign-view.ts';

it('asks for nothing that was not narrowed', () => {
  expect(askedOf('all', { ...EVERY_CAMPAIGN, search: '  ' })).toEqual({ states: [] });
});

it('puts every state that a campaign was started in under one tab', () => {
  expect(statesOf('sending')).toEqual(expect.arrayContaining(['preparing', 'running', 'paused']));
  expect(statesOf('finished')).toEqual(['finished', 'cancelled']);
});

it('takes the last day whole, across both changes of daylight saving', () => {
  for (const day of ['2026-03-29', '2026-10-25', '2028-02-29', '2026-12-31']) {
    const { from = 0, to = 0 } = askedOf('all', { search: '', fromDay: day, toDay: day });
    const [first, last] = [new Date(from), new Date(to - 1)];
    expect([first.getHours(), first.getMinutes(), last.getHours(), last.getMinutes()]).toEqual([
      0, 0, 23, 59,
    ]);
    expect(last.getDate()).toBe(first.getDate());
  }
});

it('takes what is no day for none', () => {
  expect(askedOf('all', { search: '', fromDay: 'soon', toDay: '' })).toEqual({ states: [] });
});
