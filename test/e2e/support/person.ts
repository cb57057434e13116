import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What a person does in the window, by the names that stand on screen. */
export type ScreenName =
  'Overview' | 'Compose' | 'Campaigns' | 'Subscriptions' | 'Keys' | 'Server' | 'Settings';

/** The title of the screen that is open; empty where there is none yet. */
export async function heading(window: Page): Promise<string> {
  const [title = ''] = await window.getByRole('heading', { level: 1 }).allInnerTexts();
  return title;
}

export async function goTo(window: Page, screen: ScreenName): Promise<void> {
  await window
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: screen, exact: true })
    .click();
  await expect.poll(() => heading(window)).toBe(screen);
}

/** The rows of a table, each as the texts of its cells. */
export async function rowsOf(window: Page, table: string): Promise<string[][]> {
  const rows = await window.getByRole('grid', { name: table }).getByRole('row').all();
  const cells = await Promise.all(rows.map((row) => row.getByRole('gridcell').allInnerTexts()));
  return cells.filter((row) => row.length > 0);
}

export async function generateKeys(window: Page, contact: string): Promise<void> {
  await goTo(window, 'Keys');
  await window.getByRole('button', { name: 'Generate keys' }).first().click();
  const dialog = window.getByRole('dialog', { name: 'Generate keys' });
  await dialog.getByLabel('Contact').fill(contact);
  await dialog.getByRole('button', { name: 'Generate keys' }).click();
  await expect.poll(() => rowsOf(window, 'Key pairs')).toHaveLength(1);
}
