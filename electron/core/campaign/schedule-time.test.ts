import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter, instantOf, localTimeOf, problemOfSchedule } from './schedule-time.ts';

const iso = (at: string, timeZone: string) => {
  const found = instantOf({ at, timeZone });
  return found === null ? null : [new Date(found.at).toISOString(), found.oddity];
};

/** What a clock there shows according to Intl, which reads the same time zone database in another way. */
const shown = (instant: number, timeZone: string) => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
};

describe('the day after', () => {
  it.each([
    ['2026-03-28', '2026-03-29'],
    ['2026-12-31', '2027-01-01'],
    ['2028-02-28', '2028-02-29'],
  ])('%s is %s', (day, next) => {
    expect(dayAfter(day)).toBe(next);
  });
});

describe('a time on the wall', () => {
  it.each([
    ['2026-11-30T09:00', 'Europe/Oslo', '2026-11-30T08:00:00.000Z', null],
    ['2026-07-01T09:00', 'Europe/Oslo', '2026-07-01T07:00:00.000Z', null],
    ['2026-11-30T09:00', 'UTC', '2026-11-30T09:00:00.000Z', null],
    ['2026-11-30T09:00', 'Asia/Kathmandu', '2026-11-30T03:15:00.000Z', null],
    // Clocks go forward: the time is skipped.
    ['2026-03-29T02:30', 'Europe/Oslo', '2026-03-29T01:30:00.000Z', 'skipped'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z', 'skipped'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z', 'skipped'],
    // They go back: the time comes twice, and the first one counts.
    ['2026-10-25T02:30', 'Europe/Oslo', '2026-10-25T00:30:00.000Z', 'repeated'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', 'repeated'],
    // A whole day is skipped where the date line was moved.
    ['2011-12-30T12:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z', 'skipped'],
    ['2028-02-29T09:00', 'UTC', '2028-02-29T09:00:00.000Z', null],
  ])('%s in %s is %s (%s)', (at, timeZone, instant, oddity) => {
    expect(iso(at, timeZone)).toEqual([instant, oddity]);
  });

  it.each([
    '2026-02-29T09:00',
    '2026-02-30T09:00',
    '2026-13-01T09:00',
    '2026-11-30T24:00',
    '2026-11-30T23:60',
  ])('is none: %s', (at) => {
    expect(instantOf({ at, timeZone: 'UTC' })).toBeNull();
    expect(problemOfSchedule({ at, timeZone: 'UTC' }, 0)).toMatchObject({ code: 'no-such-time' });
  });

  it('is what a clock shows at that instant, in every zone, whatever the day', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const minute = fc
      .integer({ min: Date.UTC(2020, 0, 1) / 60_000, max: Date.UTC(2037, 0, 1) / 60_000 })
      .map((minutes) => minutes * 60_000);
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, (timeZone, any) => {
        const at = localTimeOf(any, timeZone);
        expect(at).toBe(shown(any, timeZone));
        const found = instantOf({ at, timeZone });
        expect(found?.oddity).not.toBe('skipped');
        expect(shown(found?.at ?? 0, timeZone)).toBe(at);
        // The same, or the first of two.
        expect(found?.at).toBeLessThanOrEqual(any);
        if (found?.oddity === null) expect(found.at).toBe(any);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a schedule', () => {
  const now = Date.UTC(2026, 10, 29, 18);
  it.each([
    ['2026-11-29T18:01', null],
    ['2026-11-29T18:00', 'time-is-over'],
    ['2026-11-29T17:00', 'time-is-over'],
    ['2027-12-31T00:00', null],
    ['2028-02-29T00:00', 'time-too-far'],
  ])('for %s: %s', (at, code) => {
    expect(problemOfSchedule({ at, timeZone: 'UTC' }, now)?.code ?? null).toBe(code);
  });
});
