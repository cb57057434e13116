import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordOf } from '../support/service-record.ts';
import { startRemoteServer, trust, type RemoteServer } from '../support/remote-server.ts';
import { opened, openSocket } from '../support/workspace.ts';
import { compose, goTo, rowsOf, send } from './support/person.ts';
import { launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';

const RECIPIENTS = 40;

let temp: ReturnType<typeof makeTempFolder>;
let server: RemoteServer;
let pushdesk: Pushdesk;
const at = (name: string) => path.join(temp.folder, name);

beforeEach(async () => {
  temp = makeTempFolder();
  server = await startRemoteServer(temp.folder, { recipients: RECIPIENTS });
  pushdesk = await launchPushdesk({
    dataDir: at('data'),
    // No part of the app trusts the server before the file is there.
    env: { PUSHDESK_EXTRA_CA_CERTS: at('authority.pem') },
  });
  await pushdesk.ready();
});
afterEach(async () => {
  await pushdesk.kill();
  await server.close();
  temp.remove();
});

const banner = (window: Page) => window.locator('.pd-main > .pd-notice');
const title = (window: Page) => window.getByLabel('Title', { exact: true });

/** What is tried in the dialog on the way to a workspace that opens. */
async function openServer(from: Page): Promise<Page> {
  await from.getByRole('button', { name: /^Workspace: / }).click();
  await from.getByRole('menuitem', { name: 'Open workspace…' }).click();
  const dialog = from.getByRole('dialog', { name: 'Open workspace' });
  await dialog.getByText('On a server').click();
  const [address, token] = [dialog.getByLabel('Address'), dialog.getByLabel('Owner token')];
  const test = dialog.getByRole('button', { name: 'Test connection' });
  const says = (text: string | RegExp) => dialog.getByText(text).waitFor();
  await address.fill(server.address);
  await token.fill('pushdesk_nonsense');
  await test.click();
  await says(/does not trust the TLS certificate/);
  trust(at('authority.pem'), server.nginx);
  await test.click();
  await says(/does not accept this owner token/);
  await token.fill(server.tokens.reader.secret);
  await test.click();
  await says(/does not have the scope owner/);
  await token.fill(server.tokens.owner.secret);
  await address.fill(`${server.address}/push`);
  await test.click();
  await says(/does not offer a workspace/);
  await address.fill(server.address);
  await test.click();
  await says(/answers with Pushdesk \d/);
  const [window] = await Promise.all([
    pushdesk.app.waitForEvent('window'),
    dialog.getByRole('button', { name: 'Open', exact: true }).click(),
  ]);
  await dialog.waitFor({ state: 'hidden' });
  return window;
}

it('works on a server as on this machine, through a line that is cut in mid-campaign and comes back', async () => {
  const window = await openServer(pushdesk.window);
  const host = new URL(server.address).host;
  await goTo(window, 'Subscriptions');
  await expect.poll(() => rowsOf(window, 'Subscriptions')).not.toHaveLength(0);

  // What needs that machine is not there.
  await goTo(window, 'Keys');
  await window.getByRole('grid', { name: 'Key pairs' }).getByText('Shop').click();
  await window.getByText('Public key').first().waitFor();
  expect(await window.getByRole('button', { name: /^(Export|Save a copy)/ }).count()).toBe(0);
  await goTo(window, 'Server');
  await window.getByRole('region', { name: 'Embedded server' }).waitFor();
  expect(await window.getByRole('switch', { name: 'Embedded server' }).count()).toBe(0);
  expect(await window.getByRole('button', { name: /API token/ }).count()).toBe(0);

  // A campaign that cannot end before the fault is taken away.
  server.service.faults.add({
    effect: { kind: 'answer', status: 429, retryAfter: { seconds: 1, form: 'seconds' } },
    skip: 5,
  });
  await compose(window, { Title: 'Across the line' });
  await send(window);
  await expect.poll(() => server.service.requests.counts().received).toBeGreaterThan(5);

  await compose(window, { Title: 'Half a sente' });
  await server.nginx.stop();
  await expect
    .poll(() => banner(window).allInnerTexts().then(String))
    .toMatch(/What you see is as of \d\d:\d\d:\d\d/);
  // Acts say so instead of hanging, and nothing that was typed is lost.
  await title(window).pressSequentially('nce');
  await window.getByRole('button', { name: 'Send', exact: true }).click();
  await window.getByText(`There is no connection to ${host} at the moment`).first().waitFor();
  expect(await title(window).inputValue()).toContain('Half a sente');

  server.service.faults.clear();
  await server.nginx.start();
  await expect.poll(() => banner(window).filter({ hasText: 'as of' }).count()).toBe(0);
  expect(await title(window).inputValue()).toBe('Half a sentence');

  // What was typed meanwhile is kept there, too.
  const spare = opened(
    await openSocket(`ws://localhost:${server.innerPort}/workspace`, { token: server.tokens.spare.secret }),
  );
  await spare.next();
  await expect
    .poll(async () => (await spare.client.drafts.list({})).items.map((draft) => draft.title))
    .toContain('Half a sentence');

  // What happened on the server meanwhile is on screen, live.
  await goTo(window, 'Campaigns');
  await expect.poll(() => rowsOf(window, 'Campaigns').then(String)).toMatch(/Across the line[^]*Finished/);
  await expect.poll(() => server.service.requests.counts().accepted).toBe(RECIPIENTS);
  const record = recordOf([server.service]);
  const seen = new Map<string, number>();
  for (const { token } of server.service.requests.entries())
    if (token !== null) seen.set(token, record(`${server.service.origin}/wpush/v2/${token}`).accepted);
  expect([...seen.values()].sort()).toEqual(new Array(RECIPIENTS).fill(1));

  // A token that is revoked ends it, and asks for another one.
  await spare.client.tokens.revoke({ id: server.tokens.owner.id });
  await banner(window).getByText('was revoked or has expired').waitFor();
  await window.getByLabel(/^Owner token for/).fill(server.tokens.spare.secret);
  await window.getByRole('button', { name: 'Connect' }).click();
  await expect.poll(() => banner(window).filter({ hasText: 'revoked' }).count()).toBe(0);
  await goTo(window, 'Subscriptions');

  // No token is in the list of workspaces, and none was printed.
  const kept = readFileSync(at('data/workspaces.json'), 'utf8') + pushdesk.output();
  for (const { secret } of Object.values(server.tokens)) expect(kept).not.toContain(secret);
  expect(await pushdesk.quit()).toBe(0);
});
