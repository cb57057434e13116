import { spawn, type ChildProcess } from 'node:child_process';
import { withInheritedUmask } from './umask.ts';

export interface OpenerOptions {
  /** The desktop's opener: its name, or its path. */
  program?: string;
  /** Runs a function later and returns a function that cancels it; injected so that tests need not wait. */
  schedule: (run: () => void) => () => void;
}

/**
 * Opens an http(s) address by the opener of Linux desktops, and tells whether that worked. Electron's own way tells only that a process was
 * started, which is true without any browser too; `xdg-open` says by its exit code whether it found one. Some desktops make it stay for as
 * long as the browser runs: after a while without bad news it counts as opened.
 */
export async function openByDesktop(
  url: string,
  { program = 'xdg-open', schedule }: OpenerOptions,
): Promise<boolean> {
  const child = await withInheritedUmask(() => Promise.resolve(start(program, url)));
  return new Promise((resolve) => {
    const cancel = schedule(() => {
      resolve(true);
    });
    const settle = (opened: boolean) => {
      cancel();
      resolve(opened);
    };
    child.once('error', () => {
      settle(false);
    });
    child.once('exit', (code) => {
      settle(code === 0);
    });
  });
}

function start(program: string, url: string): ChildProcess {
  // Detached: a browser that it starts outlives Pushdesk. The variable keeps it from a text browser, which has no terminal here.
  const child = spawn(program, [url], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, MM_NOTTTY: '1' },
  });
  child.unref();
  return child;
}
