import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { gather } from './gather.ts';

const inNextTurn = (run: () => void) => {
  setImmediate(run);
};

/** Doubles numbers; what was done together, and `later`, which lets the time for that be over. */
function doubling() {
  const done: number[][] = [];
  let end: () => void = () => undefined;
  const numbers = gather(
    (all: readonly number[]) => {
      done.push([...all]);
      return all.map((number) => number * 2);
    },
    (run) => (end = run),
  );
  const later = () => {
    end();
  };
  return { done, numbers, later };
}

it('does what is asked for at one time together, and gives each its own result', async () => {
  const { done, numbers, later } = doubling();
  const first = [numbers.add(1), numbers.add(2)];
  await nextTurn();
  first.push(numbers.add(3));
  expect(done).toEqual([]);
  later();
  expect(await Promise.all(first)).toEqual([2, 4, 6]);
  const other = numbers.add(4);
  later();
  expect(await other).toBe(8);
  expect(done).toEqual([[1, 2, 3], [4]]);
});

it('tells when everything is done', async () => {
  const { done, numbers, later } = doubling();
  await numbers.settled();
  void numbers.add(1);
  const settled = numbers.settled().then(() => done.push([]));
  await nextTurn();
  expect(done).toEqual([]);
  later();
  await settled;
  expect(done).toEqual([[1], []]);
});

it('lets what fails keep nothing else from being done', async () => {
  const halves = gather(
    (numbers: readonly number[]) =>
      numbers.map((number) => {
        if (number % 2 === 1) throw new Error(`${number} is odd`);
        return number / 2;
      }),
    inNextTurn,
  );
  expect(await Promise.allSettled([halves.add(2), halves.add(3), halves.add(4)])).toEqual([
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: new Error('3 is odd') },
    { status: 'fulfilled', value: 2 },
  ]);
});
