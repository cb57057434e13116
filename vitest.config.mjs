import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { flagsForThreads } from './build/setup/v8-flags.mjs';

const ALWAYS = {
  allowOnly: false,
  restoreMocks: true,
  // A wait for something that will come: long enough for a machine that has much else to do. The wait ends as soon as it comes.
  expect: { poll: { timeout: 60_000, interval: 50 } },
  // Only what hangs is ended: no test is about how fast something is.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  // Tests start and end many threads; what the flag switches off guards against attacks that no test makes.
  execArgv: flagsForThreads(),
};

/** Suites that start the engine's threads and programs. */
const ON_ENGINE = { globalSetup: 'build/checks/engine-for-tests.mjs' };

/** All processors, although vitest would keep one for itself: one of two is too much to give up, and much of this time is spent waiting. */
const ALL_WORKERS = { maxWorkers: availableParallelism() };

/**
 * Tests that use only browsers, and not the app: these may run beside those of the app. Within each of the two, one file runs after
 * another.
 */
const BROWSERS_ALONE = [
  'test/e2e/{renderer,renderer-keyboard,renderer-dialogs,renderer-texts,lists,high-contrast,accessibility,screen-states*,subscribe-page-*,kit-*,service-worker-*,push-service-firefox}.e2e.test.ts',
  'test/e2e/support/*.test.ts',
];
const E2E = { ...ALWAYS, fileParallelism: false };

/**
 * The suites: `unit` is beside the code, `components` beside the components, on a jsdom page; `integration` and the two `e2e` suites cross
 * borders and start real programs.
 * `screenshots` checks nothing: it makes the pictures for the docs.
 */
export default defineConfig({
  test: {
    slowTestThreshold: 5_000,
    // Suites run side by side; none of them may read what another is just writing.
    cache: false,
    projects: [
      {
        test: {
          ...ALWAYS,
          ...ON_ENGINE,
          name: 'unit',
          setupFiles: ['build/checks/endless-tests.mjs'],
          include: ['{electron,renderer,web-demo,build}/**/*.test.{ts,mjs}'],
          exclude: ['**/fixtures/**'],
          ...ALL_WORKERS,
          // All files of a worker share its modules: loading them anew for each file takes longer than the tests themselves. What a helper
          // opens it closes by `onTestFinished`; a hook at the top of a helper would belong to the first file alone.
          isolate: false,
        },
      },
      {
        test: {
          ...ALWAYS,
          name: 'components',
          include: ['renderer/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: [
            'build/checks/endless-tests.mjs',
            'renderer/testing/no-owner-stacks.ts',
            'renderer/testing/set-up.ts',
            'renderer/testing/plain-styles.ts',
            'renderer/testing/no-complaints.ts',
          ],
          ...ALL_WORKERS,
          // As above: React and Mantine are loaded once for each worker.
          isolate: false,
        },
      },
      {
        test: {
          ...ALWAYS,
          ...ON_ENGINE,
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{e2e,screenshots}/**'],
          ...ALL_WORKERS,
        },
      },
      { test: { ...E2E, name: 'e2e', include: ['test/e2e/**/*.test.ts'], exclude: BROWSERS_ALONE } },
      {
        test: {
          ...E2E,
          name: 'e2e-browsers',
          include: BROWSERS_ALONE,
          globalSetup: 'test/e2e/support/build-preview.ts',
        },
      },
      {
        test: {
          ...ALWAYS,
          name: 'screenshots',
          include: ['test/screenshots/**/*.test.ts'],
        },
      },
    ],
  },
});
