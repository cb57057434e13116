import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lastDays } from './local-days.ts';
import { inTimeZone } from './testing/in-time-zone.ts';

const HOUR = 3_600_000;
/** Clocks change at midnight in Cairo, Beirut and Santiago, and by half an hour on Lord Howe. */
const ZONES = [
  'UTC',
  'Europe/Oslo',
  'America/New_York',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
];

it('gives days that follow upon one another in every time zone, each from its first instant on', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ZONES),
      fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) }),
      async (zone, now) => {
        await inTimeZone(zone, () => {
          const days = lastDays(now, 90);
          expect(new Set(days.map(({ date }) => date)).size).toBe(90);
          expect(days.at(-1)?.start).toBeLessThanOrEqual(now);
          for (const [index, { start, date }] of days.entries()) {
            const [year, month, day] = date.split('-').map(Number);
            const on = (at: number) => {
              const local = new Date(at);
              return [local.getFullYear(), local.getMonth() + 1, local.getDate()];
            };
            expect(on(start)).toEqual([year, month, day]);
            expect(on(start - 1)).not.toEqual([year, month, day]);
            const length = (days[index + 1]?.start ?? start + 24 * HOUR) - start;
            expect(length).toBeGreaterThanOrEqual(23 * HOUR);
            expect(length).toBeLessThanOrEqual(25 * HOUR);
            // Sums are kept per quarter of an hour.
            expect(start % 900_000).toBe(0);
          }
        });
      },
    ),
  );
});

it('does not pass a late start on to the days before', async () => {
  await inTimeZone('Africa/Cairo', () => {
    // 2026-04-24 begins at one o'clock there.
    const days = lastDays(Date.UTC(2026, 3, 24, 12), 3);
    expect(days.map(({ start }) => new Date(start).getHours())).toEqual([0, 0, 1]);
  });
});
