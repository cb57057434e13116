import { act, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderWith } from '../testing/render-with.tsx';
import { toast } from './toast.ts';
import { undoToast, useUndoKey } from './undo-toast.tsx';

function Screen() {
  useUndoKey();
  return <input aria-label="Search" />;
}

describe('a toast', () => {
  it('takes back what was done, once, and is gone', async () => {
    const undo = vi.fn();
    const { user } = renderWith(null);
    act(() => {
      undoToast('3 subscriptions moved to the bin.', undo);
    });
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(undo).toHaveBeenCalledOnce();
    await expect.poll(() => screen.queryByText('3 subscriptions moved to the bin.')).toBeNull();
  });

  it('takes back what was done last at Ctrl+Z, each once, and leaves the key to a field that has the focus', async () => {
    const undone: string[] = [];
    const { user } = renderWith(<Screen />);
    act(() => {
      for (const what of ['first', 'second']) undoToast(`The ${what}.`, () => undone.push(what));
    });
    await user.click(screen.getByLabelText('Search'));
    await user.keyboard('{Control>}z{/Control}');
    expect(undone).toEqual([]);
    act(() => {
      screen.getByLabelText('Search').blur();
    });
    await user.keyboard('{Control>}zzz{/Control}');
    expect(undone).toEqual(['second', 'first']);
    await expect.poll(() => screen.queryByText('The second.')).toBeNull();
  });

  it('writes out what cannot be seen in the name of a file', async () => {
    renderWith(null);
    act(() => {
      toast('Saved to /home/ada/\u202Egpj.exe.');
    });
    expect(await screen.findByText('Saved to /home/ada/\\u202Egpj.exe.')).toBeTruthy();
  });
});
