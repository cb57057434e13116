import { expect, it } from 'vitest';
import { gather } from './gather.ts';

it('does what is asked for in one turn together, and gives each its own result', async () => {
  const done: number[][] = [];
  const double = gather((numbers: readonly number[]) => {
    done.push([...numbers]);
    return numbers.map((number) => number * 2);
  });
  expect(await Promise.all([double(1), double(2), double(3)])).toEqual([2, 4, 6]);
  expect(await double(4)).toBe(8);
  expect(done).toEqual([[1, 2, 3], [4]]);
});

it('lets what fails keep nothing else from being done', async () => {
  const halve = gather((numbers: readonly number[]) =>
    numbers.map((number) => {
      if (number % 2 === 1) throw new Error(`${number} is odd`);
      return number / 2;
    }),
  );
  expect(await Promise.allSettled([halve(2), halve(3), halve(4)])).toEqual([
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: new Error('3 is odd') },
    { status: 'fulfilled', value: 2 },
  ]);
});
