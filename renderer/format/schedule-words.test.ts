import { describe, expect, it } from 'vitest';
import { formatWait, oddityWords, scheduleWords, zoneName } from './schedule-words.ts';

const NOW = Date.UTC(2026, 10, 29, 18);
const HOUR = 3_600_000;

it.each([
  [1000, 'in 1 minute'],
  [25 * 60_000, 'in 25 minutes'],
  [14 * HOUR, 'in 14 hours'],
  [72 * HOUR, 'in 3 days'],
  [-2 * HOUR, '2 hours ago'],
])('a wait of %i ms is %s', (ms, words) => {
  expect(formatWait(NOW + ms, NOW)).toBe(words);
});

describe('a schedule in words', () => {
  it('has the day, the time, the zone and the wait', () => {
    expect(scheduleWords({ at: '2026-11-30T09:00', timeZone: 'Europe/Oslo' }, NOW)).toBe(
      'Monday, 30 November 2026 at 09:00, Central European Standard Time, in 14 hours',
    );
    expect(scheduleWords({ at: '2026-12-01T09:00', timeZone: 'Europe/Oslo', perRecipient: true }, NOW)).toBe(
      'Tuesday, 1 December 2026 at 09:00 where each recipient is; the first get it in 25 hours',
    );
    expect(scheduleWords({ at: '2027-03-28T02:30', timeZone: 'Europe/Oslo', perRecipient: true }, NOW)).toBe(
      'Sunday, 28 March 2027 at 02:30 where each recipient is; the first get it in 118 days',
    );
    expect(zoneName(Date.UTC(2026, 6, 1), 'Europe/Oslo')).toBe('Central European Summer Time');
    expect(scheduleWords({ at: '2027-02-29T09:00', timeZone: 'UTC' }, NOW)).toBeNull();
  });

  it.each([
    ['2027-03-28T02:30', /^Clocks go forward and skip/, /^Where clocks go forward and skip/],
    ['2026-10-25T02:30', /comes twice. It starts/, /^Where clocks go back .* twice, recipients get it/],
  ])('says what is odd about %s', (at, ofAll, ofSome) => {
    expect(oddityWords({ at, timeZone: 'Europe/Oslo' })).toMatch(ofAll);
    expect(oddityWords({ at, timeZone: 'Europe/Oslo', perRecipient: true })).toMatch(ofSome);
  });

  it('says nothing of a time that is like any other', () => {
    expect(oddityWords({ at: '2026-11-30T09:00', timeZone: 'Europe/Oslo' })).toBeNull();
  });
});
