import { describe, expect, it, vi } from 'vitest';
import { createPacedCounts } from './paced-counts.ts';

/** A store in which counting takes as long as it is told to, on a clock of its own. */
function setting(tookMs: number) {
  let time = 0;
  let rows = 1;
  let counted = 0;
  const waiting: { run: () => void; at: number }[] = [];
  const onStale = vi.fn();
  const paced = createPacedCounts({
    count: () => {
      counted += 1;
      time += tookMs;
      return Promise.resolve(rows);
    },
    changeCount: () => rows,
    onStale,
    now: () => time,
    schedule: (run, delayMs) => waiting.push({ run, at: time + delayMs }),
  });
  return {
    paced,
    onStale,
    counted: () => counted,
    change: () => (rows += 1),
    pass: (ms: number) => {
      time += ms;
      for (const due of waiting.filter(({ at }) => at <= time)) {
        waiting.splice(waiting.indexOf(due), 1);
        due.run();
      }
    },
  };
}

describe('counts of a large store', () => {
  it('are at most a fifth of the time in the making, and exact in the end', async () => {
    const { paced, onStale, counted, change, pass } = setting(500);
    expect(await paced.get()).toBe(1);
    for (let asked = 0; asked < 10; asked += 1) {
      change();
      expect(await paced.get()).toBe(1);
      pass(100);
    }
    expect(counted()).toBe(1);
    expect(onStale).not.toHaveBeenCalled();
    pass(1000);
    expect(onStale).toHaveBeenCalledTimes(1);
    expect(await paced.get()).toBe(11);
    expect(counted()).toBe(2);
  });

  it('are counted at once after a rest, and where they are something else', async () => {
    const { paced, change, pass } = setting(500);
    await paced.get();
    change();
    pass(2000);
    expect(await paced.get()).toBe(2);
    change();
    paced.reset();
    expect(await paced.get()).toBe(3);
  });

  it('are not what was asked for before it became something else', async () => {
    const { paced, change } = setting(500);
    const before = paced.get();
    paced.reset();
    change();
    await before;
    expect(await paced.get()).toBe(2);
  });
});

it('counts each time where that is quick', async () => {
  const { paced, change } = setting(20);
  expect(await paced.get()).toBe(1);
  change();
  expect(await paced.get()).toBe(2);
});
