import { describe, expect, it } from 'vitest';
import { rowMoveOf } from './row-keys.ts';

const COUNT = 100;
const move = (key: string, index: number) => rowMoveOf(key, index, COUNT, 10);

describe('keys in a table', () => {
  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 4, 5],
    ['ArrowDown', 99, 99],
    ['ArrowUp', -1, 99],
    ['ArrowUp', 0, 0],
    ['PageDown', 5, 15],
    ['PageDown', 95, 99],
    ['PageUp', 5, 0],
    ['Home', 50, 0],
    ['End', 50, 99],
  ])('%s at row %i moves to row %i', (key, index, to) => {
    expect(move(key, index)).toEqual({ kind: 'move', index: to });
  });

  it('opens and selects the active row only', () => {
    expect(move('Enter', 3)).toEqual({ kind: 'open' });
    expect(move(' ', 3)).toEqual({ kind: 'toggle' });
    expect(move('Enter', -1)).toBeNull();
    expect(move(' ', -1)).toBeNull();
  });

  it('leaves other keys, and an empty table, alone', () => {
    expect(move('a', 3)).toBeNull();
    expect(rowMoveOf('ArrowDown', -1, 0, 10)).toBeNull();
  });
});
