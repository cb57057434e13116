import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

/**
 * Runs a program and collects what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{env?: NodeJS.ProcessEnv, cwd?: string, timeoutMs?: number, signal?: AbortSignal, shell?: boolean}} [options]
 * @returns {Promise<{ok: boolean, output: string, timedOut: boolean}>} never rejects: a program that cannot be
 *   started is a failure whose output says why
 */
export function run(command, args, { env = process.env, cwd = ROOT, timeoutMs, signal, shell = false } = {}) {
  return new Promise((resolve) => {
    const limits = signal ? [signal] : [];
    if (timeoutMs) limits.push(AbortSignal.timeout(timeoutMs));
    const child = spawn(command, args, {
      env,
      cwd,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: limits.length > 0 ? AbortSignal.any(limits) : undefined,
      killSignal: 'SIGKILL',
    });
    const chunks = [];
    let failure = '';
    let timedOut = false;
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => {
      timedOut ||= error.name === 'AbortError';
      failure = error.message;
    });
    child.on('close', (code) => {
      const output = Buffer.concat(chunks).toString('utf8') + failure;
      resolve({ ok: code === 0 && !failure, output, timedOut });
    });
  });
}

/**
 * Runs a program in the foreground, as if it had been started by hand: it has the terminal, it gets our signals.
 * @returns {Promise<number>} the exit code; 128 and the signal's number where a signal ended it
 */
export function runInForeground(command, args, { env = process.env, cwd = ROOT } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: 'inherit' });
    const stopForwarding = forwardSignals(child);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      stopForwarding();
      resolve(exitCode(code, signal));
    });
  });
}

const LOOK_FOR_PARENT_EVERY = 500;

/**
 * Lets a child end when we are asked to end: by a signal, or by our parent's death. (npm runs us through a shell, and
 * a signal to npm ends that shell without reaching us.) Ctrl+C in a terminal reaches the child by itself, so it is only
 * kept from ending us before the child has ended.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} stops it
 */
export function forwardSignals(child) {
  const forward = (signal) => {
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);

  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, LOOK_FOR_PARENT_EVERY);

  return () => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, forward);
  };
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

/** What a shell would report for a child that ended this way. */
export function exitCode(code, signal) {
  return code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 0);
}

/** The full path of a program on the PATH, or undefined. */
export function findProgram(names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  for (const name of names) {
    for (const folder of folders) {
      const file = path.join(folder, name);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

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
  return process.getuid?.() === 0;
}

/** The last line of a program's output that says something, shortened: for error sentences. */
export function lastWords(output, pattern = /\S/) {
  const lines = output.split('\n').filter((line) => pattern.test(line));
  return (lines.at(-1) ?? 'it printed nothing').trim().slice(0, 300);
}
