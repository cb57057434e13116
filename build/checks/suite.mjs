import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { toolEnv } from '../setup/node.mjs';
import { ROOT } from '../setup/paths.mjs';
import { viteMisreads } from '../setup/plain-folder.mjs';
import { run, runInForeground } from '../setup/run.mjs';
import { binOf } from './bin.mjs';
import { ENDLESS_FILE } from './endless-watch.mjs';
import { ERRORS_FILE } from './errors-outside-tests.mjs';
import { failuresOf } from './failures.mjs';

/**
 * Node's compile cache. The tests of components load the same packages in each run; those that start the engine have a cache of their own
 * (engine-for-tests.mjs). Not for end-to-end tests: there the app starts as it does for people.
 */
const COMPILED = path.join(ROOT, 'node_modules', '.cache', 'compiled');

/**
 * Runs one of the suites of `vitest.config.mjs`.
 * @param {string} project
 * @param {{quiet?: boolean, low?: boolean}} [options] `quiet`: its output is collected, so that it may run beside others; `low`: it also
 * leaves the processors to those
 * @returns {Promise<import('./steps.mjs').Outcome>}
 */
export async function runSuite(project, { quiet = false, low = false } = {}) {
  if (viteMisreads(ROOT))
    return refused(`Vitest finds no file in a folder whose path holds # or ?: move ${ROOT}.`);
  const file = path.join(ROOT, 'test-results', `${project}.json`);
  const errorsFile = path.join(ROOT, 'test-results', `${project}-errors.json`);
  const endlessFile = path.join(ROOT, 'test-results', `${project}-endless.jsonl`);
  for (const old of [file, errorsFile, endlessFile]) rmSync(old, { force: true });
  mkdirSync(path.dirname(file), { recursive: true });
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--reporter=${path.join(import.meta.dirname, 'errors-outside-tests.mjs')}`,
    `--reporter=${path.join(import.meta.dirname, 'silent-runs.mjs')}`,
    `--outputFile.json=${file}`,
  ];
  const compiled = project === 'components' ? { NODE_COMPILE_CACHE: COMPILED } : {};
  const env = { ...toolEnv(), ...compiled, [ERRORS_FILE]: errorsFile, [ENDLESS_FILE]: endlessFile };
  const { code, output } = await runVitest(args, { quiet, low, env });
  const report = readJson(file);
  const counted = count(report, code);
  const failures = [
    ...(report === undefined ? [] : failuresOf(report)),
    ...readLines(endlessFile),
    ...(readJson(errorsFile) ?? []),
  ];
  const unexplained = counted.failed > 0 && failures.length === 0;
  return {
    ...counted,
    output,
    failures: unexplained ? [`vitest ended with ${code}; the reason is above.`] : failures,
  };
}

/** @param {string} file */
function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** @param {string} file a value of JSON on each line */
function readLines(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** @param {string} reason */
function refused(reason) {
  return { passed: 0, failed: 1, skipped: 0, output: reason, failures: [reason] };
}

/**
 * @param {string[]} args
 * @param {{quiet: boolean, low: boolean, env: NodeJS.ProcessEnv}} options
 */
async function runVitest(args, { quiet, low, env }) {
  const all = [binOf('vitest'), ...args];
  if (!quiet) return { code: await runInForeground(process.execPath, all, { env }), output: '' };
  const { ok, output } = await run(process.execPath, all, { env, low });
  return { code: ok ? 0 : 1, output };
}

/**
 * @typedef {{numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number}} Totals
 *
 * Counts a report of vitest. What its numbers do not show (a file that does not load, an error outside any test, no
 * test at all) shows in the exit code, and counts as one failure.
 * @param {Totals | undefined} report in the form of vitest's `json` reporter; undefined where there is none
 * @param {number} code the exit code of vitest
 * @returns {import('./steps.mjs').Count}
 */
export function count(report, code) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests } = report;
  const hidden = failed === 0 && (code !== 0 || passed === 0) ? 1 : 0;
  return { passed, failed: failed + hidden, skipped: numPendingTests + numTodoTests };
}
