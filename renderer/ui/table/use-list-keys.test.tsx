import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { renderWith } from '../../testing/render-with.tsx';
import { Dialog } from '../Dialog.tsx';
import { useListKeys } from './use-list-keys.ts';

const selectAll = vi.fn();
const remove = vi.fn();
const clear = vi.fn();
const onClose = vi.fn();
beforeEach(() => {
  vi.clearAllMocks();
});
const pressed = () => [selectAll, remove, clear].map((act) => act.mock.calls.length);

function List({ asks = false }: { asks?: boolean }) {
  useListKeys({ selectAll, remove, clear });
  return (
    <>
      <input type="checkbox" aria-label="Row" />
      <input aria-label="Search" />
      <textarea aria-label="Note" />
      <ul role="menu">
        <li role="menuitem" tabIndex={0}>
          Rename
        </li>
      </ul>
      <Dialog title="Sure?" opened={asks} onClose={onClose}>
        <p>Really.</p>
      </Dialog>
    </>
  );
}

/** As the page has it: the dialog makes inert what is in its root. */
function show(asks = false) {
  const root = document.body.appendChild(document.createElement('div'));
  root.id = 'root';
  onTestFinished(() => {
    root.remove();
  });
  return renderWith(<List asks={asks} />);
}

const KEYS = ['{Control>}a{/Control}', '{Delete}', '{Escape}'];

describe('the keys of a list', () => {
  it.each([null, 'Row'])('are for it with the focus on %s', async (name) => {
    const { user } = show();
    if (name !== null) await user.click(screen.getByLabelText(name));
    for (const key of KEYS) await user.keyboard(key);
    expect(pressed()).toEqual([1, 1, 1]);
  });

  it.each(['Search', 'Note'])('are left to the field %s', async (name) => {
    const { user } = show();
    await user.click(screen.getByLabelText(name));
    for (const key of KEYS) await user.keyboard(key);
    expect(pressed()).toEqual([0, 0, 0]);
  });

  it('are left to a menu', async () => {
    const { user } = show();
    screen.getByRole('menuitem').focus();
    for (const key of KEYS) await user.keyboard(key);
    expect(pressed()).toEqual([0, 0, 0]);
  });

  it('are left to a dialog that has lost the focus to the page', async () => {
    const { user } = show(true);
    await screen.findByRole('dialog');
    (document.activeElement as HTMLElement | null)?.blur();
    expect(document.activeElement).toBe(document.body);
    for (const key of KEYS) await user.keyboard(key);
    expect(pressed()).toEqual([0, 0, 0]);
  });
});
