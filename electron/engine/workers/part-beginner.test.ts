import { expect, it } from 'vitest';
import { capturedLog } from '../testing/captured-log.ts';
import { createPartBeginner } from './part-beginner.ts';
import type { BatchPart } from './work-queue.ts';

const part = (number: number) => ({ batch: 'one', part: number });

function beginner(
  begin: (parts: readonly BatchPart[]) => Promise<readonly BatchPart[]>,
  { answerMs = 0 }: { answerMs?: number } = {},
) {
  const asked: (readonly BatchPart[])[] = [];
  const state = { isEnding: false, waits: 0 };
  let now = 0;
  const self = createPartBeginner({
    queue: () => ({
      begin(_service, parts) {
        asked.push(parts);
        now += answerMs;
        return begin(parts);
      },
    }),
    worker: 'me',
    wait() {
      state.waits += 1;
      return Promise.resolve();
    },
    isEnding: () => state.isEnding,
    clock: { now: () => now },
    log: capturedLog().log,
  });
  return { asked, state, begin: (number: number) => self.begin('fcm', part(number)) };
}

it('asks once for all that came while it was asking', async () => {
  const { asked, begin } = beginner((parts) => Promise.resolve(parts.filter((one) => one.part !== 2)));
  expect(await Promise.all([begin(1), begin(2), begin(3)])).toEqual([true, false, true]);
  expect(asked).toEqual([[part(1)], [part(2), part(3)]]);
  expect(await begin(4)).toBe(true);
});

it('rests after an answer that took long, and asks once for all that came meanwhile', async () => {
  const { asked, begin } = beginner((parts) => Promise.resolve(parts), { answerMs: 5 });
  expect(await begin(1)).toBe(true);
  expect(await Promise.all([begin(2), begin(3)])).toEqual([true, true]);
  expect(asked).toEqual([[part(1)], [part(2), part(3)]]);
});

it('asks again until there is an answer, or the worker is to end', async () => {
  let failures = 2;
  const again = beginner((parts) => {
    failures -= 1;
    return failures < 0 ? Promise.resolve(parts) : Promise.reject(new Error('down'));
  });
  expect(await again.begin(1)).toBe(true);
  expect([again.asked.length, again.state.waits]).toEqual([3, 2]);
  const ending = beginner(() => Promise.reject(new Error('down')));
  ending.state.isEnding = true;
  expect(await ending.begin(1)).toBe(false);
});
