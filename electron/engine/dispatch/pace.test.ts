import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '../testing/fake-clock.ts';
import { createPace } from './pace.ts';

describe('a pace', () => {
  it('never lets out more than the limit and one second more, whatever the steps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 200 }),
        (perMinute, steps) => {
          const clock = fakeClock();
          const pace = createPace({ clock, perMinute });
          let out = 0;
          let elapsed = 0;
          for (const step of steps) {
            clock.advance(step);
            elapsed += step;
            const count = pace.available();
            pace.take(count);
            out += count;
          }
          const allowed = (perMinute * elapsed) / 60_000 + Math.max(1, perMinute / 60) + 1;
          expect(out).toBeLessThanOrEqual(allowed);
        },
      ),
    );
  });

  it('says when the next one may go, and then it may', () => {
    const clock = fakeClock();
    const pace = createPace({ clock, perMinute: 30 });
    pace.take(pace.available());
    expect(pace.available()).toBe(0);
    expect(pace.nextAt() - clock.now()).toBe(2000);
    clock.set(pace.nextAt());
    expect(pace.available()).toBe(1);
  });

  it('says which turn is for one that is due later, should others take all before it', () => {
    const clock = fakeClock();
    const pace = createPace({ clock, perMinute: 6 });
    pace.take(pace.available());
    const start = clock.now();
    expect([0, 9999, 10_000, 10_001, 25_000].map((due) => pace.slotFor(start + due) - start)).toEqual([
      10_000, 10_000, 10_000, 20_000, 30_000,
    ]);
    expect(createPace({ clock, perMinute: null }).slotFor(start + 7)).toBe(start + 7);
  });

  it('without a limit lets everything out', () => {
    const clock = fakeClock();
    const pace = createPace({ clock, perMinute: null });
    expect(pace.available()).toBe(Number.POSITIVE_INFINITY);
    expect(pace.nextAt()).toBe(clock.now());
  });
});
