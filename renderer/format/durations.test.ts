import { expect, it } from 'vitest';
import { formatMilliseconds, formatRate, formatSeconds, formatShortSeconds } from './durations.ts';

it.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [90, '1 minute 30 seconds'],
  [86_400, '1 day'],
  [93_784, '1 day 2 hours'],
  [2_592_000, '30 days'],
])('%i seconds', (seconds, words) => {
  expect(formatSeconds(seconds)).toBe(words);
});

it.each([
  [0.4, '<1 ms'],
  [48.2, '48 ms'],
  [999.4, '999 ms'],
  [1240, '1.24 s'],
])('%d ms', (ms, words) => {
  expect(formatMilliseconds(ms)).toBe(words);
});

it.each([
  [1394.4, '1,394 a second'],
  [1, '1 a second'],
  [0.1, '6 a minute'],
])('%d messages a second', (perSecond, words) => {
  expect(formatRate(perSecond)).toBe(words);
});

it.each([
  [12, '12 s'],
  [65, '1 min 5 s'],
  [3600, '1 h'],
  [90_000, '1 d 1 h'],
  [0, '0 s'],
])('shortens %d seconds to %s', (seconds, words) => {
  expect(formatShortSeconds(seconds)).toBe(words);
});
