import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { _electron } from 'playwright-core';
import { electronProgram, ROOT, SWITCHES } from './electron-program.ts';

/** How long it takes from the start of the program until its page is in the window, in milliseconds. */
export interface WindowStart {
  /** A window with nothing in it but a heading: what Electron itself takes. */
  emptyMs: number;
  /** The app, with the large store. */
  appMs: number;
}

const EMPTY_APP = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow().loadURL('data:text/html,<h1>Empty</h1>'));`;

/**
 * Starts both in turns, and takes the median of each.
 *
 * @param folder where the empty app can be written
 */
export async function measureWindowStart(
  dataDir: string,
  folder: string,
  turns: number,
): Promise<WindowStart> {
  const empty = path.join(folder, 'empty-app');
  mkdirSync(empty, { recursive: true });
  const description = { name: 'empty', version: '0.0.0', main: 'main.cjs' };
  writeFileSync(path.join(empty, 'package.json'), JSON.stringify(description));
  writeFileSync(path.join(empty, 'main.cjs'), EMPTY_APP);
  const times: { empty: number[]; app: number[] } = { empty: [], app: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    times.empty.push(await startOnce(empty, {}));
    times.app.push(await startOnce(ROOT, { PUSHDESK_DATA_DIR: dataDir, PUSHDESK_PORT: '0' }));
  }
  return { emptyMs: middle(times.empty), appMs: middle(times.app) };
}

async function startOnce(project: string, env: Record<string, string>): Promise<number> {
  const startedAt = performance.now();
  const app = await _electron.launch({
    executablePath: electronProgram(),
    args: [...SWITCHES, project],
    cwd: ROOT,
    env: { ...(process.env as Record<string, string>), ...env },
  });
  try {
    const window = await app.firstWindow();
    await window.getByRole('heading', { level: 1 }).first().waitFor();
    return performance.now() - startedAt;
  } finally {
    await app.close();
  }
}

function middle(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}
