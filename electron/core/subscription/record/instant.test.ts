import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readInstant } from './instant.ts';

const at = (ms: number) => ({ kind: 'at', ms });
const FAR = Date.UTC(9999, 11, 31, 23, 59, 59);

it.each<[value: unknown, ms: number]>([
  [1_830_000_000, 1_830_000_000_000],
  ['1830000000.5', 1_830_000_000_500],
  [1_830_000_000_000, 1_830_000_000_000],
  [1_830_000_000_000_000, 1_830_000_000_000],
  ['1830000000000000000', 1_830_000_000_000],
  [FAR / 1000, FAR],
  [FAR, FAR],
  [`${FAR}`, FAR],
  [FAR * 1000, FAR],
  [{ _seconds: FAR / 1000 }, FAR],
  [{ $date: { $numberLong: `${FAR}` } }, FAR],
  [1e15, 1e15],
  [32_503_680_000, Date.UTC(3000, 0)],
  [32_503_680_000_000, Date.UTC(3000, 0)],
  [1_336_000_000_000, 1_336_000_000_000],
  ['9999-12-31T23:59:59Z', FAR],
  ['+033658-09-27T01:46:40.000Z', 1e15],
  ['2028-02-29', Date.UTC(2028, 1, 29)],
  ['20280229', Date.UTC(2028, 1, 29)],
  ['2027-12-31T24:00:00Z', Date.UTC(2028, 0)],
  ['2026-12-31 23:59:60', Date.UTC(2027, 0)],
  ['2027-12-31T00:30:00+01:00', Date.UTC(2027, 11, 30, 23, 30)],
  ['2027-12-31 00:30-0230', Date.UTC(2027, 11, 31, 3)],
  ['Tue, 29 Feb 2028 00:00:00 GMT', Date.UTC(2028, 1, 29)],
  ['Feb 29 2028 00:00:00 UTC', Date.UTC(2028, 1, 29)],
])('reads the time %j', (value, ms) => {
  expect(readInstant(value)).toEqual(at(ms));
});

it.each([
  '2027-02-30',
  '2027-02-29',
  '2027-06-31',
  '2027-13-01',
  '2027-00-10',
  '2027-01-00',
  '2027-01-01T25:00:00Z',
  '2027-01-01 24:01',
  '2027-01-01T12:60:00Z',
  '20270230',
  20_271_301,
  '20270101T250000Z',
  'Tue, 30 Feb 2027 00:00:00 GMT',
  '31-Jun-2027 10:00:00 GMT',
  'June 31, 2027',
  'Sun Feb 30 2027 00:00:00 GMT+0000',
])('knows that there is no %j', (value) => {
  expect(readInstant(value)).toEqual({ kind: 'impossible', text: String(value) });
});

it.each([
  ['3600', 'too-small'],
  [86_400_000, 'too-small'],
  [0.5, 'too-small'],
  [-3600, 'unreadable'],
  ['-1830000000000', 'unreadable'],
  ['1e300', 'unreadable'],
  ['P30D', 'unreadable'],
  ['soon', 'unreadable'],
  [true, 'unreadable'],
])('takes %j for no time', (value, kind) => {
  expect(readInstant(value).kind).toBe(kind);
});

it('reads every time from 2015 on in seconds, milliseconds, ISO and the dates of HTTP', () => {
  const lastDay = Date.UTC(9999, 11, 31) / 1000;
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2015, 0) / 1000, max: lastDay }), (seconds) => {
      const ms = seconds * 1000;
      // Milliseconds of the years 2603 to 2635 read like dates without signs, which are far likelier.
      fc.pre(!/^20\d{12}$/.test(String(ms)));
      const date = new Date(ms);
      for (const value of [seconds, `${ms}`, ms, date.toISOString(), date.toUTCString()])
        expect(readInstant(value)).toEqual(at(ms));
    }),
  );
});
