import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sessionBus } from '@jellybrick/dbus-next';
import { afterEach, describe, expect, it } from 'vitest';
import { createSecretService } from '../../electron/main/secret-service.ts';
import { startHeadless } from '../support/headless.ts';
import { generateKeys, goTo, rowsOf } from './support/person.ts';
import { startKeyRing } from './support/key-ring.ts';
import { launchPushdesk, makeTempFolder, ROOT } from './support/pushdesk.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function ringAndFolder() {
  const temp = makeTempFolder();
  endings.push(temp.remove);
  const ring = await startKeyRing(path.join(temp.folder, 'home'));
  endings.push(() => ring.end());
  const dataDir = path.join(temp.folder, 'data');
  const launch = async (desktop: string, args: string[] = [ROOT]) => {
    const pushdesk = await launchPushdesk({
      dataDir,
      env: { ...ring.env, XDG_CURRENT_DESKTOP: desktop },
      args,
    });
    endings.push(() => pushdesk.kill());
    await pushdesk.ready();
    return pushdesk;
  };
  const keyFile = () => readFileSync(path.join(dataDir, 'private-keys.json'), 'utf8');
  return { ring, dataDir, launch, keyFile };
}

describe('a key ring that is open', () => {
  it.each(['', 'sway', 'MATE', 'KDE', 'GNOME'])(
    'seals the keys on "%s", and opens them again',
    async (desktop) => {
      const { launch, keyFile, dataDir } = await ringAndFolder();
      const first = await launch(desktop);
      await generateKeys(first.window, 'me@example.com');
      expect(keyFile()).toContain('"sealed"');
      expect(await first.window.getByText('No key ring answers').count()).toBe(0);
      await first.quit();
      expect(JSON.parse(readFileSync(path.join(dataDir, 'key-ring.json'), 'utf8'))).toEqual({
        passwordStore: 'gnome-libsecret',
      });
      const second = await launch('');
      await goTo(second.window, 'Keys');
      await expect.poll(() => rowsOf(second.window, 'Key pairs')).toHaveLength(1);
      expect(await second.window.getByText('Locked').count()).toBe(0);
      await second.quit();
    },
  );

  it('is left alone where the person names another store on the command line', async () => {
    const { launch, keyFile, dataDir } = await ringAndFolder();
    const pushdesk = await launch('GNOME', ['--password-store=basic', ROOT]);
    await generateKeys(pushdesk.window, 'me@example.com');
    expect(keyFile()).toContain('"plain"');
    await pushdesk.window.getByText('No key ring answers').waitFor();
    expect(existsSync(path.join(dataDir, 'key-ring.json'))).toBe(false);
    await pushdesk.quit();
  });
});

describe('a key ring that is locked', () => {
  /** The app on a folder whose keys it has sealed, started again with the key ring locked. */
  async function locked() {
    const { launch, ring } = await ringAndFolder();
    const first = await launch('sway');
    await generateKeys(first.window, 'me@example.com');
    await first.quit();
    await ring.lock();
    return { ring, pushdesk: await launch('sway') };
  }

  it('is waited for by a window that stands and says so, and the keys are back with the password', async () => {
    const { ring, pushdesk } = await locked();
    const { window } = pushdesk;
    await window.getByText('Waiting for your key ring.').waitFor();
    await window.getByText(/is locked, because your key ring is locked/).waitFor();
    // The window keeps working meanwhile, and offers no other keys.
    await goTo(window, 'Keys');
    await expect.poll(() => rowsOf(window, 'Key pairs')).toHaveLength(1);
    await goTo(window, 'Overview');
    await window.getByText('Get your keys back').waitFor();
    expect(await window.getByRole('button', { name: 'Generate keys' }).count()).toBe(0);
    await ring.answer();
    await expect.poll(() => window.getByText('Waiting for your key ring.').count()).toBe(0);
    await expect.poll(() => window.getByText('Get your keys back').count()).toBe(0);
    await goTo(window, 'Keys');
    await expect.poll(() => rowsOf(window, 'Key pairs')).toHaveLength(1);
    expect(await window.getByText('Locked').count()).toBe(0);
    await pushdesk.quit();
  });

  it('stays locked where the person dismisses the question, and is asked for again by the button', async () => {
    const { ring, pushdesk } = await locked();
    const { window } = pushdesk;
    await window.getByText('Waiting for your key ring.').waitFor();
    await ring.dismiss();
    await expect.poll(() => window.getByText('Waiting for your key ring.').count()).toBe(0);
    await window.getByText(/is locked, because your key ring is locked/).waitFor();
    await window.getByRole('button', { name: 'Unlock key ring' }).click();
    await ring.answer();
    await expect.poll(() => window.getByText(/is locked/).count()).toBe(0);
    await pushdesk.quit();
  });

  it('is told as such by the service itself, and asked for in one question', async () => {
    const { ring } = await ringAndFolder();
    const service = createSecretService('Pushdesk', () => sessionBus({ busAddress: ring.address }));
    expect(await service.isLocked()).toBe(false);
    await service.unlock();
    await ring.lock();
    expect(await service.isLocked()).toBe(true);
    await Promise.all([service.unlock(), ring.dismiss()]);
    expect(await service.isLocked()).toBe(true);
    await Promise.all([service.unlock(), ring.answer()]);
    expect(await service.isLocked()).toBe(false);
  });
});

it('the headless engine says whose key ring sealed the keys, and never that there are none', async () => {
  const { launch, dataDir, ring } = await ringAndFolder();
  const pushdesk = await launch('GNOME');
  await generateKeys(pushdesk.window, 'me@example.com');
  await pushdesk.quit();
  const token = 'a-token-of-the-tests-0123456789-0123';
  const headless = await startHeadless({ dataDir, env: { ...ring.env, PUSHDESK_API_TOKEN: token } });
  const answer = await fetch(new URL('api/v1/campaigns', headless.url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': 'one-send',
    },
    body: JSON.stringify({ message: { title: 'Hello' }, audience: { kind: 'everyone' } }),
  });
  const text = await answer.text();
  expect(await headless.end()).toBe(0);
  expect(text).toContain('private-key-no-key-ring');
  expect(text).not.toMatch(/generate/i);
});
