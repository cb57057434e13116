import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { settingsSchema, type SettingsPatch } from '../../../electron/contract/settings.ts';
import type { ReachCheck, ReachStatus } from '../../../electron/contract/server.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { noticeTexts } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { appInfo, runningServer } from '../../testing/standard-answers.ts';
import { ServerScreen } from './ServerScreen.tsx';

const URL_SET = 'https://push.example.org/';
const CHECKED: ReachCheck = { at: 0, url: URL_SET, problem: null, hints: [], certificateExpiresAt: null };
const status = (reach: Partial<ReachStatus>) => ({
  ...runningServer,
  reach: { ...runningServer.reach, ...reach },
});

function show(reach: Partial<ReachStatus> = { url: null, check: null }, more: object = {}) {
  const changes: SettingsPatch[] = [];
  const shown = renderWith(<ServerScreen />, {
    answers: {
      server: { status: () => status(reach), requests: () => [] },
      app: {
        settings: () => settingsSchema.parse({ sites: ['https://shop.example'] }),
        info: () => ({ ...appInfo, ...more }),
        changeSettings: (patch: SettingsPatch) => {
          changes.push(patch);
          return settingsSchema.parse({ sites: ['https://shop.example'], ...patch });
        },
      },
    },
  });
  return { ...shown, changes };
}
const card = (name: string) => within(screen.getByRole('region', { name }));
const address = () => card('Public address');

describe('the public address', () => {
  it('says what it is for while there is none, and takes one as people write it', async () => {
    const { user, changes } = show();
    await user.click(await screen.findByRole('button', { name: 'Set public address' }));
    await user.type(address().getByLabelText('Address'), 'Push.example.org');
    await user.click(address().getByRole('button', { name: 'Save' }));
    expect(changes).toEqual([]);
    expect(address().getByText(/^Begin with https:\/\//)).toBeTruthy();
    await user.clear(address().getByLabelText('Address'));
    await user.type(address().getByLabelText('Address'), 'https://Push.example.org');
    await user.click(address().getByRole('button', { name: 'Save' }));
    await expect.poll(() => changes).toMatchObject([{ publicUrl: URL_SET }]);
  });

  it('is turned off by an empty field', async () => {
    const { user, changes } = show({ url: URL_SET, check: null });
    await user.click(await screen.findByRole('button', { name: 'Change public address' }));
    await user.clear(address().getByLabelText('Address'));
    await user.click(address().getByRole('button', { name: 'Save' }));
    await expect.poll(() => changes).toMatchObject([{ publicUrl: null }]);
  });

  it('is checked on a press, and then says what is wrong and what to do', async () => {
    const { user, engine } = show({ url: URL_SET, check: null });
    expect(await screen.findByText('Not checked')).toBeTruthy();
    const problem = { code: 'x', cause: 'The name does not resolve.', cure: 'Add a record.' };
    engine.answer({ server: { checkReach: () => status({ url: URL_SET, check: { ...CHECKED, problem } }) } });
    await user.click(address().getByRole('button', { name: 'Check' }));
    expect(await screen.findByText('Not reachable')).toBeTruthy();
    expect(noticeTexts()).toEqual(['The name does not resolve.Add a record.']);
  });

  it('says that it is reachable, until when its certificate is valid, and what could be better', async () => {
    const hints = [{ code: 'caller-hidden', cause: 'The proxy does not say who calls.', cure: 'Let it.' }];
    show({ url: URL_SET, check: { ...CHECKED, hints, certificateExpiresAt: Date.UTC(2031, 4, 5) } });
    expect(await screen.findByText('Reachable')).toBeTruthy();
    expect(address().getByText(/valid until .*2031/)).toBeTruthy();
    expect(noticeTexts()).toEqual(['The proxy does not say who calls.Let it.']);
  });

  it('says why it could not be checked', async () => {
    const { user, engine } = show({ url: URL_SET, check: null });
    engine.answer({
      server: { checkReach: () => refuse({ code: 'off', cause: 'The server is off.', cure: 'Start it.' }) },
    });
    await user.click(await screen.findByRole('button', { name: 'Check' }));
    await expect.poll(noticeTexts).toEqual(['The server is off.Start it.']);
  });

  it('cannot be changed here where a variable holds it', async () => {
    show(
      { url: URL_SET, check: null },
      { settingsFromEnvironment: { publicUrl: { variable: 'PUSHDESK_PUBLIC_URL', value: URL_SET } } },
    );
    expect(await screen.findByText('Set by PUSHDESK_PUBLIC_URL for this run.')).toBeTruthy();
    const change = screen.getByRole<HTMLButtonElement>('button', { name: 'Change public address' });
    expect(change.disabled).toBe(true);
  });
});

it('says where it listens beyond this machine, and what speaks against that', async () => {
  const warnings = [{ code: 'key-file-open', cause: 'Others can read the key.', cure: 'Run chmod.' }];
  show({ outer: { address: '0.0.0.0:443', isEncrypted: true, problem: null, warnings } });
  expect(await screen.findByText('0.0.0.0:443')).toBeTruthy();
  expect(card('Certificate and network').getByText(/with your own certificate/)).toBeTruthy();
  expect(noticeTexts()).toEqual(['Others can read the key.Run chmod.']);
});

describe('your sites', () => {
  it('are added as people write them, and only as what they can be', async () => {
    const { user, changes } = show();
    await screen.findByText('https://shop.example');
    const field = () => screen.getByLabelText('Address of a site');
    const add = () => screen.getByRole('button', { name: 'Add site' });
    for (const [text, reason] of [
      ['https://*.example', /^Name each site/],
      ['https://shop.example/', /already in the list/],
    ] as const) {
      await user.clear(field());
      await user.type(field(), text);
      await user.click(add());
      expect(card('Your sites').getByText(reason)).toBeTruthy();
    }
    await user.clear(field());
    await user.type(field(), 'https://News.example/');
    await user.click(add());
    await expect
      .poll(() => changes)
      .toEqual([
        { sites: ['https://shop.example', 'https://news.example'], was: { sites: ['https://shop.example'] } },
      ]);
  });

  it('are removed', async () => {
    const { user, changes } = show();
    await user.click(await screen.findByRole('button', { name: 'Remove https://shop.example' }));
    await expect.poll(() => changes).toMatchObject([{ sites: [] }]);
  });
});
