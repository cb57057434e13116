import { describe, expect, it } from 'vitest';
import { columnsFor, tracksOf, type Column } from './columns.ts';

const column = (id: string, track: string, dropOrder?: number): Column<string> => ({
  id,
  header: id,
  track,
  cell: (row) => row,
  ...(dropOrder === undefined ? {} : { dropOrder }),
});
const COLUMNS = [
  column('name', 'minmax(100px, 1fr)'),
  column('note', 'minmax(100px, 2fr)', 1),
  column('time', '100px', 2),
];
/** Two side paddings of 38 together, a gutter of 10 for the scrollbar, and a gap of 16 between columns. */
const ALL = 48 + 100 + 16 + 100 + 16 + 100;
const idsAt = (width: number, isSelectable = false) =>
  columnsFor(COLUMNS, width, isSelectable).map(({ id }) => id);

describe('columns in a narrow table', () => {
  it('all stay where there is room', () => {
    expect(idsAt(ALL)).toEqual(['name', 'note', 'time']);
  });

  it('are left out in their order', () => {
    expect(idsAt(ALL - 1)).toEqual(['name', 'time']);
    expect(idsAt(ALL - 117)).toEqual(['name']);
  });

  it('stay where they have no order, however narrow it is', () => {
    expect(idsAt(0)).toEqual(['name']);
  });

  it('leave room for the checkboxes', () => {
    expect(idsAt(ALL, true)).toEqual(['name', 'time']);
    expect(idsAt(ALL + 48, true)).toEqual(['name', 'note', 'time']);
  });
});

it('gives every row the same tracks', () => {
  expect(tracksOf(COLUMNS, true)).toBe('32px minmax(100px, 1fr) minmax(100px, 2fr) 100px');
});
