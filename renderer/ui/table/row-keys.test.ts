import { describe, expect, it } from 'vitest';
import { rowMoveOf, startAfterLoss } from './row-keys.ts';

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

describe('a move whose row was taken away', () => {
  const among = [10, 20, 30, 40, 50];
  const next = (key: string, index: number, rows: number[]) => {
    const to = rowMoveOf(
      key,
      startAfterLoss(key, { index, among }, rows, (row) => row),
      rows.length,
      10,
    );
    return to?.kind === 'move' ? rows[to.index] : null;
  };

  it.each([
    ['ArrowDown', 2, [10, 20, 40, 50], 40],
    ['ArrowUp', 2, [10, 20, 40, 50], 20],
    ['ArrowDown', 2, [10, 50], 50],
    ['ArrowUp', 2, [10, 50], 10],
    ['ArrowDown', 4, [10, 20], 20],
    ['ArrowUp', 4, [10, 20], 20],
    ['ArrowDown', 0, [20, 30], 20],
    ['ArrowUp', 0, [20, 30], 20],
    ['ArrowDown', 2, [70, 80], 70],
    ['ArrowUp', 2, [70, 80], 80],
  ])('%s from place %i among %j leads to %i', (key, index, rows, expected) => {
    expect(next(key, index, rows)).toBe(expected);
  });
});
