import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { toolEnv } from '../setup/node.mjs';
import { ROOT } from '../setup/paths.mjs';
import { runInForeground } from '../setup/run.mjs';
import { binOf } from './bin.mjs';

/**
 * Runs one of the suites of `vitest.config.mjs`.
 * @param {string} project
 * @returns {Promise<import('./steps.mjs').Count>}
 */
export async function runSuite(project) {
  const report = path.join(ROOT, 'test-results', `${project}.json`);
  rmSync(report, { force: true });
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await runInForeground(process.execPath, [binOf('vitest'), ...args], { env: toolEnv() });
  return count(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined, code);
}

/**
 * Counts a report of vitest. What its numbers do not show (a file that does not load, an error outside any test, no
 * test at all) shows in the exit code, and counts as one failure.
 * @param {object | undefined} report in the form of vitest's `json` reporter; undefined where there is none
 * @param {number} code the exit code of vitest
 * @returns {import('./steps.mjs').Count}
 */
export function count(report, code) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests } = report;
  const hidden = failed === 0 && (code !== 0 || passed === 0) ? 1 : 0;
  return { passed, failed: failed + hidden, skipped: numPendingTests + numTodoTests };
}
