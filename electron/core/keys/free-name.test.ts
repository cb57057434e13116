import { expect, it } from 'vitest';
import { freeName } from './free-name.ts';

it.each([
  ['Shop', [], 'Shop'],
  ['Shop', ['Blog'], 'Shop'],
  ['Shop', ['Shop'], 'Shop 2'],
  ['shop', ['Shop'], 'shop 2'],
  ['Shop', ['Shop', 'Shop 2', 'Shop 4'], 'Shop 3'],
  ['a'.repeat(80), ['a'.repeat(80)], `${'a'.repeat(78)} 2`],
])('%s beside %j becomes %s', (wanted, taken, expected) => {
  expect(freeName(wanted, taken)).toBe(expected);
});
