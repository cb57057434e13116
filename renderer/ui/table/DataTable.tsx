import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
} from 'react';
import { columnsFor, tracksOf, type Column } from './columns.ts';
import type { More } from './more.ts';
import { rowMoveOf, startAfterLoss } from './row-keys.ts';
import { TableRow } from './TableRow.tsx';
import type { Selection } from './use-selection.ts';
import './table.css';
import { RowsLoaded } from './RowsLoaded.tsx';
import { ColumnHead, SelectAll } from './TableHead.tsx';

const ROW_HEIGHT = 40;

/** For what is beside the table. */
export interface TableHandle {
  /** Moves as if the key were pressed in the table. */
  walk(key: string): void;
  focus(): void;
}

/** Where a table was scrolled to, for when it comes back. */
export interface KeptScroll {
  read: () => number;
  write: (offset: number) => void;
}

export interface DataTableProps<Row, Id extends string | number> {
  ref?: Ref<TableHandle> | undefined;
  /** What the table lists, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => Id;
  /** Names the row to screen readers in the label of its checkbox. */
  nameOf?: (row: Row) => string;
  onOpen?: (row: Row, by: 'mouse' | 'key') => void;
  /** The arrow keys moved to this row. */
  onWalk?: ((row: Row) => void) | undefined;
  scroll?: KeptScroll;
  /** The row whose details are in view. */
  openId?: Id | null;
  selection?: Selection<Id>;
  /** How the list continues below the rows that are loaded. */
  more?: More;
  /** How many rows there are in all, where that is known. */
  totalCount?: number;
  /** Under the last row. */
  footer?: ReactNode;
}

/**
 * A table of any length: only what is in view is in the document. The arrows, Page Up and Down, Home and End move, with Shift
 * they select, Enter opens, Space selects. End loads what is not loaded yet; any other key, or the wheel, ends that. A list that is too
 * long for that is shown from its end, and grows upwards, until Home.
 */
export function DataTable<Row, Id extends string | number>(props: DataTableProps<Row, Id>) {
  const { rows, idOf, onOpen, selection, more } = props;
  const { ref: sizer, width, height } = useElementSize();
  const scroller = useRef<HTMLDivElement>(null);
  const baseId = useId();
  /** The active row, and where it was: it may be taken away. */
  const [active, setActive] = useState<{ id: Id; index: number; among: readonly Row[] } | null>(null);
  const activeId = active?.id ?? null;
  const columns = columnsFor(props.columns, width, selection !== undefined);
  const tracks = tracksOf(columns, selection !== undefined);
  const activeIndex = activeId === null ? -1 : rows.findIndex((row) => idOf(row) === activeId);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    ...(props.scroll ? { initialOffset: props.scroll.read } : {}),
  });
  const shown = virtualizer.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? -1;
  const firstShown = shown.at(0)?.index ?? 0;
  const loadMore = more?.loadMore;
  const isAtEnd = more?.end?.isAt === true;
  useEffect(() => {
    if (rows.length === 0) return;
    if (isAtEnd ? firstShown < 20 : lastShown >= rows.length - 20) loadMore?.();
  }, [isAtEnd, firstShown, lastShown, rows.length, loadMore]);
  useRowsAbove(isAtEnd, rows, idOf, scroller);

  const goesToEnd = useRef(false);
  const stopLoading = more?.stop;
  const stay = useCallback(() => {
    goesToEnd.current = false;
    stopLoading?.();
  }, [stopLoading]);
  useEffect(() => stay, [stay]);
  const isAllLoaded = more === undefined || !more.hasMore || (more.end ? isAtEnd : more.isFull);
  useEffect(() => {
    const last = rows.at(-1);
    if (!goesToEnd.current || !isAllLoaded || last === undefined) return;
    goesToEnd.current = false;
    setActive({ id: idOf(last), index: rows.length - 1, among: rows });
    virtualizer.scrollToIndex(rows.length - 1);
  }, [isAllLoaded, rows, idOf, virtualizer]);
  const goesToStart = useRef(false);
  useEffect(() => {
    const [first] = rows;
    if (!goesToStart.current || isAtEnd || first === undefined) return;
    goesToStart.current = false;
    setActive({ id: idOf(first), index: 0, among: rows });
    virtualizer.scrollToIndex(0);
  }, [isAtEnd, rows, idOf, virtualizer]);

  const total = props.totalCount ?? rows.length;
  /** Rows before the first that is loaded. */
  const rowsBefore = isAtEnd ? Math.max(0, total - rows.length) : 0;
  /** Whether the key means something here. */
  const press = (key: string, hasShift: boolean): boolean => {
    if (key !== 'End') stay();
    if (more?.end && !hasShift) {
      if (key === 'End' && !isAtEnd && more.hasMore) {
        goesToEnd.current = true;
        more.end.go();
        return true;
      }
      if (key === 'Home' && isAtEnd) {
        goesToStart.current = true;
        more.end.leave();
        return true;
      }
    }
    const pageSize = Math.max(1, Math.floor(height / ROW_HEIGHT) - 2);
    const start = active === null || activeIndex >= 0 ? activeIndex : startAfterLoss(key, active, rows, idOf);
    const move = rowMoveOf(key, start, rows.length, pageSize);
    const row = rows[move?.kind === 'move' ? move.index : activeIndex];
    if (!move || !row) return false;
    if (move.kind === 'open') onOpen?.(row, 'key');
    if (move.kind === 'toggle') selection?.toggle(idOf(row), hasShift);
    if (move.kind === 'move') {
      if (hasShift) selection?.drawTo(idOf(row), activeId ?? idOf(row));
      setActive({ id: idOf(row), index: move.index, among: rows });
      virtualizer.scrollToIndex(move.index);
      if (!hasShift) props.onWalk?.(row);
      if (key === 'End' && !hasShift && more?.hasMore === true) {
        goesToEnd.current = true;
        more.loadAll();
      }
    }
    return true;
  };
  useImperativeHandle(props.ref, () => ({
    walk: (key) => void press(key, false),
    focus: () => scroller.current?.focus({ preventScroll: true }),
  }));

  return (
    <div className="pd-table" ref={sizer}>
      <div
        ref={scroller}
        className="pd-table__scroller"
        role="grid"
        aria-label={props.label}
        aria-rowcount={more?.hasMore === true && props.totalCount === undefined ? -1 : total + 1}
        aria-multiselectable={selection !== undefined}
        aria-activedescendant={activeIndex < 0 ? undefined : `${baseId}-${activeId}`}
        tabIndex={0}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.target === event.currentTarget && press(event.key, event.shiftKey))
            event.preventDefault();
        }}
        onScroll={(event) => props.scroll?.write(event.currentTarget.scrollTop)}
        onWheel={stay}
        onPointerDown={stay}
        onMouseDown={(event) => {
          // With Shift the browser would select text from the last press to this one.
          if (event.shiftKey) event.preventDefault();
        }}
        onClick={(event) => {
          // A checkbox that was pressed by mouse would keep the focus, and with it every key of the table.
          if (event.detail > 0 && isCheckbox(event.target)) scroller.current?.focus({ preventScroll: true });
        }}
      >
        <div className="pd-table__head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: tracks }}>
          {selection && (
            <span role="columnheader">
              <SelectAll selection={selection} ids={rows.map(idOf)} total={total} />
            </span>
          )}
          {columns.map((column) => (
            <ColumnHead key={column.id} column={column} />
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
                index={rowsBefore + item.index}
                top={item.start}
                height={item.size}
                columns={columns}
                tracks={tracks}
                name={props.nameOf?.(row) ?? String(id)}
                isActive={id === activeId}
                isOpen={id === props.openId}
                isSelected={selection?.selected.has(id)}
                onPress={() => {
                  setActive({ id, index: item.index, among: rows });
                  onOpen?.(row, 'mouse');
                }}
                onToggle={(range) => {
                  setActive({ id, index: item.index, among: rows });
                  selection?.toggle(id, range);
                }}
              />
            );
          })}
        </div>
        {more?.hasMore === true && (
          <RowsLoaded
            more={more}
            loaded={rows.length}
            total={props.totalCount}
            onStart={() => {
              press('Home', false);
              scroller.current?.focus({ preventScroll: true });
            }}
          />
        )}
        {props.footer}
      </div>
    </div>
  );
}

/** Rows that come in above those in view move nothing. */
function useRowsAbove<Row>(
  isAtEnd: boolean,
  rows: readonly Row[],
  idOf: (row: Row) => unknown,
  scroller: RefObject<HTMLDivElement | null>,
): void {
  const before = useRef({ isAtEnd, first: rows[0] });
  useLayoutEffect(() => {
    const { isAtEnd: wasAtEnd, first } = before.current;
    before.current = { isAtEnd, first: rows[0] };
    if (!isAtEnd || !wasAtEnd || first === undefined || rows[0] === first) return;
    const added = rows.findIndex((row) => idOf(row) === idOf(first));
    const { current } = scroller;
    if (added > 0 && current !== null) current.scrollTo({ top: current.scrollTop + added * ROW_HEIGHT });
  }, [isAtEnd, rows, idOf, scroller]);
}

const isCheckbox = (target: EventTarget) => target instanceof HTMLInputElement && target.type === 'checkbox';
