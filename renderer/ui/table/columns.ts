import type { ReactNode } from 'react';

export interface Column<Row> {
  id: string;
  header: string;
  /** A track of the CSS grid whose minimum width is in pixels: `120px` or `minmax(160px, 2fr)`. */
  track: string;
  align?: 'start' | 'end';
  /** Where the table is too narrow for all, columns are left out in this order; those without a rank always stay. */
  dropOrder?: number;
  /** The list is in the order of this column, one way or the other. */
  sort?: { isDescending: boolean; turn: () => void };
  cell: (row: Row) => ReactNode;
}

/** Widths that are the same for every row, in pixels; they are in table.css too, and the sides include the gutter of the scrollbar. */
const GAP = 16;
const SIDES = 48;
const CHECKBOX = 32;

const leastWidth = (track: string) => Number(/\d+(?=px)/.exec(track)?.[0] ?? 0);

const widthOf = (columns: readonly Column<never>[], isSelectable: boolean) =>
  SIDES +
  (isSelectable ? CHECKBOX + GAP : 0) +
  columns.reduce((sum, { track }) => sum + leastWidth(track) + GAP, -GAP);

/** The columns that have room in a table of this width, in pixels. */
export function columnsFor<Row>(
  columns: readonly Column<Row>[],
  width: number,
  isSelectable: boolean,
): Column<Row>[] {
  const order = columns
    .filter(({ dropOrder }) => dropOrder !== undefined)
    .toSorted((one, other) => (one.dropOrder ?? 0) - (other.dropOrder ?? 0));
  let shown = [...columns];
  for (const next of order) {
    if (widthOf(shown, isSelectable) <= width) break;
    shown = shown.filter((column) => column !== next);
  }
  return shown;
}

/** `grid-template-columns` of every row, so that all line up. */
export function tracksOf(columns: readonly Column<never>[], isSelectable: boolean): string {
  return [...(isSelectable ? [`${CHECKBOX}px`] : []), ...columns.map((column) => column.track)].join(' ');
}
