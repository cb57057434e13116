import { afterEach, beforeEach, expect, vi, type MockInstance } from 'vitest';

/** React and Mantine say what is wrong with a component on the console, and only in their development builds, which these tests run. */
let consoleCalls: MockInstance[] = [];
beforeEach(() => {
  consoleCalls = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];
});
afterEach(() => {
  expect(consoleCalls.flatMap(({ mock }) => mock.calls.map((call) => call.map(String).join(' ')))).toEqual(
    [],
  );
});
