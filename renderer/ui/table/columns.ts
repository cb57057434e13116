import type { ReactNode } from 'react';

export interface Column<Row> {
  id: string;
  header: string;
  /** A track of the CSS grid, such as `120px` or `minmax(160px, 2fr)`. */
  track: string;
  align?: 'start' | 'end';
  /** Left out where the table is narrower than this, in pixels. */
  fromWidth?: number;
  cell: (row: Row) => ReactNode;
}

/** The columns that have room in a table of this width. */
export function columnsFor<Row>(columns: readonly Column<Row>[], width: number): Column<Row>[] {
  return columns.filter((column) => (column.fromWidth ?? 0) <= width);
}

/** `grid-template-columns` of every row, so that all line up. */
export function tracksOf(columns: readonly Column<never>[], isSelectable: boolean): string {
  return [...(isSelectable ? ['32px'] : []), ...columns.map((column) => column.track)].join(' ');
}
