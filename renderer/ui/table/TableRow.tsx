import { Checkbox } from '@mantine/core';
import type { Column } from './columns.ts';

interface TableRowProps<Row> {
  domId: string;
  row: Row;
  /** Place in the list, from 0. */
  index: number;
  top: number;
  height: number;
  columns: readonly Column<Row>[];
  tracks: string;
  name: string;
  isActive: boolean;
  isOpen: boolean;
  /** Undefined where rows cannot be selected. */
  isSelected: boolean | undefined;
  onPress: () => void;
  onToggle: (range: boolean) => void;
}

export function TableRow<Row>(props: TableRowProps<Row>) {
  const { row, columns, isSelected, onToggle } = props;
  return (
    <div
      id={props.domId}
      role="row"
      className="pd-table__row"
      aria-rowindex={props.index + 2}
      aria-selected={isSelected}
      data-active={props.isActive || undefined}
      data-open={props.isOpen || undefined}
      style={{
        gridTemplateColumns: props.tracks,
        height: props.height,
        transform: `translateY(${props.top}px)`,
      }}
      onClick={(event) => {
        // A press on a control inside the row, or the end of selecting text, is not a press on the row.
        if (event.target instanceof Element && event.target.closest('button, a, input, label')) return;
        if (window.getSelection()?.type === 'Range') return;
        if (isSelected !== undefined && (event.shiftKey || event.ctrlKey || event.metaKey)) {
          onToggle(event.shiftKey);
          return;
        }
        props.onPress();
      }}
    >
      {isSelected !== undefined && (
        <span role="gridcell">
          <Checkbox
            aria-label={`Select ${props.name}`}
            tabIndex={-1}
            checked={isSelected}
            onChange={() => undefined}
            onClick={(event) => {
              onToggle(event.shiftKey);
            }}
          />
        </span>
      )}
      {columns.map((column) => (
        <span key={column.id} role="gridcell" className="pd-table__cell" data-align={column.align}>
          {column.cell(row)}
        </span>
      ))}
    </div>
  );
}
