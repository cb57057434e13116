import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { settingsSchema, type Settings } from '../../../electron/contract/settings.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { noticeTexts } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { appInfo } from '../../testing/standard-answers.ts';
import { SettingsScreen } from './SettingsScreen.tsx';

async function show(answers: Answers = {}) {
  let settings: Settings = settingsSchema.parse({});
  const rendered = renderWith(<SettingsScreen />, {
    answers: {
      ...answers,
      app: {
        changeSettings: (patch) => {
          settings = settingsSchema.parse({ ...settings, ...patch });
          return settings;
        },
        ...answers.app,
      },
    },
  });
  await screen.findByRole('textbox', { name: 'Port' });
  return { ...rendered, changes: () => rendered.engine.inputsOf('app.changeSettings') };
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const startsWithApp = () => screen.getByRole<HTMLInputElement>('switch', { name: /^Start with Pushdesk/ });

describe('the settings', () => {
  it('change one at a time, and show what the engine made of it', async () => {
    const { user, changes } = await show();
    await user.click(screen.getByRole('radio', { name: 'Dark' }));
    await user.click(startsWithApp());
    await expect.poll(() => startsWithApp().checked).toBe(false);
    expect(changes()).toEqual([{ appearance: 'dark' }, { serverOn: false }]);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Dark' }).checked).toBe(true);
  });

  it.each([
    ['Port', '5000', { serverPort: 5000 }],
    ['Parallel requests per push service', '50', { maxInFlight: 50 }],
    ['Messages per minute', '600', { messagesPerMinute: 600 }],
  ])('take a number: %s', async (name, typed, patch) => {
    const { user, changes } = await show();
    await user.clear(field(name));
    await user.type(field(name), `${typed}{Enter}`);
    await expect.poll(changes).toMatchObject([patch]);
    const [setting = ''] = Object.keys(patch);
    // What it was when the typing began.
    expect(changes()[0]).toMatchObject({
      was: { [setting]: settingsSchema.parse({})[setting as 'serverPort'] },
    });
  });

  it('say at the field that a number was changed elsewhere, and replace it after another press', async () => {
    const { user, engine, changes } = await show({
      app: {
        changeSettings: ({ was }) =>
          was?.serverPort === 4830
            ? refuse({
                code: 'changed-elsewhere',
                cause: 'It is “5001” by now.',
                cure: '',
                field: 'serverPort',
              })
            : settingsSchema.parse({ serverPort: 5000 }),
      },
    });
    await user.clear(field('Port'));
    await user.type(field('Port'), '5000{Enter}');
    expect(await screen.findByText(/^It is “5001” by now\. Press Enter/)).toBeTruthy();
    expect(noticeTexts()).toEqual([]);
    engine.answer({ app: { settings: () => settingsSchema.parse({ serverPort: 5001 }) } });
    engine.publish('settings');
    expect(field('Port').value).toBe('5000');
    await user.type(field('Port'), '{Enter}');
    await expect.poll(() => changes().at(-1)).toMatchObject({ serverPort: 5000 });
    await expect.poll(() => screen.queryByText(/^It is “5001”/)).toBeNull();
  });

  it('say how late a scheduled campaign may start, where there is no window to ask in', async () => {
    const { user, changes } = await show({ app: { info: () => ({ ...appInfo, hasDesktop: false }) } });
    const late = await screen.findByRole('textbox', { name: 'Latest start of a scheduled campaign' });
    await user.clear(late);
    await user.type(late, '30{Enter}');
    await expect.poll(changes).toMatchObject([{ maxStartDelayMinutes: 30 }]);
  });

  it.each([
    ['Port', '80', 'Enter a number from 1024 to 65535.'],
    ['Port', '', 'Enter a number from 1024 to 65535.'],
    ['Parallel requests per push service', '2001', 'Enter a number from 1 to 2,000.'],
    ['Messages per minute', '0', 'Enter a whole number from 1 to 1,000,000, or leave it empty.'],
  ])('refuse a number at its field: %s “%s”', async (name, typed, range) => {
    const { user, changes } = await show();
    await user.clear(field(name));
    if (typed !== '') await user.type(field(name), typed);
    await user.tab();
    expect(screen.getAllByText(range).length).toBeGreaterThan(0);
    expect(changes()).toEqual([]);
  });

  it('say why the engine did not take a change, and stay as they are', async () => {
    const { user } = await show({
      app: { changeSettings: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }) },
    });
    await user.click(startsWithApp());
    await expect.poll(noticeTexts).toContain('The disk is full.Make room.');
    expect(startsWithApp().checked).toBe(true);
  });

  it('say which variable holds them for this run, and cannot be changed then', async () => {
    const settingsFromEnvironment = {
      serverPort: { variable: 'PUSHDESK_PORT', value: '0' },
      serverOn: { variable: 'PUSHDESK_SERVER_ON', value: '1' },
      maxInFlight: { variable: 'PUSHDESK_MAX_IN_FLIGHT', value: '50' },
      appearance: { variable: 'PUSHDESK_APPEARANCE', value: 'dark' },
      allowPrivateEndpoints: { variable: 'PUSHDESK_ALLOW_PRIVATE_ENDPOINTS', value: '1' },
      receipts: { variable: 'PUSHDESK_RECEIPTS', value: '0' },
    };
    await show({ app: { info: () => ({ ...appInfo, settingsFromEnvironment }) } });
    for (const { variable, value } of Object.values(settingsFromEnvironment))
      expect(await screen.findByText(`Set to ${value} by ${variable} for this run.`)).toBeTruthy();
    const isDisabled = (role: string) =>
      screen.getAllByRole<HTMLInputElement>(role).map((one) => one.disabled);
    expect(isDisabled('switch')).toEqual([true, true, true]);
    expect(isDisabled('radio')).toEqual([true, true, true]);
    expect(field('Port').disabled).toBe(true);
    expect(field('Messages per minute').disabled).toBe(false);
  });
});

describe('what runs here', () => {
  it.each([
    ['45.5.0', 'key-ring', 'Electron 45.5.0, Node 24.9.0, linux x64', 'Sealed by the system’s key ring.'],
    [null, 'file', 'Node 24.9.0, linux x64', 'In a file that only your user account can read.'],
  ] as const)('is told with Electron %s and keys in a %s', async (electron, keyProtection, runsOn, keys) => {
    await show({
      app: { info: () => ({ ...appInfo, keyProtection, runtime: { ...appInfo.runtime, electron } }) },
    });
    expect(await screen.findByText(runsOn)).toBeTruthy();
    expect(screen.getByText(keys)).toBeTruthy();
  });
});
