import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedWait, parseRetryAfter } from './retry-after.ts';

const NOW = Date.UTC(2024, 0, 1);
const DAY = 24 * 60 * 60 * 1000;

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5000],
    ['1.5', 1500],
    ['10 seconds', 10_000],
    ['30s', 30_000],
    ['2 minutes', 120_000],
    ['1 minute', 60_000],
    ['1.5h', 5_400_000],
    ['36 hours', DAY],
    ['"30"', 30_000],
    ['2024-01-01T00:02:00Z', 120_000],
    ['2024-01-01T01:02:00.000+01:00', 120_000],
    ['Monday, 01-Jan-24 00:02:00 GMT', 120_000],
    ['Mon Jan  1 00:02:00 2024', 120_000],
    ['99999999999999999999', DAY],
    ['Mon, 01 Jan 2024 00:02:00 GMT', 120_000],
    ['Sun, 31 Dec 2023 23:00:00 GMT', 0],
    ['Tue, 01 Jan 2030 00:00:00 GMT', DAY],
  ])('reads %j', (header, wait) => {
    expect(parseRetryAfter(header, NOW)).toBe(wait);
  });

  it.each([null, '', '-1', '1.', 'soon', '10 fortnights', '10 ms', 'minutes', '0x10', '1e3', '2024-01-01'])(
    'ignores %j',
    (header) => {
      expect(parseRetryAfter(header, NOW)).toBeNull();
    },
  );

  it('never asks to wait less than nothing or more than a day', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat().map(String),
          fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
        ),
        (header) => {
          const wait = parseRetryAfter(header, NOW) ?? 0;
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(DAY);
        },
      ),
    );
  });
});

describe('askedWait', () => {
  const wait = (headers: [string, string][], body = '') => askedWait({ status: 429, headers, body }, NOW);

  it.each<[string, [string, string][], number | null]>([
    ['nothing', [], null],
    ['the header of WNS', [['x-wns-continue-after', '40']], 40_000],
    [
      'the longest of several',
      [
        ['Retry-After', '5'],
        ['retry-after', '7'],
        ['X-WNS-Continue-After', '6'],
      ],
      7000,
    ],
    ['fields that were joined', [['retry-after', '5, 9']], 9000],
    [
      'one that makes no sense beside one that does',
      [
        ['retry-after', 'soon'],
        ['retry-after', '9'],
      ],
      9000,
    ],
    ['a date, whose comma is its own', [['retry-after', 'Mon, 01 Jan 2024 00:02:00 GMT']], 120_000],
  ])('reads %s', (_what, headers, asked) => {
    expect(wait(headers)).toBe(asked);
  });

  it("reads what Google's errors say in their body, where no header does", () => {
    const body =
      '{"error":{"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay": "12s"}]}}';
    expect(wait([], body)).toBe(12_000);
    expect(wait([['retry-after', '3']], body)).toBe(3000);
  });
});
