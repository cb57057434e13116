import { execFile, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { vi } from 'vitest';
import { START_PATIENCE_MS } from './browser-program.ts';
import { ROOT, inheritedEnv } from './pushdesk.ts';

/** The app as it would be installed. */
export const UNPACKED = path.join(ROOT, 'dist', 'linux-unpacked');
const PROGRAM = path.join(UNPACKED, 'pushdesk');

/** What the launcher starts, and becomes. */
export const BINARY = `${PROGRAM}.bin`;

export interface Ended {
  code: number | null;
  /** What it printed on both streams. */
  printed: string;
}

/** Runs `npm run package` with these arguments, as a person would. */
export async function runPackaging(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  return ended(
    spawn(process.execPath, [path.join(ROOT, 'build', 'package.mjs'), ...args], {
      cwd: ROOT,
      env: { ...inheritedEnv(), ...env },
    }),
  );
}

/** Starts the packaged app with switches of its own and waits until it has ended by itself. */
export async function runPackaged(args: readonly string[], env: Record<string, string>): Promise<Ended> {
  return ended(startProgram(args, env));
}

const asRoot = process.getuid?.() === 0;
const UNSHARE = [...(asRoot ? [] : ['--user', '--map-current-user', '--keep-caps']), '--mount'];

/** Whether this machine lets a test mount, and an ordinary user make namespaces: not every container does. */
export function canStartAsOrdinaryUser(): boolean {
  const drop = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const probe = [...UNSHARE, ...(asRoot ? drop : []), 'unshare', '--user', '--net', 'true'];
  return spawnSync('unshare', probe, { stdio: 'ignore' }).status === 0;
}

/**
 * Starts the packaged app as a user without rights, whom Chromium gives a sandbox where the system allows one.
 * @param folder an empty one, which becomes that user's home
 */
export function startAsOrdinaryUser(
  namespaces: 'with-namespaces' | 'without-namespaces',
  folder: string,
  env: Record<string, string> = {},
) {
  const script = path.join(import.meta.dirname, 'ordinary-user.sh');
  const child = spawn('unshare', [...UNSHARE, 'sh', script, namespaces, folder, UNPACKED], {
    cwd: '/',
    env: {
      ...inheritedEnv(),
      PUSHDESK_DATA_DIR: path.join(folder, 'data'),
      PUSHDESK_PORT: '0',
      TMPDIR: folder,
      ...env,
    },
  });
  return { child, printed: collect(child), gone: once(child, 'close') };
}

/** The packaged app, running. It takes no debugger, so it is seen from outside: what it prints, serves, and shows. */
export interface Packaged {
  pid: number;
  /** Address of the subscribe page. */
  url: string;
  /** Calls the local API with the token that lies in its data folder. */
  api: (method: 'GET' | 'POST', name: string, body?: unknown) => Promise<unknown>;
  /** The properties of its window, as the X server tells them. */
  windowProperty: (name: string) => Promise<string>;
  end: () => Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export async function startPackaged(dataDir: string, env: Record<string, string> = {}): Promise<Packaged> {
  const app = startProgram([], { PUSHDESK_DATA_DIR: dataDir, PUSHDESK_PORT: '0', ...env });
  const gone = once(app, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const printed = collect(app);
  const url = await vi
    .waitFor(
      () => {
        const ready = /^Pushdesk is ready: (\S+)$/m.exec(printed())?.[1];
        if (ready === undefined) throw new Error(`It has not said that it is ready:\n${printed()}`);
        return ready;
      },
      { timeout: START_PATIENCE_MS },
    )
    .catch((error: unknown) => {
      app.kill('SIGKILL');
      throw error;
    });
  return {
    pid: app.pid ?? 0,
    url,
    async api(method, name, body) {
      const answer = await fetch(new URL(`api/v1${name}`, url), {
        method,
        headers: {
          authorization: `Bearer ${readFileSync(path.join(dataDir, 'api-token'), 'utf8').trim()}`,
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${name}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as unknown;
    },
    async windowProperty(name) {
      const { stdout: tree } = await promisify(execFile)('xwininfo', ['-root', '-tree']);
      const id = /(0x[\da-f]+) .*\("pushdesk" "[Pp]ushdesk"\) {2}\d{3,}x\d{3,}/.exec(tree)?.[1];
      if (id === undefined) return 'no window';
      const { stdout } = await promisify(execFile)('xprop', ['-id', id, name]);
      return stdout.trim();
    },
    async end() {
      app.kill('SIGTERM');
      const [code, signal] = await gone;
      return { code, signal };
    },
  };
}

function startProgram(args: readonly string[], env: Record<string, string>) {
  return spawn(PROGRAM, [...(asRoot ? ['--no-sandbox'] : []), ...args], {
    // Outside the project: nothing in it may be found by chance.
    cwd: '/',
    env: { ...inheritedEnv(), ...env },
  });
}

async function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
  const printed = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, printed: printed() };
}

function collect(child: ReturnType<typeof spawn>): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return () => text;
}
