import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

const NOW = Date.UTC(2024, 0, 1);
const MONTH = 30 * 24 * 60 * 60 * 1000;

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5000],
    ['99999999999999999999', MONTH],
    ['Mon, 01 Jan 2024 00:02:00 GMT', 120_000],
    ['Sun, 31 Dec 2023 23:00:00 GMT', 0],
    ['Tue, 01 Jan 2030 00:00:00 GMT', MONTH],
  ])('reads %j', (header, wait) => {
    expect(parseRetryAfter(header, NOW)).toBe(wait);
  });

  it.each([null, '', '-1', '1.5', 'soon', '10 seconds', '0x10', '1e3'])('ignores %j', (header) => {
    expect(parseRetryAfter(header, NOW)).toBeNull();
  });

  it('never asks to wait less than nothing or more than 30 days', () => {
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
          expect(wait).toBeLessThanOrEqual(MONTH);
        },
      ),
    );
  });
});
