import { screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { renderWith } from '../../testing/render-with.tsx';
import { Dialog } from '../Dialog.tsx';
import { useListKeys } from './use-list-keys.ts';

const list = { selectAll: vi.fn(), remove: vi.fn(), clear: vi.fn() };
const heard = () => Object.values(list).map(({ mock }) => mock.calls.length);

function ListWithDialog() {
  const [opened, setOpened] = useState(false);
  useListKeys(list);
  return (
    <>
      <button
        type="button"
        onClick={() => {
          setOpened(true);
        }}
      >
        Open
      </button>
      <Dialog
        title="Give a name"
        opened={opened}
        onClose={() => {
          setOpened(false);
        }}
      >
        <input aria-label="Name" />
      </Dialog>
    </>
  );
}

it('the keys of a list are not for it while a dialog is in front, even one that has lost the focus to the page', async () => {
  const { user } = renderWith(<ListWithDialog />);
  await user.keyboard('{Control>}a{/Control}{Delete}{Escape}');
  expect(heard()).toEqual([1, 1, 1]);

  await user.click(screen.getByRole('button', { name: 'Open' }));
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await user.type(name, 'Shop');
  name.blur();
  expect(document.activeElement).toBe(document.body);
  await user.keyboard('{Control>}a{/Control}{Delete}{Escape}');
  expect(heard()).toEqual([1, 1, 1]);
  // Escape went to the dialog, which asks before it throws away what was typed.
  await user.click(await screen.findByRole('button', { name: /^Discard/ }));
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  await user.keyboard('{Escape}');
  expect(heard()).toEqual([1, 1, 2]);
});
