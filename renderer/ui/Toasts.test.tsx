import { act, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderWith } from '../testing/render-with.tsx';
import { toast } from './toast.ts';
import { undoToast } from './undo-toast.tsx';

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

  it('writes out what cannot be seen in the name of a file', async () => {
    renderWith(null);
    act(() => {
      toast('Saved to /home/ada/\u202Egpj.exe.');
    });
    expect(await screen.findByText('Saved to /home/ada/\\u202Egpj.exe.')).toBeTruthy();
  });
});
