import { expect, it } from 'vitest';
import { eraseInputSchema } from './erasure.ts';

it('erases by a filter only what lies in the bin, so that an empty one costs nothing', () => {
  for (const filter of [{}, { inBin: false }, { tags: ['news'] }]) {
    expect(eraseInputSchema.safeParse({ filter }).success).toBe(false);
  }
  expect(eraseInputSchema.safeParse({ filter: { inBin: true } }).success).toBe(true);
});
