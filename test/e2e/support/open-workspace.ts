import type { ElectronApplication, Page } from 'playwright-core';
import type { Pushdesk } from './pushdesk.ts';

/** What a person does to open the engine of a server: returns its window. */
export async function openServer(
  { app, window }: Pushdesk,
  { address, token }: { address: string; token: string },
): Promise<Page> {
  await window.getByRole('button', { name: /^Workspace: / }).click();
  await window.getByRole('menuitem', { name: 'Open workspace…' }).click();
  const dialog = window.getByRole('dialog', { name: 'Open workspace' });
  await dialog.getByText('On a server').click();
  await dialog.getByLabel('Address').fill(address);
  await dialog.getByLabel('Owner token').fill(token);
  const [opened] = await Promise.all([
    app.waitForEvent('window'),
    dialog.getByRole('button', { name: 'Open', exact: true }).click(),
  ]);
  await dialog.waitFor({ state: 'hidden' });
  return opened;
}

/** Chooses a data folder in the system's dialog, and opens it: returns its window. */
export async function openFolder(app: ElectronApplication, from: Page, folder: string): Promise<Page> {
  await choose(app, folder);
  await from.getByRole('button', { name: /^Workspace: / }).click();
  await from.getByRole('menuitem', { name: 'Open workspace…' }).click();
  const dialog = from.getByRole('dialog', { name: 'Open workspace' });
  await dialog.getByRole('button', { name: 'Choose folder…' }).click();
  await dialog.getByText(folder).waitFor();
  const [opened] = await Promise.all([
    app.waitForEvent('window'),
    dialog.getByRole('button', { name: 'Open', exact: true }).click(),
  ]);
  await dialog.waitFor({ state: 'hidden' });
  return opened;
}

/** From now on this folder is what the person chooses in the system's dialog. */
export const choose = (app: ElectronApplication, folder: string) =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);

/** Opens one that the app knows from the list above the navigation. */
export async function openKnown({ app, window }: Pushdesk, name: RegExp): Promise<Page> {
  await window.getByRole('button', { name: /^Workspace: / }).click();
  const [opened] = await Promise.all([
    app.waitForEvent('window'),
    window.getByRole('menuitem', { name }).click(),
  ]);
  return opened;
}

/** What the window says above its screens, such as about a lost line. */
export const notices = (window: Page) => window.locator('.pd-main > .pd-notice');
