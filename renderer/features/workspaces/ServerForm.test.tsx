import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { fakeWorkspaces, refuseWith } from '../../testing/fake-workspaces.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { ServerForm } from './ServerForm.tsx';

async function filled(answers: Record<string, (input: unknown) => unknown>) {
  const app = fakeWorkspaces({}, answers);
  const onDone = vi.fn();
  const rendered = renderWith(<ServerForm onDone={onDone} />, { workspaces: app.connection });
  await rendered.user.type(screen.getByLabelText('Address'), 'push.example.org');
  await rendered.user.type(screen.getByLabelText('Owner token'), 'pushdesk_a');
  return { app, onDone, ...rendered };
}
const ACCESS = { address: 'push.example.org', token: 'pushdesk_a' };
const press = (name: string) => screen.getByRole('button', { name });

describe('a workspace on a server', () => {
  it('is tested without being opened', async () => {
    const { app, onDone, user } = await filled({
      testServer: () => ({ name: 'push.example.org', version: '0.1.0' }),
    });
    await user.click(press('Test connection'));
    await screen.findByText('push.example.org answers with Pushdesk 0.1.0.');
    expect(app.calls).toEqual([{ name: 'testServer', input: ACCESS }]);
    expect(onDone).not.toHaveBeenCalled();
    // What was found is not true of another address.
    await user.type(screen.getByLabelText('Address'), 'x');
    expect(screen.queryByText(/answers with Pushdesk/)).toBeNull();
  });

  it('is opened', async () => {
    const { app, onDone, user } = await filled({ openServer: () => ({ id: 'x' }) });
    await user.click(press('Open'));
    await expect.poll(() => onDone.mock.calls).toHaveLength(1);
    expect(app.calls).toEqual([{ name: 'openServer', input: ACCESS }]);
  });

  it('says why there is no connection, at the field that is wrong or at the foot', async () => {
    const problems = [
      { code: 'line-dns', cause: 'There is no such server.', cure: 'Check the address.' },
      { code: 'line-token-wrong', cause: 'It does not accept this.', cure: 'Copy it whole.', field: 'token' },
    ];
    const { onDone, user } = await filled({
      testServer: () => refuseWith(problems.shift() ?? { code: 'x', cause: 'x', cure: 'x' }),
    });
    await user.click(press('Test connection'));
    await screen.findByText('There is no such server.');
    await user.click(press('Test connection'));
    await screen.findByText('It does not accept this. Copy it whole.');
    expect(screen.getByLabelText('Owner token').getAttribute('aria-invalid')).toBe('true');
    expect(onDone).not.toHaveBeenCalled();
  });

  it('asks for both before it connects', async () => {
    const app = fakeWorkspaces();
    const { user } = renderWith(<ServerForm onDone={() => undefined} />, { workspaces: app.connection });
    await user.click(press('Open'));
    await screen.findByText('Enter the address of the server.');
    screen.getByText('Enter an owner token.');
    expect(app.calls).toEqual([]);
  });
});
