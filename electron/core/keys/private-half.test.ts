import { describe, expect, it } from 'vitest';
import { privateHalfSchema } from '../../contract/keys.ts';
import { describePrivateHalf } from './private-half.ts';

const CLOSED = privateHalfSchema.options.filter((half) => half !== 'ready');
const BOTH = CLOSED.flatMap((half) => [true, false].map((hasDesktop) => [half, hasDesktop] as const));

describe('a private half that is not ready', () => {
  it.each(BOTH)('%s (desktop: %s) is named, and the cure is never another key pair', (half, hasDesktop) => {
    const problem = describePrivateHalf(half, 'Shop', hasDesktop);
    expect(problem?.cause).toContain('“Shop”');
    expect(`${problem?.cause} ${problem?.cure}`).not.toMatch(/generate|new key|create|no key pair/i);
    expect(problem?.cure).toMatch(/Unlock|[Ii]mport|restore|Restore|Export/);
  });

  it.each(CLOSED)('%s speaks of no screen where there is none', (half) => {
    expect(describePrivateHalf(half, 'Shop', false)?.cure).not.toMatch(/on Keys|unlock/i);
  });

  it('keeps a name as it was typed', () => {
    expect(describePrivateHalf('missing', '$& $1', true)?.cause).toContain('“$& $1”');
  });
});

it('says nothing of one that is', () => {
  expect(describePrivateHalf('ready', 'Shop', true)).toBeNull();
});
