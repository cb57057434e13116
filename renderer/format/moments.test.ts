import { describe, expect, it } from 'vitest';
import { formatRelative } from './moments.ts';

const NOW = new Date(2026, 2, 3, 12).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('a moment from now', () => {
  it.each([
    [0, 'just now'],
    [-44_000, 'just now'],
    [-46_000, '1 min ago'],
    [-59 * MINUTE, '59 min ago'],
    [-HOUR, '1 h ago'],
    [-21 * HOUR, '21 h ago'],
    [-23 * HOUR, 'yesterday'],
    [-5 * DAY, '5 days ago'],
    [-20 * DAY, '11 Feb 2026'],
    [30_000, 'in a moment'],
    [10 * MINUTE, 'in 10 min'],
    [DAY, 'tomorrow'],
    [3 * DAY, 'in 3 days'],
  ])('%i ms away', (distance, words) => {
    expect(formatRelative(NOW + distance, NOW)).toBe(words);
  });

  it('is now where the clock has not ticked since', () => {
    expect(formatRelative(NOW + 900, NOW)).toBe('just now');
  });
});
