import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { holdClock } from '../testing/hold-clock.ts';
import { renderWith } from '../testing/render-with.tsx';
import { CopyButton } from './CopyButton.tsx';

const pasted = () => navigator.clipboard.readText();

describe('a copy button', () => {
  it('copies, says so, and presses nothing that it lies on', async () => {
    const press = vi.fn();
    const { user } = renderWith(
      <div onClick={press}>
        <CopyButton look="button" label="Copy key" text="BNc" />
      </div>,
    );
    await user.click(screen.getByRole('button', { name: 'Copy key' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
    expect(await pasted()).toBe('BNc');
    expect(press).not.toHaveBeenCalled();
  });

  it('offers itself again after a moment', async () => {
    const pass = holdClock({ runs: true });
    const { user } = renderWith(<CopyButton look="button" label="Copy key" text="BNc" />);
    await user.click(screen.getByRole('button', { name: 'Copy key' }));
    await screen.findByRole('button', { name: 'Copied' });
    pass(1_500);
    expect(screen.getByRole('button', { name: 'Copy key' })).toBeTruthy();
  });

  it('copies no line break and no command to a terminal, unless the text has lines', async () => {
    const text = 'one\ntwo\u001B[31m';
    const { user } = renderWith(
      <>
        <CopyButton look="button" label="Copy line" text={text} />
        <CopyButton look="button" label="Copy lines" text={text} hasLines />
      </>,
    );
    await user.click(screen.getByRole('button', { name: 'Copy line' }));
    expect(await pasted()).toBe('one\\u000Atwo\\u001B[31m');
    await user.click(screen.getByRole('button', { name: 'Copy lines' }));
    expect(await pasted()).toBe('one\ntwo\\u001B[31m');
  });

  it('says that the window was refused the clipboard, and keeps its name as an icon', async () => {
    const { user } = renderWith(
      <>
        <CopyButton look="button" label="Copy key" text="BNc" />
        <CopyButton label="Copy address" text="http://localhost" />
      </>,
    );
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('No.', 'NotAllowedError'));
    await user.click(screen.getByRole('button', { name: 'Copy key' }));
    expect(await screen.findByRole('button', { name: /^Could not copy: click in the window/ })).toBeTruthy();
    const icon = screen.getByRole('button', { name: 'Copy address' });
    await user.hover(icon);
    const words = await screen.findByRole('tooltip');
    expect(words.textContent).toBe('Copy address');
    await user.click(icon);
    await expect.poll(() => words.textContent).toMatch(/^Could not copy/);
    // The name of an icon stays: what became of the press is read out beside it.
    expect(screen.getByRole('alert').textContent).toMatch(/^Could not copy/);
    expect(screen.getByRole('button', { name: 'Copy address' })).toBe(icon);
  });
});
