import { toolEnv } from '../setup/node.mjs';
import { run, runInForeground } from '../setup/run.mjs';
import { binOf } from './bin.mjs';

/** How much of a failed program's output is repeated at the end. */
const REPEATED_LINES = 40;

/**
 * Runs a tool that is one check: it passes when it exits with 0, and itself says what is wrong. Its output is collected, and its priority
 * low, so that it may run beside others.
 * @param {string} name of a program in `node_modules/.bin`
 * @param {readonly string[]} args
 * @returns {Promise<import('./steps.mjs').Outcome>}
 */
export function runQuietly(name, args) {
  return runNodeQuietly([binOf(name), ...args]);
}

/**
 * Runs a script of our own that is one check, as above.
 * @param {readonly string[]} args its file, then its arguments
 * @returns {Promise<import('./steps.mjs').Outcome>}
 */
export async function runNodeQuietly(args) {
  const { ok, output } = await run(process.execPath, args, { env: toolEnv(), low: true });
  return { ...countOf(ok), output, failures: ok ? [] : [lastLines(output)] };
}

/**
 * Runs a tool in the foreground.
 * @param {string} name of a program in `node_modules/.bin`
 * @param {readonly string[]} args
 * @returns {Promise<import('./steps.mjs').Outcome>}
 */
export function runProgram(name, args) {
  return runNode([binOf(name), ...args]);
}

/**
 * Runs a script of our own in the foreground.
 * @param {readonly string[]} args its file, then its arguments
 * @returns {Promise<import('./steps.mjs').Outcome>}
 */
export async function runNode(args) {
  const code = await runInForeground(process.execPath, args, { env: toolEnv() });
  return {
    ...countOf(code === 0),
    failures: code === 0 ? [] : [`It ended with ${code}; what it said is above.`],
  };
}

/** @param {boolean} ok */
function countOf(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** @param {string} output */
function lastLines(output) {
  const lines = output.trimEnd().split('\n');
  const left = lines.length - REPEATED_LINES;
  return left > 0 ? [`(${left} lines more above)`, ...lines.slice(left)].join('\n') : lines.join('\n');
}
