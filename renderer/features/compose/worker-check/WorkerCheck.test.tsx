import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { messageSchema } from '../../../../electron/contract/message.ts';
import type { WorkerCheck } from '../../../../electron/contract/worker-check.ts';
import { refuse, type Answers } from '../../../testing/fake-engine.ts';
import { renderWith } from '../../../testing/render-with.tsx';
import { WorkerCheckButton } from './WorkerCheckButton.tsx';

const MESSAGE = messageSchema.parse({ title: 'Half price' });
const SCRIPT = "self.addEventListener('push', () => {});";

const CHECK: WorkerCheck = {
  listeners: [{ event: 'push', late: false }],
  notifications: [{ title: 'Half price', options: [{ name: 'body', value: '"Today"' }], isAlive: true }],
  clicks: [
    {
      notification: 0,
      action: '',
      label: '',
      closed: [{ how: 'open', url: 'https://shop.example/sale' }],
      open: [{ how: 'focus', url: 'https://shop.example/' }],
      closes: true,
    },
  ],
  requests: [],
  console: [{ phase: 'push', level: 'log', text: 'got it' }],
  errors: [],
  reads: ['json'],
  absent: [],
  lacking: [],
  badges: [],
  wait: 'settled',
  isLateWait: false,
  refusedLeads: [],
  stopped: null,
  payload: '{"title":"Half price"}',
  findings: [],
};
const MISSING: WorkerCheck = {
  ...CHECK,
  notifications: [],
  clicks: [],
  requests: [
    { phase: 'start', via: 'importScripts', method: 'GET', url: 'https://cdn.example/lib.js', given: false },
  ],
  findings: [{ tone: 'bad', code: 'worker-file-missing', cause: 'It loads a file.', cure: 'Add it.' }],
};

async function open(campaigns: Answers['campaigns'] = {}) {
  const rendered = renderWith(<WorkerCheckButton message={() => MESSAGE} />, { answers: { campaigns } });
  await rendered.user.click(screen.getByRole('button', { name: 'Check your service worker' }));
  const dialog = await screen.findByRole('dialog', { name: 'Check your service worker' });
  const paste = async (text: string) => {
    await rendered.user.click(within(dialog).getByLabelText('Service worker'));
    await rendered.user.paste(text);
  };
  const press = (name: string) => rendered.user.click(within(dialog).getByRole('button', { name }));
  return { ...rendered, dialog, paste, press };
}

describe('the check of a service worker', () => {
  it('says what would appear and where a click leads', async () => {
    const { dialog, paste, press, engine } = await open({ checkWorker: () => CHECK });
    await paste(SCRIPT);
    await press('Check');
    expect(await within(dialog).findByRole('heading', { name: 'It works' })).toBeTruthy();
    expect(within(dialog).getByText('Today')).toBeTruthy();
    expect(
      within(dialog).getByText(
        'Opens https://shop.example/sale; while your site is open, it brings to the front https://shop.example/',
      ),
    ).toBeTruthy();
    expect(engine.inputsOf('campaigns.checkWorker')).toEqual([
      { message: MESSAGE, script: SCRIPT, scriptUrl: null, files: [] },
    ]);
  });

  it('asks for a worker before it asks the engine', async () => {
    const { dialog, press, engine } = await open();
    await press('Check');
    expect(within(dialog).getByText(/^Paste the service worker/)).toBeTruthy();
    expect(engine.inputsOf('campaigns.checkWorker')).toEqual([]);
  });

  it('says nothing more of the worker before, once there is none to check', async () => {
    const { dialog, user, paste, press } = await open({ checkWorker: () => CHECK });
    await paste(SCRIPT);
    await press('Check');
    await within(dialog).findByRole('heading', { name: 'It works' });
    await user.clear(within(dialog).getByRole('textbox', { name: 'Service worker' }));
    await press('Check again');
    expect(within(dialog).getByText(/^Paste the service worker/)).toBeTruthy();
    expect(within(dialog).queryByRole('heading', { name: 'It works' })).toBeNull();
  });

  it('loads a worker from its address with one request, and says what kept it', async () => {
    let isThere = false;
    const { dialog, user, press, engine } = await open({
      loadWorker: () =>
        isThere
          ? { text: '// theirs', url: 'https://shop.example/real/sw.js' }
          : refuse({
              code: 'worker-not-loaded',
              cause: 'shop.example answered with 404.',
              cure: 'Check it.',
            }),
    });
    await user.type(within(dialog).getByLabelText('Address'), 'https://shop.example/sw.js');
    await press('Load');
    expect(await within(dialog).findByText('shop.example answered with 404.')).toBeTruthy();
    isThere = true;
    await press('Load');
    await expect
      .poll(() => within(dialog).getByLabelText<HTMLTextAreaElement>('Service worker').value)
      .toBe('// theirs');
    expect(within(dialog).getByLabelText<HTMLInputElement>('Address').value).toBe(
      'https://shop.example/real/sw.js',
    );
    expect(engine.inputsOf('campaigns.loadWorker')).toHaveLength(2);
  });

  it('gives it a file that it asked for, and checks again', async () => {
    const { dialog, paste, press, engine } = await open({
      checkWorker: ({ files }) => (files?.length === 1 ? CHECK : MISSING),
      loadWorker: ({ url }) => ({ text: '// lib', url }),
    });
    await paste(SCRIPT);
    await press('Check');
    expect(await within(dialog).findByRole('heading', { name: 'Nothing appears' })).toBeTruthy();
    await press('Load https://cdn.example/lib.js');
    expect(await within(dialog).findByRole('heading', { name: 'It works' })).toBeTruthy();
    expect(engine.inputsOf('campaigns.checkWorker').at(-1)).toMatchObject({
      files: [{ url: 'https://cdn.example/lib.js', text: '// lib' }],
    });
    await press('Remove https://cdn.example/lib.js');
    expect(within(dialog).queryByRole('list', { name: 'Files it loads' })).toBeNull();
  });

  it('keeps what was pasted when it is closed', async () => {
    const { dialog, user, paste, press } = await open();
    await paste(SCRIPT);
    await press('Close');
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Check your service worker' }));
    expect((await screen.findByLabelText<HTMLTextAreaElement>('Service worker')).value).toBe(SCRIPT);
    expect(dialog.isConnected).toBe(false);
  });

  it('shows hidden characters of a worker as what they are', async () => {
    const { dialog, paste, press } = await open({
      checkWorker: () => ({ ...CHECK, notifications: [{ title: 'a\u202Eb', options: [], isAlive: true }] }),
    });
    await paste(SCRIPT);
    await press('Check');
    expect(await within(dialog).findByText('a\\u202Eb')).toBeTruthy();
  });
});
