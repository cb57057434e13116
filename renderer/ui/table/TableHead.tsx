import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { formatCount } from '../../format/numbers.ts';
import type { Column } from './columns.ts';
import type { Selection } from './use-selection.ts';

/** The head of a column; a press on one that sorts turns its order around. */
export function ColumnHead({ column: { header, align, sort } }: { column: Column<never> }) {
  if (!sort) {
    return (
      <span role="columnheader" className="pd-cut" data-align={align}>
        {header}
      </span>
    );
  }
  const SortIcon = sort.isDescending ? IconArrowDown : IconArrowUp;
  return (
    <span role="columnheader" data-align={align} aria-sort={sort.isDescending ? 'descending' : 'ascending'}>
      <button type="button" className="pd-table__sort" onClick={sort.turn}>
        {header}
        <SortIcon size={12} aria-hidden />
      </button>
    </span>
  );
}

interface SelectAllProps<Id> {
  selection: Selection<Id>;
  ids: readonly Id[];
  total: number;
}

/** Selects the rows that are loaded: a full tick means that these are all there are. */
export function SelectAll<Id>({ selection, ids, total }: SelectAllProps<Id>) {
  const { isAll, selected } = selection;
  const isEverything = isAll ? selection.except.size === 0 : selected.size > 0 && selected.size >= total;
  const label =
    ids.length < total && !isAll
      ? `Select the ${formatCount(ids.length)} rows that are loaded`
      : 'Select all rows';
  return (
    <Checkbox
      aria-label={label}
      checked={isEverything}
      indeterminate={!isEverything && (isAll || selected.size > 0)}
      onChange={() => {
        if (!isAll && selected.size < ids.length) selection.set(ids);
        else selection.clear();
      }}
    />
  );
}
