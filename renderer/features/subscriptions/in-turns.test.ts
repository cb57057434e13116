import { expect, it } from 'vitest';
import { inTurns, MAX_AT_ONCE } from './in-turns.ts';

it('takes every row, however many there are', async () => {
  const ids = Array.from({ length: 2 * MAX_AT_ONCE + 1 }, (_, index) => index);
  const calls: number[][] = [];
  const done = await inTurns(ids, (some) => {
    calls.push(some);
    return Promise.resolve({ count: some.length });
  });
  expect(done).toBe(ids.length);
  expect(calls.map(({ length }) => length)).toEqual([MAX_AT_ONCE, MAX_AT_ONCE, 1]);
  expect(calls.flat()).toEqual(ids);
});

it('stops where a call fails', async () => {
  const ids = Array.from({ length: 2 * MAX_AT_ONCE }, (_, index) => index);
  let calls = 0;
  const done = inTurns(ids, () => {
    calls += 1;
    return Promise.reject(new Error('the disk is full'));
  });
  await expect(done).rejects.toThrow('the disk is full');
  expect(calls).toBe(1);
});
