import { expect, it } from 'vitest';
import { timeNeeded } from './time-needed.ts';

it.each([
  ['nothing to go by', null, null, null],
  ['the pace of an earlier campaign', 500, null, 2000],
  ['the limit, where that is the slower one', 500, 600, 100_000],
  ['the pace, where the limit is above it', 5, 600, 200_000],
  ['the limit alone', null, 60_000, 1000],
])('goes by %s', (_, perSecond, messagesPerMinute, expected) => {
  expect(timeNeeded({ recipients: 1000, perSecond, messagesPerMinute })).toBe(expected);
});
