import { screen, within } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { renderWith } from '../testing/render-with.tsx';
import { noticeWith } from '../testing/notices.ts';
import { Dialog, DialogButtons } from './Dialog.tsx';
import { useHeldWork } from './held-work.ts';

const onClose = vi.fn();

function Opener({ keepsTyped = true, held = null }: { keepsTyped?: boolean; held?: string | null }) {
  const [opened, setOpened] = useState(false);
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
        keepsTyped={keepsTyped}
        onClose={() => {
          onClose();
          setOpened(false);
        }}
      >
        <Held question={held} />
        <input aria-label="Name" />
      </Dialog>
    </>
  );
}

function Held({ question }: { question: string | null }) {
  useHeldWork(question, 'Keep going', 'Stop it');
  return null;
}

async function open(props: Parameters<typeof Opener>[0] = {}) {
  onClose.mockReset();
  const { user } = renderWith(<Opener {...props} />);
  await user.click(screen.getByRole('button', { name: 'Open' }));
  return { user, field: await screen.findByRole('textbox', { name: 'Name' }) };
}

const question = () => screen.queryByRole('group');

describe('a dialog', () => {
  it('hides what is behind it, and gives the focus back to what opened it', async () => {
    const { user } = await open();
    expect(screen.queryByRole('button', { name: 'Open' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(document.activeElement).toBe(await screen.findByRole('button', { name: 'Open' }));
  });

  it('closes at once where nothing was typed, or only blanks', async () => {
    const { user, field } = await open();
    await user.type(field, '   ');
    await user.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('takes its question back where Escape is pressed again', async () => {
    const { user, field } = await open();
    await user.type(field, 'Ada{Escape}');
    expect(question()).not.toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep editing' }));
    await user.keyboard('{Escape}');
    expect(question()).toBeNull();
    expect(document.activeElement).toBe(field);
    expect(onClose).not.toHaveBeenCalled();
  });

  it('asks with the words of the work that is held, whatever was typed', async () => {
    const { user, field } = await open({ held: 'Stop the import?' });
    await user.type(field, 'Ada');
    await user.click(screen.getByRole('button', { name: 'Close' }));
    const asked = screen.getByRole('group', { name: 'Stop the import?' });
    await user.click(within(asked).getByRole('button', { name: 'Stop it' }));
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('asks nothing where text is typed only to confirm', async () => {
    const { user, field } = await open({ keepsTyped: false });
    await user.type(field, 'erase{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('writes out what cannot be seen in its title', () => {
    renderWith(
      <Dialog title={'Remove \u202Egpj.exe?'} opened onClose={onClose}>
        Text
      </Dialog>,
    );
    expect(screen.getByRole('dialog', { name: 'Remove \\u202Egpj.exe?' })).toBeTruthy();
  });

  it('reads out at its foot why a press was refused', () => {
    renderWith(
      <DialogButtons problem={{ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }}>
        <button type="button">Save</button>
      </DialogButtons>,
    );
    expect(noticeWith('The disk is full.').getAttribute('role')).toBe('alert');
  });
});
