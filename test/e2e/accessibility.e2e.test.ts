import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriersIn } from './support/accessibility.ts';
import { goTo, SCREENS } from './support/person.ts';
import { startRendererPreview, type RendererPreview } from './support/renderer-preview.ts';

let preview: RendererPreview;
beforeAll(async () => {
  preview = await startRendererPreview();
});
afterAll(async () => {
  await preview.close();
});

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const openRow = (page: Page, table: string) =>
  page.getByRole('grid', { name: table }).getByRole('row').nth(1).click();
const isOpen = (page: Page) => page.getByRole('dialog').first().waitFor();

/** What opens on a screen: panels, dialogs, and what a wrong press brings. */
const OPENED: readonly [what: string, screen: string, open: (page: Page) => Promise<unknown>][] = [
  ['a campaign', '/campaigns', (page) => openRow(page, 'Campaigns')],
  [
    'a delivery',
    '/campaigns',
    async (page) => {
      await openRow(page, 'Campaigns');
      await page.getByRole('grid', { name: 'Deliveries' }).waitFor();
      await openRow(page, 'Deliveries');
      await isOpen(page);
    },
  ],
  ['a subscription', '/subscriptions', (page) => openRow(page, 'Subscriptions').then(() => isOpen(page))],
  ['selected rows', '/subscriptions', (page) => page.getByRole('checkbox').nth(1).click()],
  [
    'a filter by tag',
    '/subscriptions',
    async (page) => {
      await press(page, 'Add filter');
      await press(page, 'Tag');
      await page.getByLabel('Has any of').first().waitFor();
    },
  ],
  [
    'a filter that is saved',
    '/subscriptions',
    async (page) => {
      await press(page, 'Add filter');
      await press(page, 'Never reached');
      await page.getByRole('checkbox', { name: /^Never reached/ }).click();
      await page.keyboard.press('Escape');
      await press(page, 'Save as segment');
      await page.getByRole('textbox', { name: 'Name' }).waitFor();
    },
  ],
  [
    'the export',
    '/subscriptions',
    async (page) => {
      await page.getByRole('checkbox').nth(1).click();
      await press(page, 'Export');
      await isOpen(page);
    },
  ],
  [
    'an audience of segments',
    '/compose',
    async (page) => {
      await page.getByText('Segments', { exact: true }).click();
      await press(page, 'Leave some out…');
      await page.getByLabel('Leave out').first().waitFor();
    },
  ],
  ['the import', '/subscriptions', (page) => press(page, 'Import').then(() => isOpen(page))],
  ['a key pair', '/keys', (page) => openRow(page, 'Key pairs').then(() => isOpen(page))],
  [
    'a contact that is missing',
    '/keys',
    async (page) => {
      await press(page, 'Generate keys');
      await page.getByRole('dialog').getByRole('button', { name: 'Generate keys' }).click();
      await page.getByText('The contact is empty.').waitFor();
    },
  ],
  ['what stands against a send', '/compose', (page) => press(page, 'Send')],
  ['the rehearsal', '/compose', (page) => press(page, 'Rehearse').then(() => isOpen(page))],
];

/** What breaks the rules in either colour scheme: the page follows the system's while it is open. */
async function barriersInBothSchemes(page: Page) {
  await turn(page, 'light');
  const light = await barriersIn(page);
  await turn(page, 'dark');
  return { light, dark: await barriersIn(page, 'contrast') };
}

async function turn(page: Page, colorScheme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
}

describe('nobody is kept out, in light and in dark colours', () => {
  it.each(['full', 'empty', 'failing'] as const)('by any screen: %s', async (scenario) => {
    const { page } = await preview.open('/', { scenario });
    for (const screen of SCREENS) {
      await goTo(page, screen);
      await page.waitForLoadState('networkidle');
      expect({ screen, ...(await barriersInBothSchemes(page)) }).toEqual({ screen, light: [], dark: [] });
    }
  });

  it.each(OPENED)('by %s', async (_what, screen, open) => {
    const { page } = await preview.open(screen);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page);
    expect(await barriersInBothSchemes(page)).toEqual({ light: [], dark: [] });
  });
});
