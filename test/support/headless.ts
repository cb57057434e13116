import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { inheritedEnv, ROOT } from './surroundings.ts';

/** The engine as `npm run headless` runs it. */
export interface Headless {
  readonly url: string;
  /** What it wrote to standard error. */
  log(): string;
  /** What closing a terminal, or a tool that wants settings read again, sends. */
  hangUp(): void;
  /** Asks it to end, and returns its exit code. */
  end(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>;
}

/**
 * Starts it on a data folder, and waits until it says that it is ready.
 *
 * `command` and `cwd`: another way to start it than the script of this checkout.
 *
 * @throws Error with what it printed if it ends first
 */
export async function startHeadless({
  dataDir,
  env = {},
  command = [process.execPath, 'build/headless.mjs'],
  cwd = ROOT,
}: {
  dataDir: string;
  env?: Readonly<Record<string, string>>;
  command?: readonly [string, ...string[]];
  cwd?: string;
}): Promise<Headless> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inheritedEnv(),
      PUSHDESK_DATA_DIR: dataDir,
      PUSHDESK_PORT: '0',
      PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1',
      ...env,
    },
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const printed: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed.push(line);
      const ready = /^Pushdesk is ready: (\S+)$/.exec(line)?.[1];
      if (ready !== undefined) resolve(ready);
    });
    void exited.then((code) => {
      reject(new Error(`It ended with ${code ?? 'a signal'}.\n${printed.join('\n')}\n${log}`));
    });
  });
  return {
    url,
    log: () => log,
    hangUp() {
      child.kill('SIGHUP');
    },
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return exited;
    },
  };
}
