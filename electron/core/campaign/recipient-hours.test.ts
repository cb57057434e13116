import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isQuiet, opensAt } from './recipient-hours.ts';

const HOUR = 3_600_000;
/** Nine hours, and the two by which clocks go back in Antarctica/Troll, which is the most there is. */
const LONGEST_NIGHT_MS = 11 * HOUR;
const START = { at: '2026-03-29T09:00', timeZone: 'UTC' };
const NIGHT = { from: '22:00', to: '07:00', timeZone: 'Europe/Oslo' };

/** What a clock there shows according to Intl: `09:00`. */
const clock = (instant: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    instant,
  );
const day = (instant: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));

describe('a time of each recipient’s own zone', () => {
  it.each([
    // On both sides of the date line, a day apart.
    ['Pacific/Kiritimati', '2026-03-28T19:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-03-29T20:00:00.000Z'],
    // The day on which clocks there go forward.
    ['Europe/Oslo', '2026-03-29T07:00:00.000Z'],
    [null, '2026-03-29T09:00:00.000Z'],
    ['Mars/Olympus', '2026-03-29T09:00:00.000Z'],
    ['+02:00', '2026-03-29T09:00:00.000Z'],
  ])('in %s: %s', (zone, at) => {
    expect(new Date(opensAt({ start: START, quiet: null }, zone, 0)).toISOString()).toBe(at);
  });

  it('is nine by the clock there, on that day, in every zone', () => {
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 364 }), (zone, days) => {
        const date = new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);
        const at = opensAt({ start: { at: `${date}T09:00`, timeZone: 'UTC' }, quiet: null }, zone, 0);
        expect([day(at, zone), clock(at, zone)]).toEqual([date, '09:00']);
      }),
      { numRuns: 300 },
    );
  });

  it('that is over is now', () => {
    const now = Date.UTC(2026, 3, 1);
    expect(opensAt({ start: START, quiet: null }, 'Asia/Tokyo', now)).toBe(now);
  });
});

describe('quiet hours', () => {
  it.each([
    ['22:00', '07:00', '23:30', true],
    ['22:00', '07:00', '06:59', true],
    ['22:00', '07:00', '07:00', false],
    ['22:00', '07:00', '21:59', false],
    ['12:00', '14:00', '13:00', true],
    ['12:00', '14:00', '14:00', false],
  ])('from %s to %s at %s: %s', (from, to, time, quiet) => {
    expect(isQuiet({ from, to }, time)).toBe(quiet);
  });

  it('of whoever told no zone are those of the campaign', () => {
    const now = Date.UTC(2026, 0, 15, 22);
    expect(new Date(opensAt({ start: null, quiet: NIGHT }, null, now)).toISOString()).toBe(
      '2026-01-16T06:00:00.000Z',
    );
    expect(opensAt({ start: null, quiet: NIGHT }, 'America/New_York', now)).toBe(now);
  });

  it('end the next morning when clocks go forward in that night', () => {
    const elevenInMadrid = Date.UTC(2026, 2, 28, 22);
    expect(
      new Date(opensAt({ start: null, quiet: NIGHT }, 'Europe/Madrid', elevenInMadrid)).toISOString(),
    ).toBe('2026-03-29T05:00:00.000Z');
  });

  it('wake nobody, whatever the zone and the day, and hold up nothing longer than a night', () => {
    const minute = fc
      .integer({ min: Date.UTC(2025, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 })
      .map((minutes) => minutes * 60_000);
    fc.assert(
      fc.property(zones, minute, (zone, now) => {
        const at = opensAt({ start: null, quiet: NIGHT }, zone, now);
        const shown = clock(at, zone);
        expect(shown >= '07:00' && shown < '22:00').toBe(true);
        expect(at - now).toBeLessThanOrEqual(LONGEST_NIGHT_MS);
        const local = clock(now, zone);
        expect(at === now).toBe(local >= '07:00' && local < '22:00');
      }),
      { numRuns: 300 },
    );
  });
});
