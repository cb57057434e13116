import { spawn, type ChildProcess } from 'node:child_process';
import { withInheritedUmask } from './umask.ts';

export interface OpenerOptions {
  /** The desktop's opener: its name, or its path. */
  program?: string;
  /** Runs a function later and returns a function that cancels it; injected so that tests need not wait. */
  schedule: (run: () => void) => () => void;
}

/**
 * Opens an http(s) address with the opener of Linux desktops, and tells whether that worked. Electron's own call only tells that a process
 * was started, which is true even without a browser; the exit code of `xdg-open` tells whether it found one. On some desktops it runs for
 * as long as the browser does: after a while without bad news the address counts as opened.
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
  // Detached: a browser that it starts outlives Pushdesk. The variable keeps it from choosing a text browser, which would have no terminal
  // here.
  const child = spawn(program, [url], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, MM_NOTTTY: '1' },
  });
  child.unref();
  return child;
}
