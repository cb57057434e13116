import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { makeTempFolder } from './pushdesk.ts';

/**
 * From now on nothing opens in a real browser: what would have opened is written down instead. Returns a function that reads the list.
 *
 * @param exitCode what the opener of Linux desktops says; anything but 0 means that there is no browser
 */
export async function recordOpenedLinks(
  app: ElectronApplication,
  exitCode = 0,
): Promise<() => Promise<string[]>> {
  const { folder, remove } = makeTempFolder();
  app.once('close', remove);
  const record = path.join(folder, 'opened');
  const program = path.join(folder, 'xdg-open');
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${record}'\nexit ${exitCode}\n`);
  chmodSync(program, 0o700);
  await app.evaluate(
    ({ shell }, { folder: first, worked }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { openedLinks: opened });
      process.env['PATH'] = `${first}:${process.env['PATH'] ?? ''}`;
      shell.openExternal = (url) => {
        opened.push(url);
        return worked ? Promise.resolve() : Promise.reject(new Error('No browser'));
      };
    },
    { folder, worked: exitCode === 0 },
  );
  return async () => [
    ...(existsSync(record) ? readFileSync(record, 'utf8').split('\n').filter(Boolean) : []),
    ...(await app.evaluate(() => (globalThis as unknown as { openedLinks: string[] }).openedLinks)),
  ];
}

/** What the app asked the person or handed to the system, instead of doing so. */
export interface Outside {
  /** Addresses that would have opened in the browser. */
  opened: string[];
  /** What the person was shown and asked about. */
  asked: string[];
}

/** The same, and each of the system's questions is written down and answered by its first button. */
export async function recordOutside(app: ElectronApplication): Promise<() => Promise<Outside>> {
  const opened = await recordOpenedLinks(app);
  await app.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { askedOutside: asked });
    dialog.showMessageBox = (...args: unknown[]) => {
      asked.push((args.at(-1) as Electron.MessageBoxOptions).detail ?? '');
      return Promise.resolve({ response: 0, checkboxChecked: false });
    };
  });
  return async () => ({
    opened: await opened(),
    asked: await app.evaluate(() => (globalThis as unknown as { askedOutside: string[] }).askedOutside),
  });
}
