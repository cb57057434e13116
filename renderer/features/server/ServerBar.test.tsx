import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { held, refuse } from '../../testing/fake-engine.ts';
import { noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { runningServer } from '../../testing/standard-answers.ts';
import { ServerBar } from './ServerBar.tsx';

const stopped = { ...runningServer, state: 'stopped' as const, port: null, url: null };
const toggle = () => screen.getByRole<HTMLInputElement>('switch', { name: 'Embedded server' });

describe('the switch of the server', () => {
  it('turns it off, and cannot be pressed meanwhile', async () => {
    const stop = held(stopped);
    const { user, engine } = renderWith(<ServerBar status={runningServer} />, {
      answers: { server: { stop: stop.answer } },
    });
    expect(toggle().checked).toBe(true);
    await user.click(toggle());
    await expect.poll(() => toggle().disabled).toBe(true);
    stop.release();
    await expect.poll(() => toggle().disabled).toBe(false);
    expect(engine.inputsOf('server.stop')).toHaveLength(1);
  });

  it('turns it on, and says why it did not start', async () => {
    const { user } = renderWith(<ServerBar status={stopped} />, {
      answers: {
        server: { start: () => refuse({ code: 'busy', cause: 'All ports are busy.', cure: 'Free one.' }) },
      },
    });
    await user.click(toggle());
    await screen.findByText('All ports are busy.');
    expect(noticeWith('All ports are busy.').getAttribute('role')).toBe('alert');
    expect(toggle().checked).toBe(false);
  });

  it('gives the address while it runs, and says what does not work while it is off', async () => {
    const { user, rerender } = renderWith(<ServerBar status={runningServer} />);
    await user.click(screen.getByRole('button', { name: 'Copy address' }));
    expect(await navigator.clipboard.readText()).toBe('http://localhost:4830/');
    rerender(<ServerBar status={stopped} />);
    expect(screen.queryByRole('button', { name: 'Copy address' })).toBeNull();
    expect(screen.getByText(/^While it is off, browsers cannot subscribe/)).toBeTruthy();
  });
});
