import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../base/host.ts';
import type { SandboxFile } from '../../base/worker-files.ts';
import { KILL_AFTER_MS, MAX_ANSWER } from './sandbox/job.ts';

/** How a sandbox process ended: with an answer that still has to be checked, or without one. */
export type SandboxEnd = { kind: 'answer'; text: string } | { kind: 'time' | 'crash' | 'output' };

/** Runs one job in a process of its own, which ends with it. @param signal ends it early; then it rejects with the signal's reason */
export type RunSandbox = (job: string, signal: AbortSignal) => Promise<SandboxEnd>;

/** For the process, in MB: the interpreter's own limit is far below. */
const HEAP_MB = 256;

/**
 * How the sandbox process is started: it may use no file but its own program, no process, thread or addon, and no code from strings (Node's
 * permission model). [Note: two borders] What confines the worker is the interpreter inside; this second border is for the day when that
 * has a hole.
 */
const FLAGS = [
  '--permission',
  `--max-old-space-size=${HEAP_MB}`,
  '--disallow-code-generation-from-strings',
  '--no-addons',
  '--no-warnings',
];

/** With a Node process: for an engine that runs in Node itself. */
export function nodeSandbox({ program, readable }: SandboxFile, killAfterMs = KILL_AFTER_MS): RunSandbox {
  return (job, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const child = spawn(
        process.execPath,
        [...FLAGS, `--allow-fs-read=${fileURLToPath(readable)}`, fileURLToPath(program)],
        { env: bareEnvironment(), stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true },
      );
      const end = (settle: () => void) => {
        clearTimeout(patience);
        signal.removeEventListener('abort', leave);
        child.kill('SIGKILL');
        settle();
      };
      const leave = () => {
        end(() => {
          reject(signal.reason as Error);
        });
      };
      const patience = setTimeout(() => {
        end(() => {
          resolve({ kind: 'time' });
        });
      }, killAfterMs);
      signal.addEventListener('abort', leave, { once: true });
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        if (text.length > MAX_ANSWER) {
          end(() => {
            resolve({ kind: 'output' });
          });
        }
      });
      child.once('error', (error) => {
        end(() => {
          reject(error);
        });
      });
      child.once('close', (code) => {
        end(() => {
          resolve(code === 0 && text !== '' ? { kind: 'answer', text } : { kind: 'crash' });
        });
      });
      // One that has already ended accepts no job; `close` reports that.
      child.stdin.on('error', () => undefined);
      child.stdin.end(job);
    });
}

/** With Electron: an installed app cannot be started as Node with flags, see docs/decisions/worker-check.md. */
export function hostSandbox({ desktop }: Host): RunSandbox {
  return async (job, signal) => {
    const { answer, ended } = await desktop.runSandbox({ job }, { signal });
    return ended === 'answer' ? { kind: 'answer', text: answer } : { kind: ended };
  };
}

/** Without the first variable, Windows starts nothing. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? {} : { SystemRoot };
}
