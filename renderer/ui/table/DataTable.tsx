import { Checkbox } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { columnsFor, tracksOf, type Column } from './columns.ts';
import { rowMoveOf } from './row-keys.ts';
import { TableRow } from './TableRow.tsx';
import type { Selection } from './use-selection.ts';
import './table.css';

const ROW_HEIGHT = 40;

export interface DataTableProps<Row, Id extends string | number> {
  /** What the table lists, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => Id;
  /** Names the row to screen readers in the label of its checkbox. */
  nameOf?: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** The row whose details are in view. */
  openId?: Id | null;
  selection?: Selection<Id>;
  /** Called when the end of what is loaded comes near. */
  onNearEnd?: () => void;
  /** How many rows there are in all, where more than the loaded ones. */
  totalCount?: number;
  /** Under the last row. */
  footer?: ReactNode;
}

/**
 * A table of any length: only what is in view is in the document. The arrows, Page Up and Down, Home and End move,
 * Enter opens, Space selects.
 */
export function DataTable<Row, Id extends string | number>(props: DataTableProps<Row, Id>) {
  const { rows, idOf, onOpen, selection, onNearEnd } = props;
  const { ref: sizer, width, height } = useElementSize();
  const scroller = useRef<HTMLDivElement>(null);
  const baseId = useId();
  const [activeId, setActiveId] = useState<Id | null>(null);
  const columns = columnsFor(props.columns, width, selection !== undefined);
  const tracks = tracksOf(columns, selection !== undefined);
  const activeIndex = activeId === null ? -1 : rows.findIndex((row) => idOf(row) === activeId);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const shown = virtualizer.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 20) onNearEnd?.();
  }, [lastShown, rows.length, onNearEnd]);

  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const pageSize = Math.max(1, Math.floor(height / ROW_HEIGHT) - 2);
    const move = rowMoveOf(event.key, activeIndex, rows.length, pageSize);
    const row = rows[move?.kind === 'move' ? move.index : activeIndex];
    if (!move || !row) return;
    event.preventDefault();
    if (move.kind === 'open') onOpen?.(row);
    if (move.kind === 'toggle') selection?.toggle(idOf(row), event.shiftKey);
    if (move.kind === 'move') {
      setActiveId(idOf(row));
      virtualizer.scrollToIndex(move.index);
    }
  };

  return (
    <div className="pd-table" ref={sizer}>
      <div
        ref={scroller}
        className="pd-table__scroller"
        role="grid"
        aria-label={props.label}
        aria-rowcount={(props.totalCount ?? rows.length) + 1}
        aria-multiselectable={selection !== undefined}
        aria-activedescendant={activeIndex < 0 ? undefined : `${baseId}-${activeId}`}
        tabIndex={0}
        onKeyDown={press}
      >
        <div className="pd-table__head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: tracks }}>
          {selection && (
            <span role="columnheader">
              <SelectAll selection={selection} ids={rows.map(idOf)} />
            </span>
          )}
          {columns.map((column) => (
            <span key={column.id} role="columnheader" className="pd-cut" data-align={column.align}>
              {column.header}
            </span>
          ))}
        </div>
        <div className="pd-table__rows" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {shown.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const id = idOf(row);
            return (
              <TableRow
                key={id}
                domId={`${baseId}-${id}`}
                row={row}
                index={item.index}
                top={item.start}
                height={item.size}
                columns={columns}
                tracks={tracks}
                name={props.nameOf?.(row) ?? String(id)}
                isActive={id === activeId}
                isOpen={id === props.openId}
                isSelected={selection?.selected.has(id)}
                onPress={() => {
                  setActiveId(id);
                  onOpen?.(row);
                }}
                onToggle={(range) => {
                  setActiveId(id);
                  selection?.toggle(id, range);
                }}
              />
            );
          })}
        </div>
        {props.footer}
      </div>
    </div>
  );
}

function SelectAll<Id>({ selection, ids }: { selection: Selection<Id>; ids: readonly Id[] }) {
  const count = ids.filter((id) => selection.selected.has(id)).length;
  return (
    <Checkbox
      aria-label="Select all rows that are loaded"
      checked={ids.length > 0 && count === ids.length}
      indeterminate={count > 0 && count < ids.length}
      onChange={(event) => {
        if (event.currentTarget.checked) selection.set([...selection.selected, ...ids]);
        else selection.clear();
      }}
    />
  );
}
