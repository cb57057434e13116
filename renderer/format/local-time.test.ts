import { describe, expect, it } from 'vitest';
import { instantIn, localTime, tomorrowAt } from './local-time.ts';

describe('a time of this machine', () => {
  it('comes back from its field as it went in, to the minute', () => {
    for (const text of ['2026-11-29T18:00', '2028-02-29T00:00', '1999-12-31T23:59'])
      expect(localTime(instantIn(text))).toBe(text);
  });

  it('is none where nothing that is a time stands there', () => {
    expect([instantIn(''), instantIn('soon'), instantIn('0001-01-01T00:00')]).toEqual([null, null, null]);
    expect([localTime(null), localTime(Number.MAX_SAFE_INTEGER)]).toEqual(['', '']);
  });

  it('is tomorrow at that hour, over the end of a month too', () => {
    expect(localTime(tomorrowAt(18, instantIn('2026-12-31T23:59') ?? 0))).toBe('2027-01-01T18:00');
    expect(localTime(tomorrowAt(18, instantIn('2026-11-29T00:01') ?? 0))).toBe('2026-11-30T18:00');
  });
});
