import { describe, expect, it } from 'vitest';
import { fitting } from './fitting.ts';

/** Ten pixels a letter: a tag of one letter takes 24. */
const wide = (text: string) => text.length * 10;

describe('tags on one line', () => {
  it('are all there where they have room, to the pixel', () => {
    expect(fitting(['a', 'b', 'c'], 80, wide)).toBe(3);
    expect(fitting(['a', 'b', 'c'], 79, wide)).toBe(1);
  });

  it('leave room for how many more there are', () => {
    expect(fitting(['a', 'b', 'c', 'd'], 92, wide)).toBe(2);
    expect(fitting(['a', 'b', 'c', 'd'], 91, wide)).toBe(1);
  });

  it('are at least one, however narrow, and none of none', () => {
    expect(fitting(['long', 'b'], 10, wide)).toBe(1);
    expect(fitting([], 100, wide)).toBe(0);
  });

  it('are no wider than the widest that is shown', () => {
    expect(fitting(['x'.repeat(64), 'b'], 160 + 4 + 24, wide)).toBe(2);
  });
});
