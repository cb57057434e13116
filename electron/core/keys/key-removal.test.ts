import { expect, it } from 'vitest';
import { whyNotRemovable } from './key-removal.ts';

const pair = (active: number, inUse = false) => ({
  name: 'Shop',
  inUse,
  subscriptions: { active, total: active + 5 },
});

it('names how many people only this key can reach', () => {
  expect(whyNotRemovable(pair(1204, true), true)).toMatchObject({
    code: 'key-pair-has-subscriptions',
    cause: expect.stringContaining('1,204 active subscriptions were made') as string,
  });
  expect(whyNotRemovable(pair(1), false)?.cause).toContain('one active subscription was made');
});

it('keeps the one in use while there are others, and lets the last one go', () => {
  expect(whyNotRemovable(pair(0, true), true)?.code).toBe('key-pair-in-use');
  expect(whyNotRemovable(pair(0, true), false)).toBeNull();
  expect(whyNotRemovable(pair(0), true)).toBeNull();
});
