import { spawn } from 'node:child_process';
import { accessSync, constants, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exitCode, onAskedToEnd, passSignalOn } from './endings.mjs';
import { ROOT } from './paths.mjs';

/** Programs now in the foreground. When we are asked to end, we wait for them. */
let inForeground = 0;

/**
 * Runs a program and collects what it prints. It may run beside others, and beside one in the foreground.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{env?: NodeJS.ProcessEnv, cwd?: string, timeoutMs?: number, signal?: AbortSignal, shell?: boolean, low?: boolean}} [options]
 *   `low`: it uses only what others leave of the processors
 * @returns {Promise<{ok: boolean, output: string, timedOut: boolean}>} never rejects: a program that cannot be
 *   started is a failure whose output says why
 */
export function run(command, args, options = {}) {
  const { env = process.env, cwd = ROOT, timeoutMs, signal, shell = false, low = false } = options;
  return new Promise((resolve) => {
    let asked = false;
    // Before it starts: otherwise a signal in between would leave it running.
    const stopWatching = onAskedToEnd((reason) => {
      asked = true;
      endGroup(child);
      // Others that run beside it are told first.
      if (inForeground === 0) setImmediate(() => process.exit(exitCode(null, reason)));
    });
    const child = spawn(command, args, {
      env,
      cwd,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: GROUPS,
    });
    if (low) lowerPriority(child);
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => chunks.push(Buffer.from(error.message)));
    let timedOut = false;
    const onLimit = () => {
      timedOut = true;
      endGroup(child);
    };
    const timer = timeoutMs ? setTimeout(onLimit, timeoutMs) : undefined;
    if (signal) signal.addEventListener('abort', onLimit);
    child.on('close', (code) => {
      clearTimeout(timer);
      if (signal) signal.removeEventListener('abort', onLimit);
      stopWatching();
      // Nothing more may begin.
      if (asked) return;
      resolve({ ok: code === 0, output: Buffer.concat(chunks).toString('utf8'), timedOut });
    });
  });
}

/** A program that starts others (npm, make) is ended with all of them: so it leads a separate process group. */
const GROUPS = process.platform !== 'win32';

/** @param {import('node:child_process').ChildProcess} child */
function endGroup(child) {
  if (!GROUPS || !child.pid) {
    child.kill();
    return;
  }
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch (error) {
    const alreadyEnded = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!alreadyEnded) throw error;
  }
}

/**
 * On the scale of `nice`. About a third of what others get when they want everything: enough for programs that wait for real time to pass.
 */
export const LOW_PRIORITY = 5;

/**
 * What the program starts later inherits it. Linux may share its processors among sessions first, and the program leads one.
 * @param {import('node:child_process').ChildProcess} child
 */
function lowerPriority({ pid }) {
  if (!pid) return;
  // A process whose priority is already low keeps it.
  const low = Math.max(os.getPriority(), LOW_PRIORITY);
  try {
    os.setPriority(pid, low);
    if (process.platform === 'linux') writeFileSync(`/proc/${pid}/autogroup`, String(low));
  } catch {
    // It has already ended, or this machine allows no change of priority: then it gets its share like all others.
  }
}

/**
 * Runs a program in the foreground, as if it had been started by hand: it has the terminal, it gets our signals. If we are asked to end
 * meanwhile, we do so right after it.
 * @returns {Promise<number>} the exit code; 128 and the signal's number where a signal ended it
 * @param {string} command
 * @param {readonly string[]} args
 */
export function runInForeground(command, args, { env = process.env, cwd = ROOT } = {}) {
  return new Promise((resolve, reject) => {
    let asked = false;
    // Before it starts: otherwise a signal in between would leave it running.
    const stopWatching = onAskedToEnd((signal) => {
      asked = true;
      passSignalOn(child, signal);
    });
    const child = spawn(command, args, { env, cwd, stdio: 'inherit' });
    inForeground += 1;
    child.on('error', reject);
    child.on('close', (code, signal) => {
      inForeground -= 1;
      stopWatching();
      if (asked) process.exit(exitCode(code, signal));
      resolve(exitCode(code, signal));
    });
  });
}

/**
 * The full path of a program on the PATH, or undefined.
 * @param {string[]} names or full paths
 */
export function findProgram(names) {
  const folders = (process.env['PATH'] || '').split(path.delimiter);
  for (const name of names) {
    for (const folder of folders) {
      const file = path.resolve(folder, name);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether this process may do everything on this machine. */
export function isRoot() {
  return process.getuid !== undefined && process.getuid() === 0;
}

/**
 * The last line of a program's output that says something, shortened: for error sentences.
 * @param {string} output
 */
export function lastWords(output, pattern = /\S/) {
  const lines = output.split('\n').filter((line) => pattern.test(line));
  return (lines.pop() || 'it printed nothing').trim().slice(0, 300);
}
