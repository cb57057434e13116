import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ServerKit } from '../../../electron/contract/server.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { noticeTexts } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { UseOnYourSite } from './UseOnYourSite.tsx';

const KEY = `B${'A'.repeat(86)}`;

async function show(kit: Partial<ServerKit> = {}) {
  const told = { engine: 'https://push.example.org/', isPublic: true, publicKey: KEY, ...kit };
  const shown = renderWith(<UseOnYourSite />, { answers: { server: { kit: () => told } } });
  await shown.user.click(screen.getByRole('button', { name: 'Use on your site' }));
  return shown;
}

const code = async () =>
  (await screen.findAllByLabelText(/^Code to paste/)).map((pre) => pre.textContent).join();

describe('the kit for one’s own site', () => {
  it.each([
    ['HTML', '<pushdesk-subscribe\n  engine="https://push.example.org/"'],
    ['Own button', 'addEventListener'],
    ['React', "from './pushdesk/pushdesk.mjs'"],
    ['Existing worker', "importScripts('/pushdesk/pushdesk-worker.js');"],
    ['Moving in', 'take-over="/OneSignalSDKWorker.js"'],
    ['WordPress', '<pushdesk-subscribe'],
  ])('shows code with this engine and key for %s', async (name, part) => {
    const { user } = await show();
    await user.click(await screen.findByRole('radio', { name }));
    expect(await code()).toContain(part);
    expect(await code()).toContain(KEY);
    expect(noticeTexts()).toEqual([]);
  });

  it('says how far moving in has come, by day', async () => {
    const { user, engine } = await show();
    const from = Date.now();
    engine.answer({
      keys: {
        movingIn: () => ({
          kept: 1200,
          renewed: 34,
          toCome: 560,
          hours: [{ from, kept: 1200, renewed: 34 }],
        }),
      },
    });
    await user.click(await screen.findByRole('radio', { name: 'Moving in' }));
    const progress = await screen.findByRole('region', { name: 'Progress' });
    expect(progress.textContent).toMatch(
      /Kept1,200.*Renewed34.*Imported, not seen yet560.*1,234 subscriptions moved in/,
    );
  });

  it('says who reaches an address of this machine', async () => {
    await show({ engine: 'http://localhost:4830/', isPublic: false });
    await expect.poll(() => noticeTexts().join()).toContain('Only browsers on this machine');
  });

  it('shows code that tells nobody while the server is off', async () => {
    await show({ engine: null, isPublic: false });
    expect(await code()).toContain('\n  offline\n');
    expect(noticeTexts().join()).toContain('The server is off');
  });

  it('asks for a key pair first', async () => {
    await show({ publicKey: null });
    await expect.poll(() => noticeTexts().join()).toContain('Generate keys');
  });

  it('saves the zip, and says why it could not', async () => {
    const { user, engine } = await show();
    engine.answer({ server: { saveKit: () => ({ path: '/home/ada/pushdesk.zip' }) } });
    await user.click(await screen.findByRole('button', { name: 'Save as zip' }));
    await screen.findByText('Saved to /home/ada/pushdesk.zip.');
    engine.answer({
      server: { saveKit: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }) },
    });
    await user.click(screen.getByRole('button', { name: 'Save as zip' }));
    await expect.poll(() => noticeTexts().join()).toContain('The disk is full.');
  });
});
