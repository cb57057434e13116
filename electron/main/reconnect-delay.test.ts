import { expect, it } from 'vitest';
import { createReconnectDelay } from './reconnect-delay.ts';

it('gives a new port at once, and later to a window that keeps losing them', () => {
  let now = 0;
  const delay = createReconnectDelay(() => now);
  for (let loss = 0; loss < 20; loss += 1) expect(delay()).toBe(0);
  for (let loss = 0; loss < 1000; loss += 1) expect(delay()).toBe(3_000);
  now = 60_000;
  expect(delay()).toBe(0);
});
