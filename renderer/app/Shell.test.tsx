import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { type AppInfo } from '../../electron/contract/app.ts';
import { settingsSchema } from '../../electron/contract/settings.ts';
import type { Answers } from '../testing/fake-engine.ts';
import { holdClock } from '../testing/hold-clock.ts';
import { noticeTexts, noticeWith } from '../testing/notices.ts';
import { renderWith } from '../testing/render-with.tsx';
import { sampleOverview, sampleRehearsal } from '../testing/samples.ts';
import { appInfo, runningServer } from '../testing/standard-answers.ts';
import { Shell } from './Shell.tsx';

const PROBLEM = { code: 'x', cause: 'The disk is full.', cure: 'Make room.' };

const show = (answers: Answers = {}, path = '/settings') =>
  renderWith(<Shell />, {
    path,
    answers: { ...answers, app: { overview: () => sampleOverview(), ...answers.app } },
  });
const withInfo = (info: Partial<AppInfo>) => show({ app: { info: () => ({ ...appInfo, ...info }) } });
const screens = () => within(screen.getByRole('navigation', { name: 'Screens' }));

describe('what is said on every screen', () => {
  it('is that nothing can be stored, and that campaigns go on later', async () => {
    withInfo({ storeProblem: PROBLEM });
    await expect.poll(() => noticeTexts().join()).toContain('Campaigns have stopped. The disk is full.');
    expect(noticeWith('Campaigns have stopped.').textContent).toContain(
      'Make room. Campaigns then resume automatically.',
    );
    expect(noticeWith('Campaigns have stopped.').getAttribute('role')).toBe('alert');
  });

  it.each([{ clockProblem: PROBLEM }, { damageProblem: PROBLEM }, { folderProblem: PROBLEM }])(
    'is a warning: %o',
    async (info) => {
      withInfo(info);
      await expect.poll(() => noticeTexts().join()).toContain('The disk is full.Make room.');
      expect(noticeWith('The disk is full.').getAttribute('role')).toBe('note');
    },
  );

  it('is that the system asks for a password', async () => {
    withInfo({ keyRing: 'asking' });
    await expect.poll(() => noticeTexts().join()).toContain('Waiting for your key ring.');
  });

  it('is that the engine does not respond, but not for a restart that takes a moment', () => {
    const pass = holdClock();
    const { engine } = show();
    const late = () => screen.queryByText('The Pushdesk engine isn’t responding.');
    act(() => {
      engine.setConnected(false);
    });
    pass(2_999);
    expect(late()).toBeNull();
    pass(1);
    expect(late()).not.toBeNull();
    act(() => {
      engine.setConnected(true);
    });
    expect(late()).toBeNull();
  });
});

describe('the way between screens', () => {
  it('marks the screen that is shown, and reads out the next one', async () => {
    const { user, path } = show();
    expect(screens().getByRole('link', { current: 'page' }).textContent).toBe('Settings');
    await user.click(screens().getByRole('link', { name: 'Overview' }));
    expect(path()).toBe('/');
    expect(await screen.findByRole('heading', { level: 1, name: 'Overview' })).toBeTruthy();
    expect(screens().getByRole('link', { current: 'page' }).textContent).toBe('Overview');
    expect(screen.getByRole('status', { name: 'Current screen' }).textContent).toBe('Overview');
  });

  it('puts the focus on the screen where it was taken away with the last one', async () => {
    const { engine } = show();
    await screen.findByRole('textbox', { name: 'Port' });
    expect(engine.inputsOf('app.settings').length).toBeGreaterThan(0);
    await expect.poll(() => document.activeElement).toBe(screen.getByRole('main'));
  });

  it('leads back to a rehearsal as long as there is one', async () => {
    const { engine } = show();
    await expect.poll(() => engine.inputsOf('rehearsal.current').length).toBeGreaterThan(0);
    expect(screens().queryByRole('link', { name: 'Rehearsal' })).toBeNull();
    engine.answer({ rehearsal: { current: () => sampleRehearsal() } });
    engine.publish('rehearsal');
    expect(await screens().findByRole('link', { name: 'Rehearsal' })).toBeTruthy();
  });

  it('ends on the overview where there is no such screen', async () => {
    const { path } = show({}, '/nowhere');
    await expect.poll(path).toBe('/');
  });

  it.each([
    [{}, 'localhost:4830'],
    [{ state: 'stopped', url: null }, 'Server off'],
    [{ state: 'failed', url: null }, 'Server failed'],
  ] as const)('says how the server is: %o', async (status, words) => {
    show({ server: { status: () => ({ ...runningServer, ...status }) } });
    expect(await screens().findByText(words)).toBeTruthy();
  });
});

describe('the appearance', () => {
  it.each(['light', 'dark'] as const)('is as the settings say: %s', async (appearance) => {
    show({ app: { settings: () => settingsSchema.parse({ appearance }) } });
    await expect
      .poll(() => document.documentElement.getAttribute('data-mantine-color-scheme'))
      .toBe(appearance);
  });
});
