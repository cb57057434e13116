import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { browserSubscription } from '../../../electron/engine/testing/browser-subscription.ts';
import { visit, type ScreenState } from './screen-walk.ts';

const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .first()
    .click();
const rowOf = (page: Page, at: number) =>
  page.getByRole('grid', { name: 'Subscriptions' }).getByRole('row').nth(at);
const at = (name: string, screen: string, open: (page: Page) => Promise<unknown>): ScreenState => ({
  name,
  open: async (page) => {
    await visit(page, screen);
    await open(page);
  },
});
const then = (name: string, open: (page: Page) => Promise<unknown>): ScreenState => ({ name, open });
const leave = async (page: Page) => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};
const discard = async (page: Page) => {
  await page.keyboard.press('Escape');
  await press(page, 'Discard');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

const paste = async (page: Page, text: string) => {
  await press(page, 'Import');
  await page.getByRole('textbox', { name: 'Subscriptions' }).fill(text);
};

/** A file as people have it: a good row, and others that are bad for various reasons. */
const mixed = () => {
  const { endpoint, keys } = browserSubscription();
  return [
    JSON.stringify(browserSubscription()),
    JSON.stringify({ endpoint, expirationTime: null }),
    JSON.stringify({ endpoint: `${endpoint.slice(0, 60)}…`, keys }),
    JSON.stringify({ endpoint, keys: { p256dh: keys.auth, auth: keys.p256dh } }),
    JSON.stringify({ endpoint: 'https://permanently-removed.invalid/fcm/send/x', keys }),
    JSON.stringify({ endpoint, keys: { ...keys, p256dh: keys.p256dh.slice(0, 60) } }),
    '[object PushSubscription]',
  ].join('\n');
};

const table = () =>
  [
    'endpoint;p256dh;auth;customer;favourite shop',
    ...Array.from({ length: 25 }, (_, at) => {
      const { endpoint, keys } = browserSubscription();
      return [endpoint, keys.p256dh, keys.auth, `C-${1000 + at}`, 'متجر شارع بيكر'].join(';');
    }),
  ].join('\n');

const { keys: KEYS } = browserSubscription();
const jsonLine = () => `${JSON.stringify(browserSubscription({ keys: KEYS }))}\n`;

/** Large enough to be read in pieces. */
const largeFile = () => ({
  name: 'subscriptions of the old site.jsonl',
  mimeType: 'application/x-ndjson',
  buffer: Buffer.from(Array.from({ length: 20_000 }, jsonLine).join('')),
});

/** From now on, files come only as far as this share of them, as from a disk that hangs; `null`: whole again. */
const hangAfter = (page: Page, share: number | null) =>
  page.evaluate((part) => {
    if (part === null) {
      Reflect.deleteProperty(File.prototype, 'stream');
      return;
    }
    File.prototype.stream = function (this: File) {
      const begun = this.slice(0, this.size * part)
        .stream()
        .getReader();
      return new ReadableStream({
        async pull(controller) {
          const { done, value } = await begun.read();
          if (done) await new Promise(() => undefined);
          else controller.enqueue(value);
        },
      });
    };
  }, share);

/** How far the sign in the waiting button is from the button's middle, in pixels. */
const loaderOffset = async (page: Page) => {
  const loader = page.locator('.mantine-Button-loader');
  const [sign, button] = await Promise.all([
    loader.boundingBox(),
    page.locator('.mantine-Button-root').filter({ has: loader }).boundingBox(),
  ]);
  if (sign === null || button === null) return Number.POSITIVE_INFINITY;
  return Math.hypot(
    sign.x + sign.width / 2 - button.x - button.width / 2,
    sign.y + sign.height / 2 - button.y - button.height / 2,
  );
};

/** The list of a site in use: its rail, its bar, its panel, imports and an export, and the keys. */
export const SUBSCRIPTION_STATES: readonly ScreenState[] = [
  at('subscriptions', '/subscriptions', (page) => rowOf(page, 1).waitFor()),
  then('chosen rows', async (page) => {
    for (const row of [1, 2, 3]) await rowOf(page, row).getByRole('checkbox').click();
    await page.getByRole('toolbar', { name: 'Selected rows' }).waitFor();
  }),
  then('all that match, chosen', async (page) => {
    await page.keyboard.press('Control+a');
    await page.getByRole('toolbar', { name: 'Selected rows' }).waitFor();
  }),
  then('a subscription', async (page) => {
    await press(page, 'Clear selection');
    await rowOf(page, 5).click();
    await page.getByRole('textbox', { name: 'Label' }).waitFor();
  }),
  then('rows that cannot be imported', async (page) => {
    await page.keyboard.press('Escape');
    await paste(page, mixed());
    await page.getByRole('button', { name: 'Save rejected rows…' }).waitFor();
  }),
  then('what cannot be read at all', async (page) => {
    await page.getByRole('textbox', { name: 'Subscriptions' }).fill('[object PushSubscription]');
    await page
      .getByText(/JSON\.stringify/)
      .first()
      .waitFor();
  }),
  then('an endpoint in a form that cannot be read', async (page) => {
    await page
      .getByRole('textbox', { name: 'Subscriptions' })
      .fill(`Subscriber 7 ⟶ ${browserSubscription().endpoint} ⟶ key sent by post`);
    await page
      .getByText(/in a form that Pushdesk can’t read/)
      .first()
      .waitFor();
  }),
  then('columns of a table', async (page) => {
    await page.getByRole('textbox', { name: 'Subscriptions' }).fill(table());
    await page.getByText('favourite shop').first().waitFor();
  }),
  then('a file that is being read', async (page) => {
    await discard(page);
    await press(page, 'Import');
    await hangAfter(page, 2 / 3);
    await page.getByLabel('Choose file').setInputFiles(largeFile());
    await page.getByText(/^Reading/).waitFor();
  }),
  then('a file that is being stored', async (page) => {
    await press(page, 'Choose another');
    await hangAfter(page, null);
    await page.getByLabel('Choose file').setInputFiles(largeFile());
    const store = page.getByRole('button', { name: /^Import \d/ });
    await store.waitFor();
    await hangAfter(page, 2 / 3);
    await store.click();
    await page.getByText(/^Storing/).waitFor();
    await expect.poll(() => loaderOffset(page)).toBeLessThan(2);
  }),
  then('an import to be stopped', async (page) => {
    await page.keyboard.press('Escape');
    await page.getByText('Stop the import? What is stored stays.').waitFor();
  }),
  then('an export', async (page) => {
    await hangAfter(page, null);
    await press(page, 'Stop import');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await rowOf(page, 1).getByRole('checkbox').click();
    await press(page, /^Export/);
    await page.getByRole('dialog').waitFor();
  }),
  at('keys', '/keys', async (page) => {
    await leave(page);
    await page.getByText('Baker Street News').first().waitFor();
  }),
  then('keys to import', async (page) => {
    await press(page, 'Import keys');
    const { p256dh } = browserSubscription().keys;
    await page.getByRole('dialog').getByRole('textbox', { name: 'Keys' }).fill(`VAPID_PUBLIC_KEY=${p256dh}`);
    await page.getByText('This is only a public key.').waitFor();
  }),
];
