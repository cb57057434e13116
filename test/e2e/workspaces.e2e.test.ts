import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { choose, openFolder } from './support/open-workspace.ts';
import { generateKeys, goTo, rowsOf } from './support/person.ts';
import { launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';

let temp: ReturnType<typeof makeTempFolder>;
let pushdesk: Pushdesk;
const at = (name: string) => path.join(temp.folder, name);

beforeEach(async () => {
  temp = makeTempFolder();
  pushdesk = await launchPushdesk({ dataDir: at('first'), port: null });
  await pushdesk.ready();
});
afterEach(async () => {
  await pushdesk.kill();
  temp.remove();
});

const pressMenu = (label: string) =>
  pushdesk.app.evaluate(({ Menu }, wanted) => {
    const file = Menu.getApplicationMenu()?.items.find((item) => item.label === 'File');
    file?.submenu?.items.find((item) => item.label === wanted)?.click();
  }, label);
/** As the button of its frame does; the page is gone before it can answer. */
const close = (window: Page) =>
  window
    .evaluate(() => {
      globalThis.close();
    })
    .catch(() => undefined);
const titles = () =>
  pushdesk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .map((window) => window.getTitle())
      .sort(),
  );
const workspace = (window: Page) => window.getByRole('button', { name: /^Workspace: / });
const serverOf = (window: Page) => window.locator('.pd-nav__address').innerText();

/** Whether no engine works on it any more. */
function isFree(folder: string): boolean {
  const lock = new Database(path.join(folder, 'pushdesk.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch {
    return false;
  } finally {
    lock.close();
  }
}

it('opens several data folders at once, each with its own window, server and data, and closes them one by one', async () => {
  const first = pushdesk.window;
  expect(await workspace(first).innerText()).toContain('first');
  await pressMenu('Open workspace…');
  const asked = first.getByRole('dialog', { name: 'Open workspace' });
  await asked.getByRole('button', { name: 'Close' }).click();
  await asked.waitFor({ state: 'hidden' });
  mkdirSync(at('second'), { mode: 0o700 });
  const second = await openFolder(pushdesk.app, first, at('second'));
  await expect.poll(() => workspace(second).innerText()).toContain('second');
  await generateKeys(second, 'mailto:second@example.com');
  expect(await rowsOf(second, 'Key pairs')).toHaveLength(1);
  await goTo(first, 'Keys');
  await first
    .getByText('No keys yet')
    .or(first.getByRole('button', { name: 'Generate keys' }))
    .first()
    .waitFor();
  expect(await rowsOf(first, 'Key pairs')).toHaveLength(0);
  await expect.poll(() => serverOf(second)).toMatch(/:\d+$/);
  expect(await serverOf(second)).not.toBe(await serverOf(first));
  expect(await titles()).toEqual(['Keys – Pushdesk', 'Keys – second – Pushdesk']);

  // What is open already is not opened again, by whatever name.
  await workspace(first).click();
  await first.getByRole('menuitem', { name: /second/ }).click();
  await expect.poll(() => pushdesk.app.windows().length).toBe(2);
  await expect
    .poll(() =>
      pushdesk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.getTitle() ?? 'none'),
    )
    .toMatch(/second|none/);

  // A folder with other things in it is left alone.
  mkdirSync(at('letters'));
  writeFileSync(at('letters/to-ada.txt'), 'Dear Ada');
  await choose(pushdesk.app, at('letters'));
  await workspace(second).click();
  await second.getByRole('menuitem', { name: 'Open workspace…' }).click();
  const dialog = second.getByRole('dialog', { name: 'Open workspace' });
  await dialog.getByRole('button', { name: 'Choose folder…' }).click();
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await dialog.getByText(/holds other files and no Pushdesk data/).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();

  // So is one that another program has open, and its window says so.
  mkdirSync(at('busy'), { mode: 0o700 });
  const lock = new Database(at('busy/pushdesk.lock'));
  lock.exec('BEGIN EXCLUSIVE');
  const busy = await openFolder(pushdesk.app, second, at('busy'));
  await busy.getByText('Pushdesk is already running with the data folder').waitFor();
  lock.close();
  await busy.getByRole('link', { name: 'Try again' }).click();
  await expect.poll(() => workspace(busy).innerText()).toContain('busy');
  // Its engine is there too: one that is still starting would make the folder anew.
  await expect.poll(() => serverOf(busy)).toMatch(/:\d+$/);
  await close(busy);
  await expect.poll(titles).toHaveLength(2);

  // One that is gone is not made anew in silence.
  await expect.poll(() => readFileSync(at('first/workspaces.json'), 'utf8')).toContain('busy');
  await expect.poll(() => isFree(at('busy'))).toBe(true);
  rmSync(at('busy'), { recursive: true, maxRetries: 5 });
  await workspace(second).click();
  const [gone] = await Promise.all([
    pushdesk.app.waitForEvent('window'),
    second.getByRole('menuitem', { name: /busy/ }).click(),
  ]);
  await gone.getByText(/busy does not exist/).waitFor();
  await gone.getByRole('link', { name: 'Close window' }).click();
  await expect.poll(titles).toHaveLength(2);
  expect(existsSync(at('busy'))).toBe(false);

  // The one that the app began with may go first; the other one goes on.
  await close(first);
  await expect.poll(titles).toEqual(['Keys – second – Pushdesk']);
  await goTo(second, 'Settings');
  // And comes back from the list.
  await workspace(second).click();
  const [again] = await Promise.all([
    pushdesk.app.waitForEvent('window'),
    second.getByRole('menuitem', { name: /first/ }).click(),
  ]);
  await expect.poll(() => workspace(again).innerText()).toContain('first');
  expect(await pushdesk.quit()).toBe(0);
});
