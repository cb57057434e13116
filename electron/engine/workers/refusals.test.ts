import { expect, it } from 'vitest';
import { createRefusals } from './refusals.ts';

const full = Object.assign(new Error('could not extend file'), { code: '53100' });

it('remembers what was refused until the same work succeeds', async () => {
  const told: unknown[] = [];
  const refusals = createRefusals((error) => told.push(error));
  expect(refusals.last()).toBeNull();
  await expect(refusals.note('tell', () => Promise.reject(full))).rejects.toBe(full);
  expect(await refusals.note('begin', () => Promise.resolve(7))).toBe(7);
  expect(refusals.last()).toEqual({ what: 'its disk is full', cure: 'Make room on its disk.' });
  await refusals.note('tell', () => Promise.resolve());
  expect(refusals.last()).toBeNull();
  expect(told).toEqual([full]);
});
