import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import { startSessionBus } from '../../support/session-bus.ts';
import { inheritedEnv } from './pushdesk.ts';

const PASSWORD = 'correct horse';
const PATIENCE = { timeout: 60_000, interval: 1000 };

/** A session bus of its own with GNOME's key ring on it, away from that of the person who runs the tests. */
export interface TestKeyRing {
  /** What a program needs in its environment to be on this bus. */
  readonly env: Readonly<Record<string, string>>;
  readonly address: string;
  lock(): Promise<void>;
  /** Types the password into the question that is on the screen. */
  answer(): Promise<void>;
  /** Closes that question. */
  dismiss(): Promise<void>;
  end(): Promise<void>;
}

/** @param folder for its files; it is the home of everything that runs on the bus */
export async function startKeyRing(folder: string): Promise<TestKeyRing> {
  const runtime = path.join(folder, 'run');
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  const base = {
    ...inheritedEnv(),
    HOME: folder,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: path.join(folder, 'share'),
    XDG_CONFIG_HOME: path.join(folder, 'config'),
  };
  const bus = await startSessionBus(base);
  const env = { ...base, DBUS_SESSION_BUS_ADDRESS: bus.address };

  const run = (program: string, args: readonly string[], input = '') =>
    new Promise<string>((resolve, reject) => {
      const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
      let printed = '';
      const keep = (chunk: Buffer) => {
        printed += chunk.toString();
      };
      child.stdout.on('data', keep);
      child.stderr.on('data', keep);
      child.once('error', reject);
      // A program that reads no input may be gone before its input has been written to the end: its exit says all there is to say.
      child.stdin.on('error', () => undefined);
      child.once('exit', (code) => {
        if (code === 0) resolve(printed);
        else reject(new Error(`${program} ended with ${code ?? 'a signal'}: ${printed}`));
      });
      child.stdin.end(input);
    });
  const questions = async () =>
    (await run('xdotool', ['search', '--name', '^Unlock Login Keyring$']).catch(() => '')).match(/^\d+$/gm) ??
    [];
  /**
   * Presses keys at the question until it is gone: it takes none before it is drawn, and there is no window manager that gives it the
   * keyboard.
   */
  const atQuestion = async (...presses: string[][]) => {
    let wasThere = false;
    await vi.waitFor(async () => {
      const question = (await questions()).at(-1);
      if (question === undefined && wasThere) return;
      if (question !== undefined) {
        wasThere = true;
        await run('xdotool', ['windowfocus', question]);
        for (const keys of presses) await run('xdotool', keys);
      }
      throw new Error(wasThere ? 'The question still stands.' : 'There is no question.');
    }, PATIENCE);
  };
  await run('gnome-keyring-daemon', ['--unlock', '--components=secrets'], PASSWORD);
  // It keeps running in the background: a call made before it has its name would start another one.
  await run('gdbus', ['wait', '--session', '--timeout=30', 'org.freedesktop.secrets']);

  return {
    env,
    address: bus.address,
    answer: () => atQuestion(['key', 'ctrl+a'], ['type', '--delay', '20', PASSWORD], ['key', 'Return']),
    dismiss: () => atQuestion(['key', 'Escape']),
    async lock() {
      await run('gdbus', [
        'call',
        '--session',
        '--dest=org.freedesktop.secrets',
        '--object-path=/org/freedesktop/secrets',
        '--method=org.freedesktop.Secret.Service.Lock',
        "[objectpath '/org/freedesktop/secrets/collection/login']",
      ]);
    },
    async end() {
      await bus.end();
    },
  };
}
