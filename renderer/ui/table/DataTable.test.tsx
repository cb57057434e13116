import { act, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderWith } from '../../testing/render-with.tsx';
import type { Column } from './columns.ts';
import { DataTable, type DataTableProps } from './DataTable.tsx';
import type { More } from './more.ts';
import { useSelection } from './use-selection.ts';

interface Row {
  id: number;
  name: string;
}

const rowsTo = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, name: `Row ${index + 1}` }));
const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    track: '100px',
    cell: ({ name }) => (
      <>
        {name} <button type="button">Act on {name}</button>
      </>
    ),
  },
];
const onOpen = vi.fn<(row: Row) => void>();

function Table({ rows, ...more }: { rows: readonly Row[] } & Partial<DataTableProps<Row, number>>) {
  const selection = useSelection(
    rows.map(({ id }) => id),
    'all',
    'things',
  );
  return (
    <>
      <DataTable
        label="Things"
        columns={COLUMNS}
        rows={rows}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        onOpen={onOpen}
        selection={selection}
        {...more}
      />
      <output>{[...selection.selected].sort((one, other) => one - other).join(',')}</output>
    </>
  );
}

function show(count: number, more: Partial<DataTableProps<Row, number>> = {}) {
  onOpen.mockReset();
  return renderWith(<Table rows={rowsTo(count)} {...more} />);
}

const grid = () => screen.getByRole('grid', { name: 'Things' });
const cell = (name: string) => screen.getByRole('gridcell', { name: `${name} Act on ${name}` });
const selected = () => screen.getByRole('status').textContent;
const active = () => {
  const id = grid().getAttribute('aria-activedescendant');
  return id === null ? null : (document.getElementById(id)?.textContent ?? '');
};
const focusGrid = () => {
  act(() => {
    grid().focus();
  });
};

describe('the keys of a table', () => {
  it('move through it, stop at its ends, and open', async () => {
    const { user } = show(5);
    focusGrid();
    expect(active()).toBeNull();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(active()).toContain('Row 2');
    await user.keyboard('{End}{ArrowDown}');
    expect(active()).toContain('Row 5');
    await user.keyboard('{Home}{ArrowUp}{Enter}');
    expect(onOpen).toHaveBeenCalledExactlyOnceWith({ id: 1, name: 'Row 1' }, 'key');
  });

  it('go on where a row was taken away', async () => {
    const { user, rerender } = show(5);
    focusGrid();
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    rerender(<Table rows={rowsTo(5).filter(({ id }) => id !== 3)} />);
    expect(active()).toBeNull();
    await user.keyboard('{Enter}');
    expect(onOpen).not.toHaveBeenCalled();
    await user.keyboard('{ArrowDown}');
    expect(active()).toContain('Row 4');
  });

  it('select with Space, and a range with Shift that shrinks again', async () => {
    const { user } = show(6);
    focusGrid();
    await user.keyboard('{ArrowDown} {Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(selected()).toBe('1,2,3');
    await user.keyboard('{Shift>}{ArrowUp}{/Shift}');
    expect(selected()).toBe('1,2');
  });

  it('open and select nothing while no row is active', async () => {
    const { user } = show(3);
    focusGrid();
    await user.keyboard('{Enter} ');
    expect(onOpen).not.toHaveBeenCalled();
    expect(selected()).toBe('');
  });

  it('belong to a button inside a row that has the focus', async () => {
    const { user } = show(3);
    act(() => {
      screen.getByRole('button', { name: 'Act on Row 2' }).focus();
    });
    await user.keyboard('{Enter}{ArrowDown}');
    expect(onOpen).not.toHaveBeenCalled();
    expect(active()).toBeNull();
  });
});

describe('the mouse in a table', () => {
  it('opens a row, but not from a button inside it', async () => {
    const { user } = show(3);
    await user.click(screen.getByRole('button', { name: 'Act on Row 2' }));
    expect(onOpen).not.toHaveBeenCalled();
    await user.click(cell('Row 2'));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith({ id: 2, name: 'Row 2' }, 'mouse');
  });

  it('opens nothing where it has marked text', async () => {
    const { user } = show(3);
    const text = cell('Row 2');
    window.getSelection()?.selectAllChildren(text);
    await user.pointer({ keys: '[MouseLeft>]', target: text, offset: 0 });
    await user.pointer([{ target: text, offset: 3 }, { keys: '[/MouseLeft]' }]);
    expect(onOpen).not.toHaveBeenCalled();
  });

  it('selects with Ctrl and Shift instead of opening', async () => {
    const { user } = show(6);
    await user.keyboard('{Control>}');
    await user.click(cell('Row 2'));
    await user.keyboard('{/Control}{Shift>}');
    await user.click(cell('Row 4'));
    await user.keyboard('{/Shift}');
    expect(selected()).toBe('2,3,4');
    expect(onOpen).not.toHaveBeenCalled();
  });

  it('gives the focus back to the table after a checkbox, so that its keys go on', async () => {
    const { user } = show(3);
    await user.click(screen.getByRole('checkbox', { name: 'Select Row 1' }));
    expect(document.activeElement).toBe(grid());
    await user.keyboard('{ArrowDown} ');
    expect(selected()).toBe('1,2');
  });
});

describe('the checkbox over all rows', () => {
  const box = () => within(grid()).getAllByRole<HTMLInputElement>('checkbox')[0];

  it('is half ticked for some, takes all, and gives all back', async () => {
    const { user } = show(3);
    await user.click(screen.getByRole('checkbox', { name: 'Select Row 1' }));
    expect(box()?.indeterminate).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
    expect(selected()).toBe('1,2,3');
    expect(box()?.checked).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: 'Select all rows' }));
    expect(selected()).toBe('');
  });

  it('says that it takes only what is loaded, and is never ticked for that', async () => {
    const { user } = show(3, { totalCount: 1204 });
    await user.click(screen.getByRole('checkbox', { name: 'Select the 3 rows that are loaded' }));
    expect(selected()).toBe('1,2,3');
    expect(box()?.checked).toBe(false);
    expect(box()?.indeterminate).toBe(true);
  });
});

describe('a table that goes on', () => {
  const goesOn = (change: Partial<More> = {}) => ({
    hasMore: true,
    isFull: false,
    loadMore: vi.fn(),
    loadAll: vi.fn(),
    stop: vi.fn(),
    ...change,
  });

  it('says how many rows are loaded, of how many where that is known', () => {
    const more = goesOn();
    const { rerender } = show(40, { more });
    expect(screen.getByText('40 rows loaded. Scroll to load more, or press End to load all.')).toBeTruthy();
    expect(grid().getAttribute('aria-rowcount')).toBe('-1');
    rerender(<Table rows={rowsTo(40)} more={more} totalCount={1204} />);
    expect(screen.getByText(/^40 of 1,204 rows loaded\./)).toBeTruthy();
    expect(grid().getAttribute('aria-rowcount')).toBe('1205');
    rerender(<Table rows={rowsTo(40)} more={goesOn({ isFull: true })} />);
    expect(screen.getByText('40 rows loaded. Search or filter to reach the rest.')).toBeTruthy();
  });

  it('can be listed from its other end, where that can be done', async () => {
    const turn = vi.fn();
    const { user } = show(40, { more: goesOn({ turn }) });
    await user.click(screen.getByRole('button', { name: 'Start from the other end' }));
    expect(turn).toHaveBeenCalledOnce();
  });

  it('loads more once its end is near', () => {
    const more = goesOn();
    show(40, { more });
    expect(more.loadMore).toHaveBeenCalled();
  });

  it('goes to the very end with End, and stays where another key came between', async () => {
    const more = goesOn();
    const { user, rerender } = show(40, { more });
    focusGrid();
    await user.keyboard('{End}');
    expect(more.loadAll).toHaveBeenCalledOnce();
    rerender(<Table rows={rowsTo(50)} more={{ ...more, hasMore: false }} />);
    await expect.poll(() => active() ?? '').toContain('Row 50');

    rerender(<Table rows={rowsTo(50)} more={more} />);
    await user.keyboard('{End}{ArrowUp}');
    expect(more.stop).toHaveBeenCalled();
    rerender(<Table rows={rowsTo(60)} more={{ ...more, hasMore: false }} />);
    expect(active()).toContain('Row 49');
  });

  it('is shown from its end where it is too long to be loaded, grows upwards, and goes back with Home', async () => {
    const go = vi.fn();
    const leave = vi.fn();
    const lastRows = (from: number) => rowsTo(1000).filter(({ id }) => id >= from);
    const more = goesOn({ end: { isAt: false, go, leave } });
    const { user, rerender } = show(40, { more, totalCount: 1000 });
    focusGrid();
    await user.keyboard('{End}');
    expect(go).toHaveBeenCalledOnce();
    expect(more.loadAll).not.toHaveBeenCalled();
    // Until the last rows are there it stays where it is.
    expect(active()).toBeNull();

    const atEnd = { ...more, end: { isAt: true, go, leave } };
    rerender(<Table rows={lastRows(961)} more={atEnd} totalCount={1000} />);
    await expect.poll(() => active() ?? '').toContain('Row 1000');
    expect(screen.getByText(/^The last 40 of 1,000 rows\./)).toBeTruthy();
    const last = grid().getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(last)?.getAttribute('aria-rowindex')).toBe('1001');

    rerender(<Table rows={lastRows(921)} more={atEnd} totalCount={1000} />);
    await expect.poll(() => active() ?? '').toContain('Row 1000');
    await user.keyboard('{ArrowUp}');
    expect(active()).toContain('Row 999');

    await user.click(screen.getByRole('button', { name: 'Go to the start' }));
    expect(leave).toHaveBeenCalledOnce();
    rerender(<Table rows={rowsTo(40)} more={more} totalCount={1000} />);
    await expect.poll(() => active() ?? '').toContain('Row 1');
    expect(active()).not.toContain('Row 10');
  });

  it('has only what is in view in the document', () => {
    show(10_000);
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    expect(grid().getAttribute('aria-rowcount')).toBe('10001');
  });
});

it('a table without selection has no checkboxes', () => {
  renderWith(
    <DataTable label="Things" columns={COLUMNS} rows={rowsTo(2)} idOf={({ id }) => id} onOpen={onOpen} />,
  );
  expect(screen.queryByRole('checkbox')).toBeNull();
  expect(grid().getAttribute('aria-multiselectable')).toBe('false');
});
