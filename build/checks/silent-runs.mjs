import { writeFileSync } from 'node:fs';
import { ERRORS_FILE } from './errors-outside-tests.mjs';

/** No test may be silent for so long, also on a machine that has much else to do. */
const LIMIT_MS = 1_200_000;

/**
 * A reporter for vitest that ends a run in which nothing happens any more, such as one that waits for a process that a test left behind,
 * and says which files had not ended.
 */
export default class SilentRuns {
  /** @type {Set<string>} */
  #running = new Set();
  /** @type {NodeJS.Timeout | undefined} */
  #patience;
  #options;

  /** @param {{limitMs?: number, end?: () => void}} [options] `end`: of the run, at once */
  constructor({ limitMs = LIMIT_MS, end = () => process.kill(process.pid, 'SIGKILL') } = {}) {
    this.#options = { limitMs, end };
  }

  onTestRunStart() {
    this.#goesOn();
  }

  /** @param {{moduleId: string}} module */
  onTestModuleStart({ moduleId }) {
    this.#running.add(moduleId);
    this.#goesOn();
  }

  onTestCaseResult() {
    this.#goesOn();
  }

  /** @param {{moduleId: string}} module */
  onTestModuleEnd({ moduleId }) {
    this.#running.delete(moduleId);
    this.#goesOn();
  }

  #goesOn() {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      this.#giveUp();
    }, this.#options.limitMs);
    this.#patience.unref();
  }

  #giveUp() {
    const minutes = Math.round(this.#options.limitMs / 60_000);
    const files = [...this.#running];
    const what =
      files.length === 0
        ? 'All of its files had ended: a test may have left a process behind that holds the output open.'
        : `These had not ended: ${files.join(', ')}`;
    const text = `Nothing happened for ${minutes} minutes, so the run was ended. ${what}`;
    console.error(text);
    const file = process.env[ERRORS_FILE];
    if (file !== undefined) writeFileSync(file, JSON.stringify([text]));
    this.#options.end();
  }
}
