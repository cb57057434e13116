import { describe, expect, it } from 'vitest';
import { countOf, formatBytes, formatCount, formatShare } from './numbers.ts';

describe('counts', () => {
  it('groups thousands', () => {
    expect(formatCount(1_204_000)).toBe('1,204,000');
  });

  it.each([
    [0, '0 recipients'],
    [1, '1 recipient'],
    [1204, '1,204 recipients'],
  ])('%i goes with its noun', (count, words) => {
    expect(countOf(count, 'recipient')).toBe(words);
  });
});

describe('a share', () => {
  it.each([
    [0, 0, '–'],
    [1, 1, '100%'],
    [0, 7, '0%'],
    [1100, 1204, '91.4%'],
  ])('%i of %i', (part, all, words) => {
    expect(formatShare(part, all)).toBe(words);
  });

  it('is never all or nothing by rounding alone', () => {
    expect(formatShare(999_999, 1_000_000)).toBe('99.9%');
    expect(formatShare(1, 1_000_000)).toBe('0.1%');
  });
});

it.each([
  [1, '1 byte'],
  [999, '999 bytes'],
  [3993, '4 kB'],
  [415, '415 bytes'],
  [373_886_766, '373.9 MB'],
])('%i bytes', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
