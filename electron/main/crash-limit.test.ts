import { expect, it } from 'vitest';
import { createCrashLimit } from './crash-limit.ts';

it('allows so many restarts in a time, and again once that time is over', () => {
  let now = 0;
  const limit = createCrashLimit({ most: 2, withinMs: 1000, now: () => now });
  expect([limit.mayRestart(), limit.mayRestart(), limit.mayRestart()]).toEqual([true, true, false]);
  now = 1500;
  expect(limit.mayRestart()).toBe(true);
});
