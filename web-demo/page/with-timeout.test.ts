import { expect, it } from 'vitest';
import { TimedOut, withTimeout } from './with-timeout.ts';

function fakeSchedule() {
  const pending = new Map<() => void, number>();
  return {
    pending,
    schedule: (run: () => void, delayMs: number) => {
      pending.set(run, delayMs);
      return () => {
        pending.delete(run);
      };
    },
  };
}

it('gives what the work gives, and takes its timer away', async () => {
  const { schedule, pending } = fakeSchedule();
  expect(await withTimeout(Promise.resolve(7), 100, schedule)).toBe(7);
  expect(pending.size).toBe(0);
});

it('passes the failure of the work on', async () => {
  const { schedule, pending } = fakeSchedule();
  await expect(withTimeout(Promise.reject(new Error('own')), 100, schedule)).rejects.toThrow('own');
  expect(pending.size).toBe(0);
});

it('gives up when the time is over', async () => {
  const { schedule, pending } = fakeSchedule();
  const waiting = withTimeout(new Promise(() => undefined), 100, schedule);
  expect([...pending.values()]).toEqual([100]);
  for (const run of pending.keys()) run();
  await expect(waiting).rejects.toBeInstanceOf(TimedOut);
});
