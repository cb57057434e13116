import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, vi } from 'vitest';
import { z } from 'zod';
import { SILENT_QUESTION } from '../../../electron/main/closing.ts';
import { START_PATIENCE_MS } from './browser-program.ts';
import { inheritedEnv, ROOT } from '../../support/surroundings.ts';
import { addWitness } from './evidence.ts';

export { inheritedEnv, ROOT };

/** The Electron that this checkout runs on. */
export const electronProgram = (): string => z.string().parse(createRequire(import.meta.url)('electron'));

/** No name leads off this machine, whatever a page requests. */
const OFFLINE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';
const READY = /^Pushdesk is ready: (\S+)$/m;

const running = new Set<Pushdesk>();
// What a failed test left behind must not disturb the next ones.
afterAll(async () => {
  for (const pushdesk of running) await pushdesk.kill();
});

export interface Pushdesk {
  readonly app: ElectronApplication;
  readonly window: Page;
  /** Everything that it has printed so far. */
  readonly output: () => string;
  /** Waits for the line that says it is ready; returns the address of the subscribe page. */
  readonly ready: () => Promise<string>;
  /** Quits as a person does; returns the exit code, or the signal that ended it. */
  readonly quit: () => Promise<number | NodeJS.Signals | null>;
  /** Ends the process at once, as a power cut does. */
  readonly kill: () => Promise<void>;
}

export interface LaunchOptions {
  dataDir: string;
  /** Default 0: any free one. */
  port?: number | null;
  env?: Record<string, string>;
  program?: string;
  /** What comes after the switches on the command line. */
  args?: string[];
}

/** Starts the built app in a real Electron. */
export async function launchPushdesk(options: LaunchOptions): Promise<Pushdesk> {
  const { dataDir, port = 0, env = {}, program = electronProgram(), args = [ROOT] } = options;
  const record = makeTempFolder();
  const recordFile = path.join(record.folder, 'output');
  writeFileSync(recordFile, '');
  const app = await _electron.launch({
    executablePath: path.join(import.meta.dirname, 'record-output.sh'),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), OFFLINE, ...args],
    cwd: ROOT,
    timeout: START_PATIENCE_MS,
    env: {
      ...inheritedEnv(),
      RECORD_PROGRAM: program,
      RECORD_FILE: recordFile,
      PUSHDESK_DATA_DIR: dataDir,
      ...(port === null ? {} : { PUSHDESK_PORT: String(port) }),
      ...env,
    },
  });
  const output = () => readFileSync(recordFile, 'utf8');
  const main = app.process();
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    main.once('exit', (code, signal) => {
      resolve(code ?? signal);
    });
  });
  const window = await app.firstWindow({ timeout: START_PATIENCE_MS }).catch((error: unknown) => {
    main.kill('SIGKILL');
    throw new Error(`It opened no window. It printed:\n${output()}`, { cause: error });
  });
  await waitWhereBusy(app);
  const leave = addWitness(async () => {
    const screen = await window.locator('body').ariaSnapshot({ timeout: 2000 }).catch(String);
    return `Its window, ${window.url()}, showed:\n${screen}\nIt printed:\n${withoutNoise(output())}`;
  });
  const pushdesk: Pushdesk = {
    app,
    window,
    output,
    ready: () =>
      vi.waitFor(
        () => {
          const url = READY.exec(output())?.[1];
          if (url === undefined) throw new Error(`It has not said that it is ready:\n${output()}`);
          return url;
        },
        { timeout: START_PATIENCE_MS },
      ),
    async quit() {
      await leave();
      await app.close();
      const code = await ended;
      running.delete(pushdesk);
      record.remove();
      return code;
    },
    async kill() {
      await leave();
      main.kill('SIGKILL');
      await ended;
      running.delete(pushdesk);
      record.remove();
    },
  };
  running.add(pushdesk);
  return pushdesk;
}

/**
 * On a machine that has much else to do the engine may not say in time that nothing is going on when a window closes. Then the person is
 * asked, and waits; a test that answers questions itself takes over from here.
 */
async function waitWhereBusy(app: ElectronApplication): Promise<void> {
  await app.evaluate(
    ({ dialog }, { message, wait }) => {
      const askOthers = dialog.showMessageBox.bind(dialog) as (...args: unknown[]) => Promise<unknown>;
      dialog.showMessageBox = ((...args: unknown[]) =>
        (args.at(-1) as Electron.MessageBoxOptions).message === message
          ? Promise.resolve({ response: wait, checkboxChecked: false })
          : askOthers(...args)) as typeof dialog.showMessageBox;
    },
    {
      message: SILENT_QUESTION.message,
      wait: SILENT_QUESTION.buttons.findIndex(({ choice }) => choice === 'wait'),
    },
  );
}

/** Chromium asks for a system bus again and again; its absence is no problem for anybody. */
function withoutNoise(printed: string): string {
  const lines = printed.split('\n').filter((line) => !line.includes('ERROR:bus.cc'));
  return lines.join('\n');
}

/** A fresh folder, and the way to remove it. */
export function makeTempFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-e2e-'));
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
