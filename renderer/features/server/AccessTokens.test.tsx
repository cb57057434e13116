import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AccessToken } from '../../../electron/contract/access-tokens.ts';
import { accessTokenIdSchema } from '../../../electron/contract/ids.ts';
import { settingsSchema } from '../../../electron/contract/settings.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { appInfo } from '../../testing/standard-answers.ts';
import { AccessTokens } from './AccessTokens.tsx';

const token = (change: Partial<AccessToken> = {}): AccessToken => ({
  id: accessTokenIdSchema.parse(7),
  name: 'Shop backend',
  scopes: ['send', 'subscribe'],
  createdAt: 0,
  lastUsedAt: null,
  expiresAt: null,
  ...change,
});
const show = (answers: Answers = {}) => renderWith(<AccessTokens />, { answers });
const button = (name: string) => screen.getByRole('button', { name });

describe('the access tokens', () => {
  it('say of each what it may do, when it was used and until when it holds', async () => {
    const long = Date.UTC(2020, 0, 1);
    show({
      tokens: {
        list: () => [token(), token({ id: accessTokenIdSchema.parse(8), name: 'Old', expiresAt: long })],
      },
    });
    const [first, second] = await screen.findAllByRole('listitem');
    expect(first?.textContent).toContain('Shop backendSend, Subscribe · never used');
    expect(second?.textContent).toContain('· expired');
  });

  it('are made with a name and a scope, and shown by the system alone', async () => {
    const { user, engine } = show({ tokens: { create: () => token() } });
    await user.click(button('New token'));
    const dialog = await screen.findByRole('dialog', { name: 'New token' });
    await user.click(within(dialog).getByRole('button', { name: 'Create token' }));
    expect(await within(dialog).findByText('Give it a name.')).toBeTruthy();
    expect(within(dialog).getByText('Choose at least one.')).toBeTruthy();
    expect(engine.inputsOf('tokens.create')).toEqual([]);

    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Shop backend');
    await user.click(within(dialog).getByRole('checkbox', { name: 'Subscribe' }));
    await user.click(within(dialog).getByRole('checkbox', { name: 'Send' }));
    await user.click(within(dialog).getByRole('button', { name: 'Create token' }));
    expect(await screen.findByText('Token created.')).toBeTruthy();
    expect(engine.inputsOf('tokens.create')).toEqual([
      { name: 'Shop backend', scopes: ['send', 'subscribe'], expiresInDays: null },
    ]);
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  });

  it('are revoked after a question only, with the reason in it where that fails', async () => {
    const { user, engine } = show({
      tokens: {
        list: () => [token()],
        revoke: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Revoke Shop backend' }));
    const dialog = await screen.findByRole('dialog', { name: 'Revoke “Shop backend”?' });
    expect(engine.inputsOf('tokens.revoke')).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Revoke token' }));
    expect(await within(dialog).findByText('The disk is full.')).toBeTruthy();
    engine.answer({ tokens: { list: () => [], revoke: () => ({ revoked: true }) } });
    await user.click(within(dialog).getByRole('button', { name: 'Revoke token' }));
    expect(await screen.findByText('Token revoked.')).toBeTruthy();
    expect(engine.inputsOf('tokens.revoke')).toEqual([{ id: 7 }, { id: 7 }]);
  });
});

describe('what answers elsewhere', () => {
  it('is switched here, unless a variable holds it', async () => {
    const { user, engine } = show({
      app: {
        info: () => ({
          ...appInfo,
          settingsFromEnvironment: { publicApi: { variable: 'PUSHDESK_PUBLIC_API', value: '1' } },
        }),
        changeSettings: () => settingsSchema.parse({ remoteWorkspace: true }),
      },
    });
    expect(await screen.findByText('Set to 1 by PUSHDESK_PUBLIC_API for this run.')).toBeTruthy();
    const workspace = screen.getByRole<HTMLInputElement>('switch', { name: /^Remote workspace/ });
    await expect.poll(() => workspace.disabled).toBe(false);
    await user.click(workspace);
    await expect.poll(() => engine.inputsOf('app.changeSettings')).toEqual([{ remoteWorkspace: true }]);
    await expect.poll(() => workspace.checked).toBe(true);
    expect(
      screen.getByRole<HTMLInputElement>('switch', { name: /^API at the public address/ }).disabled,
    ).toBe(true);
  });
});
