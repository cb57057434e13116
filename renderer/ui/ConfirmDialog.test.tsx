import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { isPressable } from '../testing/is-pressable.ts';
import { renderWith } from '../testing/render-with.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';

function ask(more: Partial<Parameters<typeof ConfirmDialog>[0]> = {}) {
  const onAct = vi.fn();
  const onLeave = vi.fn();
  const rendered = renderWith(
    <ConfirmDialog
      opened
      title="Remove it?"
      actLabel="Remove"
      leaveLabel="Keep"
      onAct={onAct}
      onLeave={onLeave}
      {...more}
    >
      It is gone then.
    </ConfirmDialog>,
  );
  return { ...rendered, onAct, onLeave };
}

describe('a question', () => {
  it('has the act at hand, so that Enter does it', async () => {
    const { user, onAct } = ask();
    await expect.poll(() => document.activeElement?.textContent).toBe('Remove');
    await user.keyboard('{Enter}');
    expect(onAct).toHaveBeenCalledOnce();
  });

  it('has the way out at hand where the act is dangerous', async () => {
    const { user, onAct, onLeave } = ask({ isDangerous: true });
    await expect.poll(() => document.activeElement?.textContent).toBe('Keep');
    await user.keyboard('{Enter}');
    expect(onLeave).toHaveBeenCalledOnce();
    expect(onAct).not.toHaveBeenCalled();
  });

  it.each([{ isReady: false }, { isBusy: true }])('cannot be answered with the act: %o', async (state) => {
    const { user, onAct } = ask(state);
    const act = screen.getByRole('button', { name: 'Remove' });
    expect(isPressable(act)).toBe(false);
    await user.click(act);
    expect(onAct).not.toHaveBeenCalled();
  });

  it('is left by Escape', async () => {
    const { user, onLeave } = ask();
    await user.keyboard('{Escape}');
    expect(onLeave).toHaveBeenCalledOnce();
  });
});
