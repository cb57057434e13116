import { defineConfig } from 'vitest/config';

const ALWAYS = {
  allowOnly: false,
  restoreMocks: true,
  // A wait for something that will come: long enough for a machine that has much else to do. What comes ends the wait.
  expect: { poll: { timeout: 30_000, interval: 50 } },
  hookTimeout: 60_000,
  // On processors with protection keys V8 can lose track of its code pages while threads come and go, and then ends the whole process
  // ("Check failed: jit_page.has_value()"). Tests start and end many threads; the keys guard against attacks that no test makes.
  execArgv: ['--no-memory-protection-keys'],
};

/**
 * Three suites: `unit` stands beside the code, `integration` and `e2e` cross borders and start real programs.
 * `screenshots` checks nothing: it makes the pictures of the docs.
 */
export default defineConfig({
  test: {
    slowTestThreshold: 5_000,
    projects: [
      {
        test: {
          ...ALWAYS,
          name: 'unit',
          include: ['{electron,renderer,web-demo,build}/**/*.test.{ts,tsx,mjs}'],
          exclude: ['**/fixtures/**'],
          testTimeout: 60_000,
          // All files of a worker share its modules: loading them anew for each file takes longer than the tests themselves. What a helper
          // opens it closes by `onTestFinished`; a hook at the top of a helper would belong to the first file alone.
          isolate: false,
        },
      },
      {
        test: {
          ...ALWAYS,
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{e2e,screenshots}/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...ALWAYS,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...ALWAYS,
          name: 'screenshots',
          include: ['test/screenshots/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
