import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserSubscription } from '../../electron/engine/testing/browser-subscription.ts';
import { compose, generateKeys, goTo, heading, importSubscriptions, send } from './support/person.ts';
import { launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';

/** What the preview of the window shows for each screen, here in the app itself: with its menu, its engine and its Chromium. */
const temp = makeTempFolder();
let pushdesk: Pushdesk;
let page: Page;
beforeAll(async () => {
  pushdesk = await launchPushdesk({
    dataDir: temp.folder,
    env: { PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1' },
  });
  page = pushdesk.window;
  await pushdesk.ready();
  await pushdesk.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1000, 700);
  });
});
afterAll(async () => {
  await pushdesk.quit();
  temp.remove();
});

it('starts with a key pair and three subscriptions', async () => {
  await generateKeys(page, 'mailto:owner@example.com');
  // Nothing listens there, so a campaign stays on its way.
  const subscriptions = ['a', 'b', 'c'].map(() => browserSubscription({ host: '127.0.0.1:9/push' }));
  await importSubscriptions(pushdesk, JSON.stringify(subscriptions));
  await button('All 3').waitFor();
});

const choose = (menu: string, item: string) =>
  pushdesk.app.evaluate(
    ({ Menu }, names) => {
      const found = Menu.getApplicationMenu()?.items.find(({ label }) => label === names.menu);
      found?.submenu?.items.find(({ label }) => label === names.item)?.click();
    },
    { menu, item },
  );
const rows = () => page.getByRole('grid', { name: 'Subscriptions' }).getByRole('row');
const bar = () => page.getByRole('toolbar', { name: 'Selected rows' });
const button = (name: string) => page.getByRole('button', { name, exact: true });

describe('the list of subscriptions', () => {
  it('obeys the keyboard after a press in a checkbox, and leaves what a search has hidden alone', async () => {
    await goTo(page, 'Subscriptions');
    await rows().nth(1).getByRole('checkbox').click();
    await page.keyboard.press('Control+a');
    await expect.poll(() => bar().getByRole('status').innerText()).toBe('3 selected');
    await page.keyboard.press('Escape');
    await expect.poll(() => bar().count()).toBe(0);

    await rows().nth(1).getByRole('checkbox').click();
    await bar().waitFor();
    await page.getByLabel('Search subscriptions').fill('nobody has this');
    await page.getByText('Nothing found').waitFor();
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('Delete');
    await button('Clear search').click();
    await button('All 3').waitFor();
    expect(await bar().count()).toBe(0);
  });

  it('shows in forced colours which screen, tab and rows are the chosen ones', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    await rows().nth(1).getByRole('checkbox').click();
    const looks = (name: string, role: 'link' | 'button') =>
      page
        .getByRole(role, { name })
        .first()
        .evaluate((element) => {
          const { backgroundColor, outlineStyle, borderTopStyle, color } = getComputedStyle(element);
          return [backgroundColor, outlineStyle, borderTopStyle, color].join(' ');
        });
    expect(await looks('Subscriptions', 'link')).not.toBe(await looks('Keys', 'link'));
    expect(await looks('All 3', 'button')).not.toBe(await looks('Active', 'button'));
    const outline = (row: number) =>
      rows()
        .nth(row)
        .evaluate((element) => getComputedStyle(element).outline);
    expect(await outline(1)).not.toBe(await outline(2));
    await page.keyboard.press('Escape');
    await page.emulateMedia({ forcedColors: null });
  });
});

describe('the menu', () => {
  it('reads out the screen that it opens', async () => {
    await choose('View', 'Server');
    const said = page.getByRole('status', { name: 'Current screen' });
    await expect.poll(() => said.textContent()).toBe('Server');
    expect(await page.title()).toBe('Server – Pushdesk');
  });

  it.each([
    ['View', 'Server', 'Server'],
    ['File', 'Settings…', 'Settings'],
    ['File', 'New message', 'Compose'],
  ])('asks before %s → %s takes away what was typed in a dialog', async (menu, item, opened) => {
    await goTo(page, 'Keys');
    await page.getByRole('button', { name: 'Generate keys' }).first().click();
    const field = page.getByRole('dialog').getByLabel('Name', { exact: true });
    await field.fill('Second shop');
    await choose(menu, item);
    await button('Keep editing').click();
    // A question that is fading away still takes a click.
    await button('Keep editing').waitFor({ state: 'detached' });
    expect(await field.inputValue()).toBe('Second shop');
    expect(await page.title()).toBe('Keys – Pushdesk');
    await choose(menu, item);
    await button('Discard').click();
    await expect.poll(() => heading(page)).toBe(opened);
    // Both dialogs fade away.
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  it('New message leaves the draft in the list', async () => {
    await compose(page, { Title: 'Half a thought' });
    await goTo(page, 'Server');
    await choose('File', 'New message');
    const title = page.getByLabel('Title', { exact: true });
    await expect.poll(() => title.inputValue()).toBe('');
    await button('Draft: Untitled').click();
    await page.getByRole('menuitem', { name: /^Half a thought/ }).click();
    await expect.poll(() => title.inputValue()).toBe('Half a thought');
    await choose('File', 'New message');
    await expect.poll(() => title.inputValue()).toBe('');
  });
});

describe('a message', () => {
  it('that is refused leads to its wrong field, in view', async () => {
    await compose(page, { Title: 'Sale', URL: 'http:// no address' });
    await page.getByLabel('Title', { exact: true }).scrollIntoViewIfNeeded();
    await button('Send').click();
    const alert = page.getByRole('alert').filter({ hasText: 'Fix 1 field: URL.' });
    await expect
      .poll(() => alert.evaluate((node) => document.activeElement?.contains(node) === true))
      .toBe(true);
    const isInView = (box: { y: number; height: number } | null) =>
      box !== null && box.y >= 0 && box.y + box.height <= 700;
    expect(isInView(await alert.boundingBox())).toBe(true);
    await alert.getByRole('button', { name: 'URL', exact: true }).click();
    const field = page.getByLabel('URL', { exact: true });
    await expect.poll(() => field.evaluate((input) => document.activeElement === input)).toBe(true);
    expect(isInView(await field.boundingBox())).toBe(true);
    expect(await page.getByText('No browser can open this address: check its spelling.').count()).toBe(1);
  });

  it('has deliveries that take the focus when opened by Enter, and give it back', async () => {
    await compose(page, { Title: 'Sale', URL: '/news' });
    await send(page);
    const grid = page.getByRole('grid', { name: 'Deliveries' });
    await grid.getByRole('row').nth(1).waitFor();
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.role);
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /^Delivery at/ }).waitFor();
    await expect.poll(focused).toBe('dialog');
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('Deliveries');
    await page.getByRole('button', { name: 'Cancel' }).first().click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Cancel/ })
      .first()
      .click();
    // Quitting while it is still being sent asks a question, and nobody is there to answer.
    await page.getByText('Cancelled', { exact: true }).first().waitFor();
  });
});
