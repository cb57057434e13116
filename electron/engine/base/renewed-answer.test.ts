import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createRenewedAnswer } from './renewed-answer.ts';

function kept({ tookMs }: { tookMs: number }) {
  const now = { at: 0, version: 0, found: 0, renewed: 0, failed: 0, isBroken: false };
  const due: { run: () => void; delayMs: number }[] = [];
  const answer = createRenewedAnswer({
    find: async () => {
      if (now.isBroken) throw new Error('no');
      now.at += tookMs;
      await nextTurn();
      now.found += 1;
      return now.version;
    },
    version: () => String(now.version),
    onRenewed: () => {
      now.renewed += 1;
    },
    onFailed: () => {
      now.failed += 1;
    },
    elapsed: () => now.at,
    schedule: (run, delayMs) => {
      due.push({ run, delayMs });
      return () => due.splice(0);
    },
  });
  const later = async () => {
    const one = due.shift();
    now.at += one?.delayMs ?? 0;
    one?.run();
    await nextTurn();
    await nextTurn();
  };
  return { now, due, answer, later };
}

it('finds once what many ask for, and again only once something has changed', async () => {
  const { now, answer } = kept({ tookMs: 1000 });
  expect(await Promise.all([answer.read(), answer.read()])).toEqual([0, 0]);
  expect(await answer.read()).toBe(0);
  expect(now.found).toBe(1);
});

it('gives what it has where finding takes long, and tells when there is something newer', async () => {
  const { now, due, answer, later } = kept({ tookMs: 1000 });
  await answer.read();
  now.version = 1;
  expect(await answer.read()).toBe(0);
  expect(await answer.read()).toBe(0);
  // Counting takes at most a twentieth of the time.
  expect(due.map(({ delayMs }) => delayMs)).toEqual([20_000]);
  await later();
  expect(now.renewed).toBe(1);
  expect(await answer.read()).toBe(1);
  expect(due).toEqual([]);
});

it('gives the newest where that is quick', async () => {
  const { now, answer } = kept({ tookMs: 10 });
  await answer.read();
  now.version = 1;
  now.at += 200;
  expect(await answer.read()).toBe(1);
  expect(now.renewed).toBe(0);
});

it('does not count all the time, even where that is quick, and comes after', async () => {
  const { now, due, answer, later } = kept({ tookMs: 10 });
  await answer.read();
  now.version = 1;
  expect(await answer.read()).toBe(0);
  expect(due.map(({ delayMs }) => delayMs)).toEqual([200]);
  await later();
  expect(await answer.read()).toBe(1);
});

it('is found by the next one who asks after it failed, and counts no longer once it is stopped', async () => {
  const { now, due, answer, later } = kept({ tookMs: 1000 });
  now.isBroken = true;
  await expect(answer.read()).rejects.toThrow('no');
  now.isBroken = false;
  expect(await answer.read()).toBe(0);
  now.version = 1;
  await answer.read();
  now.isBroken = true;
  await later();
  expect([now.failed, now.renewed]).toEqual([1, 0]);
  await answer.stop();
  await answer.read();
  expect(due).toEqual([]);
});
