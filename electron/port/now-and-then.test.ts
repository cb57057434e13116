import { expect, it } from 'vitest';
import { createNowAndThen } from './now-and-then.ts';

it('is said a few times, and then with the number of those that were left out', () => {
  let now = 0;
  const nowAndThen = createNowAndThen(() => now, { most: 2, withinMs: 100 });
  const said: number[] = [];
  const say = () => {
    nowAndThen((leftOut) => said.push(leftOut));
  };
  for (let time = 0; time < 1_000; time += 1) say();
  expect(said).toEqual([0, 0]);
  now = 100;
  say();
  say();
  say();
  expect(said).toEqual([0, 0, 998, 0]);
});
