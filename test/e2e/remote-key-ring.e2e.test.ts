import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startRemoteServer, trust, type RemoteServer } from '../support/remote-server.ts';
import { startKeyRing, type TestKeyRing } from './support/key-ring.ts';
import { goTo, rowsOf } from './support/person.ts';
import { launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';
import { notices, openKnown, openServer } from './support/open-workspace.ts';

let temp: ReturnType<typeof makeTempFolder>;
let server: RemoteServer;
let ring: TestKeyRing;
let pushdesk: Pushdesk;
const at = (name: string) => path.join(temp.folder, name);

async function launch(): Promise<void> {
  pushdesk = await launchPushdesk({
    dataDir: at('data'),
    env: { ...ring.env, PUSHDESK_EXTRA_CA_CERTS: at('authority.pem') },
  });
  await pushdesk.ready();
}
beforeEach(async () => {
  temp = makeTempFolder();
  server = await startRemoteServer(temp.folder, { recipients: 3 });
  trust(at('authority.pem'), server.nginx);
  ring = await startKeyRing(at('home'));
  await launch();
});
afterEach(async () => {
  await pushdesk.kill();
  await ring.end();
  await server.close();
  temp.remove();
});

const listFile = () => readFileSync(at('data/workspaces.json'), 'utf8');
/** The sealed token as it is on the disk; `null`: there is none. */
const sealed = () => /"sealedToken":\s*"([^"]+)"/.exec(listFile())?.[1] ?? null;
const tokenField = (window: Page) => window.getByLabel(/^Owner token for/);

async function showsTheServer(window: Page): Promise<void> {
  await goTo(window, 'Subscriptions');
  await expect.poll(() => rowsOf(window, 'Subscriptions')).toHaveLength(3);
}

it('the owner token is sealed by the key ring, and opens the workspace at the next start without being asked for', async () => {
  const { secret } = server.tokens.owner;
  await showsTheServer(await openServer(pushdesk, { address: server.address, token: secret }));
  await expect.poll(sealed).not.toBeNull();
  const kept = sealed() ?? '';
  // Neither as it is, nor in another encoding.
  expect(listFile()).not.toContain(secret.slice(9));
  expect(Buffer.from(kept, 'base64').includes(secret.slice(9))).toBe(false);
  expect(await pushdesk.quit()).toBe(0);

  await launch();
  const again = await openKnown(pushdesk, /localhost/);
  await showsTheServer(again);
  expect(await tokenField(again).count()).toBe(0);
  expect(sealed()).toBe(kept);
  expect(await pushdesk.quit()).toBe(0);
});

it('a key ring that is locked is asked for; dismissed, the person is asked for the token, which is sealed anew', async () => {
  const { owner, spare } = server.tokens;
  await showsTheServer(await openServer(pushdesk, { address: server.address, token: owner.secret }));
  await expect.poll(sealed).not.toBeNull();
  expect(await pushdesk.quit()).toBe(0);

  await ring.lock();
  await launch();
  const waiting = await openKnown(pushdesk, /localhost/);
  await ring.answer();
  await showsTheServer(waiting);
  const before = sealed();
  expect(await pushdesk.quit()).toBe(0);

  await ring.lock();
  await launch();
  const asked = await openKnown(pushdesk, /localhost/);
  await ring.dismiss();
  await tokenField(asked).fill(spare.secret);
  await notices(asked).getByRole('button', { name: 'Connect' }).click();
  // The token goes to the key ring again: its question stays until it is answered, and the line does not wait for that.
  await showsTheServer(asked);
  await ring.answer();
  await expect.poll(sealed).not.toBe(before);
  expect(await pushdesk.quit()).toBe(0);
});
