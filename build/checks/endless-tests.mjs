import path from 'node:path';
import { setInterval } from 'node:timers';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { beforeEach, expect } from 'vitest';

/**
 * A set-up file for vitest. Vitest's own limit ends only a test that waits: one that never gives its thread back, such as a loop without an
 * end, would keep the run from ending. So a thread watches each process that runs tests: see endless-watch.mjs.
 */

/** A property that fails is made smaller until then. Shorter than the limit of a test, so that it tells what it has found. */
const PROPERTY_LIMIT_MS = 150_000;
const ALIVE_EVERY_MS = 1000;
/** One for all files of a process. */
const WATCH = Symbol.for('pushdesk.endless-watch');

fc.configureGlobal({ interruptAfterTimeLimit: PROPERTY_LIMIT_MS, markInterruptAsFailure: true });

/** @type {Worker} */
const watch = Reflect.get(globalThis, WATCH) ?? startWatch();
beforeEach(() => {
  const { testPath = '', currentTestName = '' } = expect.getState();
  watch.postMessage(`${testPath} > ${currentTestName}`);
});

function startWatch() {
  const thread = new Worker(path.join(import.meta.dirname, 'endless-watch.mjs'), { execArgv: [] });
  thread.unref();
  // Before any test replaces the clock.
  setInterval(() => {
    thread.postMessage('');
  }, ALIVE_EVERY_MS).unref();
  Reflect.set(globalThis, WATCH, thread);
  return thread;
}
