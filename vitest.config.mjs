import { defineConfig } from 'vitest/config';

const ALWAYS = { allowOnly: false, restoreMocks: true };

/** Three suites: `unit` stands beside the code, `integration` and `e2e` cross borders and start real programs. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...ALWAYS,
          name: 'unit',
          include: ['{electron,renderer,web-demo,build}/**/*.test.{ts,tsx,mjs}'],
          exclude: ['**/fixtures/**'],
          testTimeout: 15_000,
        },
      },
      {
        test: {
          ...ALWAYS,
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
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
          expect: { poll: { timeout: 15_000, interval: 50 } },
        },
      },
    ],
  },
});
