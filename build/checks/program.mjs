import { toolEnv } from '../setup/node.mjs';
import { runInForeground } from '../setup/run.mjs';
import { binOf } from './bin.mjs';

/**
 * Runs a tool that is one check: it passes when it exits with 0, and says by itself what it does not like.
 * @param {string} name of a program in `node_modules/.bin`
 * @param {readonly string[]} args
 * @returns {Promise<import('./steps.mjs').Count>}
 */
export function runProgram(name, args) {
  return runNode([binOf(name), ...args]);
}

/**
 * The same for a script of our own.
 * @param {readonly string[]} args its file, then its arguments
 * @returns {Promise<import('./steps.mjs').Count>}
 */
export async function runNode(args) {
  const code = await runInForeground(process.execPath, args, { env: toolEnv() });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}
