import { createECDH, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startRemoteServer, trust, type RemoteServer } from '../support/remote-server.ts';
import { opened, openSocket } from '../support/workspace.ts';
import { goTo, importSubscriptions } from './support/person.ts';
import { launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';
import { notices, openServer } from './support/open-workspace.ts';

/** About 30 MB, so that a line can be cut in the middle of them. Sending them twice takes long on a machine that has much else to do. */
const MANY = 100_000;
const PATIENCE_MS = 200_000;

let temp: ReturnType<typeof makeTempFolder>;
let server: RemoteServer;
let pushdesk: Pushdesk;
let window: Page;
const at = (name: string) => path.join(temp.folder, name);

beforeEach(async () => {
  temp = makeTempFolder();
  server = await startRemoteServer(temp.folder, { recipients: 1 });
  trust(at('authority.pem'), server.nginx);
  pushdesk = await launchPushdesk({
    dataDir: at('data'),
    env: { PUSHDESK_EXTRA_CA_CERTS: at('authority.pem') },
  });
  await pushdesk.ready();
  window = await openServer(pushdesk, { address: server.address, token: server.tokens.owner.secret });
});
afterEach(async () => {
  await pushdesk.kill();
  await server.close();
  temp.remove();
});

function rows(count: number): string[] {
  const p256dh = createECDH('prime256v1').generateKeys('base64url');
  return Array.from({ length: count }, () =>
    JSON.stringify({
      endpoint: `https://fcm.googleapis.com/fcm/send/${randomBytes(100).toString('base64url')}`,
      expirationTime: null,
      keys: { p256dh, auth: randomBytes(16).toString('base64url') },
    }),
  );
}

/** How many have been added to the one that the server began with, asked past nginx and the window. */
async function stored(): Promise<number> {
  const { client, next, socket } = opened(
    await openSocket(`ws://localhost:${server.innerPort}/workspace`, { token: server.tokens.spare.secret }),
  );
  await next();
  const { matching } = await client.subscriptions.counts({ filter: {} });
  socket.close();
  return matching - 1;
}

async function chooseFile(name: string, lines: readonly string[]) {
  writeFileSync(at(name), lines.join('\n'));
  await goTo(window, 'Subscriptions');
  await window.getByRole('button', { name: 'Import' }).first().click();
  const dialog = window.getByRole('dialog', { name: 'Import subscriptions' });
  await dialog.locator('input[type=file]').setInputFiles(at(name));
  await dialog.getByText(name).waitFor();
  return dialog;
}

it('what is pasted, and a file of this machine, reach the server through the line; what needs that machine is absent', async () => {
  await importSubscriptions({ app: pushdesk.app, window }, rows(2).join('\n'));
  await window.getByText('2 subscriptions added.').waitFor();
  expect(await stored()).toBe(2);

  // Larger than what goes in one piece, with one bad row.
  const dialog = await chooseFile('subscribers.jsonl', [
    ...rows(5000),
    '{"endpoint":"https://fcm.googleapis.com/',
  ]);
  await dialog.getByText('Line 5,001').waitFor();
  expect(await dialog.getByRole('button', { name: /^Save rejected rows/ }).count()).toBe(0);
  await dialog.getByRole('button', { name: 'Import 5,000 subscriptions' }).click();
  await window.getByText('5,000 subscriptions added, 1 rejected.').waitFor();
  expect(await stored()).toBe(5002);
});

it(
  'a line that is cut in the middle leaves what is stored, says so at once, and the same file again adds the rest',
  { timeout: 3 * PATIENCE_MS },
  async () => {
    window.setDefaultTimeout(PATIENCE_MS);
    const dialog = await chooseFile('many.jsonl', rows(MANY));
    const press = dialog.getByRole('button', { name: 'Import 100,000 subscriptions' });
    await press.click();
    await dialog.getByText(/^Storing: /).waitFor();
    await server.nginx.stop();
    await expect
      .poll(() => window.locator('body').innerText())
      .toMatch(/connection to localhost:\d+ was lost before the answer came/);
    // The file and what was found in it are still there.
    await dialog.getByText('many.jsonl').waitFor();
    const rest = MANY - (await stored());
    expect(rest).toBeGreaterThan(0);

    await server.nginx.start();
    await expect.poll(() => notices(window).count()).toBe(0);
    await dialog.getByText('many.jsonl').waitFor();
    await press.click();
    const notice = window.getByText(/^[\d,]+ subscriptions? added/).first();
    const said = await notice.innerText();
    const added = Number(/^[\d,]+/.exec(said)?.[0].replaceAll(',', ''));
    // What had arrived at the server before the line was cut may have been stored after it was counted.
    expect(added).toBeLessThanOrEqual(rest);
    expect(await stored()).toBe(MANY);
  },
);
