import { expect, it } from 'vitest';
import { inNaturalOrder } from './natural-order.ts';

it('sorts numbers in names as people do, and letters whatever their case and accents', () => {
  expect(['tag 10', 'Zebra', 'tag 2', 'éclair', 'Tag 1', 'eden', 'apple'].toSorted(inNaturalOrder)).toEqual([
    'apple',
    'éclair',
    'eden',
    'Tag 1',
    'tag 2',
    'tag 10',
    'Zebra',
  ]);
});
