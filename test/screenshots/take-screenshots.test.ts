import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { compose, goTo, importSubscriptions, rowsOf, send } from '../e2e/support/person.ts';
import { ROOT, launchPushdesk, makeTempFolder, type Pushdesk } from '../e2e/support/pushdesk.ts';

/** Takes the pictures of the README and the docs from the real app: `npm run screenshots`. */
const FOLDER = path.join(ROOT, 'docs', 'screenshots');
const SIZE = { width: 1200, height: 760 };

const temp = makeTempFolder();
let service: PushService;
let pushdesk: Pushdesk;
let window: Page;
let url: string;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  const certificate = path.join(temp.folder, 'push-service.pem');
  service = await createPushService({ seed: 'screenshots' });
  await service.writeCertificate(certificate);
  pushdesk = await launchPushdesk({
    dataDir: path.join(temp.folder, 'data'),
    port: 4830,
    env: { NODE_EXTRA_CA_CERTS: certificate, PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1' },
  });
  window = pushdesk.window;
  url = await pushdesk.ready();
  await pushdesk.app.evaluate(({ BrowserWindow }, size) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
  }, SIZE);
});
afterAll(async () => {
  await pushdesk.quit();
  await service.close();
  temp.remove();
});

/** Nothing moves: no message that comes and goes, no pointer over anything. */
async function picture(name: string): Promise<void> {
  await window.mouse.move(SIZE.width - 1, SIZE.height - 1);
  await expect.poll(() => window.getByRole('alert').filter({ hasText: 'added' }).count()).toBe(0);
  await window.screenshot({ path: path.join(FOLDER, `${name}.png`), animations: 'disabled' });
}

async function makeKeys(): Promise<string> {
  await goTo(window, 'Keys');
  await window.getByRole('button', { name: 'Generate keys' }).first().click();
  const dialog = window.getByRole('dialog', { name: 'Generate keys' });
  await dialog.getByLabel('Name').fill('Corner bakery');
  await dialog.getByLabel('Contact').fill('mailto:hello@example.com');
  await dialog.getByRole('button', { name: 'Generate keys' }).click();
  await window.getByRole('dialog', { name: 'Save a copy' }).getByRole('button', { name: 'Not now' }).click();
  await expect.poll(() => rowsOf(window, 'Key pairs')).toHaveLength(1);
  return ((await (await fetch(new URL('config.json', url))).json()) as { publicKey: string }).publicKey;
}

/** Devices of every kind; some of them are gone, and one push service has a bad minute. */
async function makeAudience(applicationServerKey: string): Promise<void> {
  const fleets = [
    service.registerFleet({ count: 900, applicationServerKey, dialect: 'fcm' }),
    service.registerFleet({ count: 220, applicationServerKey, dialect: 'mozilla' }),
    service.registerFleet({ count: 150, applicationServerKey, dialect: 'apple' }),
    service.registerFleet({ count: 30, applicationServerKey, dialect: 'wns' }),
  ];
  const rows = fleets.flatMap((fleet) => [...fleet.subscriptions()]);
  await importSubscriptions(pushdesk, rows.map((row) => JSON.stringify(row)).join('\n'));
  for (const fleet of fleets) {
    for (let index = 0; index < fleet.count; index += 29) fleet.unsubscribe(index);
  }
}

const MESSAGE = {
  Title: 'Fresh bread is out of the oven',
  Body: 'Rye and walnut today, until noon or until it is gone.',
};

it('takes the pictures', async () => {
  await picture('first-start');
  const publicKey = await makeKeys();
  await makeAudience(publicKey);
  await picture('subscriptions');

  service.faults.add({
    effect: { kind: 'answer', status: 413 },
    dialect: 'fcm',
    skip: 300,
    times: 6,
  });
  await compose(window, { ...MESSAGE, URL: `${url}?bread`, 'Icon URL': `${url}icon-192.png` });
  await window.getByText('1,300 recipients').first().waitFor();
  await window.getByRole('button', { name: 'Load pictures' }).click();
  // What each push service gets is asked for once nothing has been typed for a moment: the encryption adds 103 bytes (RFC 8188).
  const bytes = Number(/^(\d+) of/.exec(await window.getByText(/^\d+ of 3,993 bytes/).innerText())?.[1]);
  await window
    .getByText(`${bytes + 103} of 4,096 bytes encrypted`)
    .first()
    .waitFor();
  await picture('compose');
  await send(window);
  await window.getByText('Finished', { exact: true }).waitFor();
  await window.getByRole('button', { name: /^Failed/ }).click();
  await window.getByRole('grid', { name: 'Deliveries' }).getByRole('row').nth(1).click();
  await window.getByRole('region', { name: 'Request' }).waitFor();
  await picture('campaign');

  await goTo(window, 'Settings');
  await window.getByText('Dark', { exact: true }).click();
  await goTo(window, 'Overview');
  await picture('overview');
});
