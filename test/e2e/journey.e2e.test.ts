import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { launchFirefox, type Firefox } from './support/firefox.ts';
import { recordOpenedLinks } from './support/opened-links.ts';
import { compose, generateKeys, goTo, importSubscriptions, rowsOf, send } from './support/person.ts';
import { launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';
import { saveTo } from './support/saving.ts';
import { servePushPage, type PushPage } from './support/push-page.ts';
import { pressCancel, pressSubscribe, readJson, whenPageSays } from './support/subscribe-page.ts';

/** The main job, as a person does it: the real app, a real Firefox, and a push service on this machine between them. */
const temp = makeTempFolder();
let service: PushService;
let firefox: Firefox;
let site: PushPage;

beforeAll(async () => {
  service = await createPushService();
  await service.writeCertificate(certificate());
  site = await servePushPage();
  firefox = await launchFirefox({ autopushUrl: service.autopush.url });
});
afterAll(async () => {
  await firefox.close();
  await Promise.all([service.close(), site.close()]);
  temp.remove();
});

const certificate = () => path.join(temp.folder, 'push-service.pem');
const launch = (name: string) =>
  launchPushdesk({
    dataDir: path.join(temp.folder, name),
    env: { NODE_EXTRA_CA_CERTS: certificate(), PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1' },
  });

/** Width and height of a picture as Firefox holds it: drawn anew, as the data URL of a PNG. */
function sizeOf(dataUrl: string): [number, number] {
  const png = Buffer.from(dataUrl.replace('data:image/png;base64,', ''), 'base64');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

/** What the page's own worker shows, with the parts that a notification on screen does not reveal. */
const shownBy = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const shown = await registration.getNotifications();
    return shown.map(({ title, body, icon, data }) => ({
      title,
      body,
      icon,
      url: (data as { url?: unknown } | null)?.url,
    }));
  });

/** The campaign that is open has one delivery, the push service took it, and its details say so. */
async function expectAccepted({ window }: Pushdesk, title: string): Promise<void> {
  await window.getByRole('heading', { level: 1, name: title }).waitFor();
  // A finished campaign's summary is above the table and moves its rows.
  await window.getByText('Finished', { exact: true }).waitFor();
  await expect
    .poll(() => rowsOf(window, 'Deliveries'))
    .toEqual([expect.arrayContaining(['Accepted', '201']) as string[]]);
  await window.getByRole('grid', { name: 'Deliveries' }).getByRole('row').nth(1).click();
  const request = window.getByRole('region', { name: 'Request' });
  await expect.poll(() => request.innerText()).toMatch(/^POST .*\/wpush\/v2\//i);
  expect(await request.innerText()).toMatch(/authorization: vapid t=\S*…/i);
  const answer = window.getByRole('region', { name: 'Answer: 201 Created' });
  expect(await answer.innerText()).toMatch(/location: /i);
}

/** Saves the campaign that is open as a report, finds it again among the others, and saves that list. */
async function expectExports(pushdesk: Pushdesk, title: string): Promise<void> {
  const { window } = pushdesk;
  const choose = async (item: string) => {
    await window.getByRole('button', { name: 'Export', exact: true }).click();
    await window.getByRole('menuitem', { name: item }).click();
  };
  const report = path.join(temp.folder, 'report.pdf');
  await saveTo(pushdesk, report);
  await choose('Report as PDF');
  await window.getByText(`Saved the report to ${report}.`).waitFor();
  const pdf = readFileSync(report, 'latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  // The window that printed it has no way out, like every window.
  expect(
    await pushdesk.app.evaluate(({ session }) =>
      session.fromPartition('print').resolveProxy('https://shop.example/'),
    ),
  ).toBe('SOCKS5 127.0.0.1:9');

  await goTo(window, 'Campaigns');
  const tab = (name: string) =>
    window.getByRole('group', { name: 'Campaigns by state' }).getByRole('button', { name });
  await tab('Finished').click();
  await window.getByRole('grid', { name: 'Campaigns' }).getByText(title).waitFor();
  const search = window.getByRole('textbox', { name: 'Search campaigns' });
  await search.fill('nobody wrote this');
  await window.getByText('0 match', { exact: true }).waitFor();
  await search.fill(title.toUpperCase());
  await window.getByText('1 matches', { exact: true }).waitFor();
  const list = path.join(temp.folder, 'campaigns.csv');
  await saveTo(pushdesk, list);
  await choose('These campaigns as CSV');
  await window.getByText(`Exported 1 row to ${list}.`).waitFor();
  const [head = '', row = '', ...more] = readFileSync(list, 'utf8').trim().split(/\r?\n/);
  expect(head).toContain('title');
  expect(row).toContain(title);
  expect(more).toEqual([]);
}

describe('from nothing to a notification in a real browser', () => {
  it('by keys at a press, the subscribe page, and Send; and back by Cancel', async () => {
    const pushdesk = await launch('by-page');
    const { app, window } = pushdesk;
    const url = await pushdesk.ready();
    const opened = await recordOpenedLinks(app);
    try {
      await generateKeys(window, 'mailto:owner@example.com');

      await goTo(window, 'Server');
      await window.getByRole('button', { name: 'Open subscribe page' }).click();
      await expect.poll(opened).toEqual([url]);
      const page = await firefox.newPage();
      await page.goto(url);
      await service.autopush.whenHello();

      await goTo(window, 'Subscriptions');
      await window.getByText('Nobody has subscribed yet').waitFor();
      await pressSubscribe(page);
      await whenPageSays(page, { headline: 'This browser is subscribed' });
      const { endpoint } = await readJson(page);
      expect(new URL(endpoint).origin).toBe(service.origin);
      await expect
        .poll(() => rowsOf(window, 'Subscriptions'))
        .toEqual([expect.arrayContaining(['Active']) as string[]]);

      const message = {
        Title: 'Grüße aus der Werkstatt 🔔',
        Body: 'First line\nand a second one, “quoted”.',
        URL: `${url}?opened=by-the-notification`,
        'Icon URL': `${url}badge-96.png`,
      };
      await compose(window, message);
      await expect.poll(() => window.getByText('1 recipient', { exact: true }).count()).toBe(2);
      await send(window);

      const alert = await firefox.whenAlert(message.Title);
      expect(alert).toMatchObject({ title: message.Title, body: message.Body });
      // The page's own icon, shown where a message brings none, has 192.
      expect(sizeOf(alert.iconUrl)).toEqual([96, 96]);
      expect(await shownBy(page)).toEqual([
        { title: message.Title, body: message.Body, icon: message['Icon URL'], url: message.URL },
      ]);
      await expectAccepted(pushdesk, message.Title);
      expect(service.requests.of(endpoint)).toMatchObject([{ accepted: true, status: 201, refusal: null }]);

      const tabs = await firefox.tabs();
      await firefox.clickAlert(message.Title);
      await expect.poll(() => firefox.tabs()).toEqual([...tabs, message.URL]);

      await goTo(window, 'Overview');
      await expect.poll(() => window.getByRole('main').innerText()).not.toContain('in three steps');

      await goTo(window, 'Subscriptions');
      await pressCancel(page);
      await whenPageSays(page, { headline: 'Subscription cancelled' });
      await expect
        .poll(() => rowsOf(window, 'Subscriptions'))
        .toEqual([expect.arrayContaining(['Unsubscribed']) as string[]]);
    } finally {
      expect(await pushdesk.quit()).toBe(0);
    }
  });

  it('by pasting the subscription that a page of the person’s own gave', async () => {
    const pushdesk = await launch('by-paste');
    const { window } = pushdesk;
    const url = await pushdesk.ready();
    try {
      await generateKeys(window, 'https://example.com/contact');
      const { publicKey } = (await (await fetch(new URL('config.json', url))).json()) as {
        publicKey: string;
      };
      const page = await firefox.newPage();
      await page.goto(`${site.url}#${publicKey}`);
      await service.autopush.whenHello();
      await page.click('#subscribe');
      await page.waitForFunction(() => document.querySelector('output')?.textContent.startsWith('{'));
      const json = await page.$eval('output', (output) => output.textContent);

      await importSubscriptions(pushdesk, json);
      await expect
        .poll(() => rowsOf(window, 'Subscriptions'))
        .toEqual([expect.arrayContaining(['Active']) as string[]]);

      await compose(window, { Title: 'Pasted and sent', Body: 'It works with a page of your own too.' });
      await send(window);
      expect(await firefox.whenAlert('Pasted and sent')).toMatchObject({
        body: 'It works with a page of your own too.',
      });
      await expectAccepted(pushdesk, 'Pasted and sent');
      await expectExports(pushdesk, 'Pasted and sent');
    } finally {
      expect(await pushdesk.quit()).toBe(0);
    }
  });
});
