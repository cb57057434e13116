import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const PARENT = process.ppid;
const LOOK_FOR_PARENT_EVERY = 500;

/**
 * Calls back when this process is asked to end: by a signal, or by its parent's death. (npm runs us through a shell, and
 * a signal to npm ends that shell without reaching us.)
 * @param {(signal: NodeJS.Signals) => void} end
 * @returns {() => void} stops it
 */
export function onAskedToEnd(end) {
  for (const signal of SIGNALS) process.on(signal, end);
  const watch = setInterval(() => {
    if (process.ppid === PARENT) return;
    clearInterval(watch);
    end('SIGTERM');
  }, LOOK_FOR_PARENT_EVERY);

  return () => {
    clearInterval(watch);
    for (const signal of SIGNALS) process.off(signal, end);
  };
}

/**
 * Asks a child to end in the way that we were asked. Ctrl+C in a terminal has already reached it.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function passSignalOn(child, signal) {
  if (signal === 'SIGINT' && process.stdin.isTTY) return;
  child.kill(signal);
}

/**
 * What a shell would report for a child that ended this way.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCode(code, signal) {
  return code === null ? 128 + ((signal && constants.signals[signal]) || 0) : code;
}
