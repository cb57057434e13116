import type { ElectronApplication, Page } from 'playwright-core';
import { expect } from 'vitest';
import { SILENT_QUESTION } from '../../../electron/main/closing.ts';
import type { Pushdesk } from './pushdesk.ts';

/** What a person does in the window, by the names that are on screen. */
export const SCREENS = [
  'Overview',
  'Compose',
  'Campaigns',
  'Subscriptions',
  'Keys',
  'Server',
  'Settings',
] as const;
export type ScreenName = (typeof SCREENS)[number];

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

/** The rows of a table, each as the texts of its cells; all read at one moment, because rows come and move. */
export async function rowsOf(window: Page, table: string): Promise<string[][]> {
  const rows = await window
    .getByRole('grid', { name: table })
    .getByRole('row')
    .evaluateAll((elements) =>
      elements.map((row) =>
        [...row.querySelectorAll<HTMLElement>('[role="gridcell"]')].map((cell) => cell.innerText),
      ),
    );
  return rows.filter((row) => row.length > 0);
}

export async function generateKeys(window: Page, contact: string): Promise<void> {
  await goTo(window, 'Keys');
  await window.getByRole('button', { name: 'Generate keys' }).first().click();
  const dialog = window.getByRole('dialog', { name: 'Generate keys' });
  await dialog.getByLabel('Contact').fill(contact);
  await dialog.getByRole('button', { name: 'Generate keys' }).click();
  await window.getByRole('dialog', { name: 'Save a copy' }).getByRole('button', { name: 'Not now' }).click();
  await expect.poll(() => rowsOf(window, 'Key pairs')).toHaveLength(1);
}

/** Copies a text elsewhere and pastes it into the field that has the focus in this window. */
async function paste(app: ElectronApplication, window: Page, text: string): Promise<void> {
  await app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  const its = await app.browserWindow(window);
  await its.evaluate(({ webContents }: Electron.BrowserWindow) => {
    webContents.paste();
  });
}

/** Pastes subscriptions, looks at what was found, and imports them. */
export async function importSubscriptions(
  { app, window }: Pick<Pushdesk, 'app' | 'window'>,
  text: string,
): Promise<void> {
  await goTo(window, 'Subscriptions');
  await window.getByRole('button', { name: 'Import' }).click();
  const dialog = window.getByRole('dialog', { name: 'Import subscriptions' });
  await dialog.getByRole('textbox', { name: 'Subscriptions' }).focus();
  await paste(app, window, text);
  await dialog.getByRole('button', { name: /^Import [\d,]+ subscription/ }).click();
  await dialog.waitFor({ state: 'hidden' });
}

export type ComposeField = 'Title' | 'Body' | 'URL' | 'Icon URL' | 'Badge URL' | 'Image URL' | 'TTL';

/** Where fields are folded until something is in them. */
const FOLDS: Partial<Record<ComposeField, string>> = {
  'Icon URL': 'Pictures',
  'Badge URL': 'Pictures',
  'Image URL': 'Pictures',
  TTL: 'Delivery',
};

export async function compose(window: Page, fields: Partial<Record<ComposeField, string>>): Promise<void> {
  await goTo(window, 'Compose');
  for (const [label, text] of Object.entries(fields)) {
    const fold = FOLDS[label as ComposeField];
    const button = fold && window.getByRole('button', { name: fold, exact: true });
    if (button && (await button.getAttribute('aria-expanded')) === 'false') await button.click();
    await window.getByLabel(label, { exact: true }).fill(text);
  }
}

/** Presses Send, and answers the question that comes with more than one recipient. */
export async function send(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Send', exact: true }).click();
  const question = window.getByRole('dialog').getByRole('button', { name: /^Send to / });
  const sent = window.getByRole('button', { name: 'All campaigns' });
  await question.or(sent).waitFor();
  if (await question.isVisible()) await question.click();
  await sent.waitFor();
}

/**
 * From now on the person answers each of the app's own questions with this button; returns the questions that were asked. On a machine that
 * has much else to do the engine may not say in time what it is doing: then the person waits, and is asked what is meant.
 */
export async function answerWith({ app }: Pushdesk, label: string): Promise<() => Promise<string[]>> {
  await app.evaluate(
    ({ dialog }, { wanted, busy }) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      dialog.showMessageBox = (...args: unknown[]) => {
        const options = args.at(-1) as Electron.MessageBoxOptions;
        const isBusy = options.message === busy;
        if (!isBusy) asked.push(`${options.message}: ${options.detail ?? ''}`);
        const response = (options.buttons ?? []).indexOf(isBusy ? 'Wait' : wanted);
        return Promise.resolve({ response, checkboxChecked: false });
      };
    },
    { wanted: label, busy: SILENT_QUESTION.message },
  );
  return () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
}
