import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { vi } from 'vitest';
import { inheritedEnv, ROOT } from './surroundings.ts';

/** The one that was bundled for this suite (build/checks/engine-for-tests.mjs); in other programs the built one. */
const ENGINE = process.env['ENGINE_FOR_TESTS'] ?? path.join(ROOT, 'out', 'engine');

/** What the tests' own process was started with so that V8 does not end it; see build/setup/v8-flags.mjs. */
const FOR_THREADS = process.execArgv.filter((flag) => flag === '--no-memory-protection-keys');

/** For the local API of every engine that is started here. */
export const API_TOKEN = 'token-of-the-environment-0123456789-0123';
/** Far beyond what an idle machine needs. */
const PATIENCE_MS = 90_000;
const READY = /^Pushdesk is ready: (\S+)$/m;
const AT_WORK = /^(Pushdesk is ready: |Worker .+ is starting)/m;
const OTHER_CLOCK = new URL('./other-clock.mjs', import.meta.url).href;

/** One life of an engine, from its start to its end. */
export interface EngineLife {
  readonly pid: number;
  /** Everything that it has printed so far. */
  output(): string;
  /** Its exit code, `null` after a kill. */
  readonly ended: Promise<number | null>;
  /**
   * Calls the local API, once it answers.
   * @throws Error with what it printed if it ends first, or with its refusal
   */
  call(method: 'GET' | 'POST' | 'PATCH', route: string, body?: object): Promise<unknown>;
  /** Ends it at once, as a power cut does. */
  kill(): Promise<void>;
  /** Asks it to end cleanly, at whatever it is doing; before it listens to signals, this kills it. */
  askToEnd(): void;
  /** Asks it to end cleanly once it says that it is at work, and waits for its end. */
  end(): Promise<number | null>;
}

/** Starts the engine in a separate process. */
export function startHeadlessEngine({
  entry = path.join(ENGINE, 'headless.mjs'),
  dataDir,
  trusted,
  largestFile,
  command = [],
  variables = {},
  clockAheadMs,
}: {
  /** Another way in than the engine's own. */
  entry?: string;
  dataDir: string;
  /** Path of the certificate of the local push service. */
  trusted: string;
  /** In blocks of the shell's `ulimit -f`: the system refuses to write what goes beyond. */
  largestFile?: number | undefined;
  /** How far its clock is ahead of the machine's; left out: not at all. */
  clockAheadMs?: number;
  /** What follows the name of the program: `['worker']` for a worker. */
  command?: readonly string[];
  /** Variables in addition to those that every engine in the tests has. */
  variables?: Readonly<Record<string, string>>;
}): EngineLife {
  const limited = `ulimit -f ${largestFile ?? 'unlimited'} && exec "$@"`;
  const otherClock = clockAheadMs === undefined ? [] : ['--import', OTHER_CLOCK];
  const program = [process.execPath, ...FOR_THREADS, ...otherClock, entry, ...command];
  const child = spawn('sh', ['-c', limited, 'sh', ...program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inheritedEnv(),
      NODE_EXTRA_CA_CERTS: trusted,
      PUSHDESK_DATA_DIR: dataDir,
      PUSHDESK_PORT: '0',
      PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1',
      PUSHDESK_API_TOKEN: API_TOKEN,
      ...(clockAheadMs === undefined ? {} : { CLOCK_AHEAD_MS: String(clockAheadMs) }),
      ...variables,
    },
  });
  let printed = '';
  let tellAtWork: () => void = () => undefined;
  const atWork = new Promise<void>((resolve) => {
    tellAtWork = resolve;
  });
  const keep = (chunk: Buffer) => {
    printed += chunk.toString();
    if (AT_WORK.test(printed)) tellAtWork();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const askToEnd = () => {
    child.kill('SIGTERM');
  };
  return {
    pid: child.pid ?? 0,
    output: () => printed,
    ended,
    async call(method, route, body) {
      const url = () => READY.exec(printed)?.[1];
      const isReady = vi.waitUntil(url, { timeout: PATIENCE_MS });
      const address = await Promise.race([isReady, ended]);
      if (typeof address !== 'string') throw new Error(`The engine has ended:\n${printed}`);
      const answer = await fetch(new URL(`api/v1${route}`, address), {
        method,
        headers: {
          authorization: `Bearer ${API_TOKEN}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as unknown;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    askToEnd,
    async end() {
      await Promise.race([atWork, ended]);
      askToEnd();
      return ended;
    },
  };
}
