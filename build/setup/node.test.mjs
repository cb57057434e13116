import { describe, expect, it } from 'vitest';
import { isCurrent, toolEnv } from './node.mjs';

describe('whether a Node is new enough', () => {
  it.each(['v22.18.0', 'v22.21.1', 'v24.0.0', 'v26.1.0', 'v27.0.0'])('takes %s', (version) => {
    expect(isCurrent(version)).toBe(true);
  });
  it.each(['v20.19.0', 'v20.20.2', 'v22.17.1', 'v23.11.0', 'v25.1.0'])('does not take %s', (version) => {
    expect(isCurrent(version)).toBe(false);
  });
});

describe('the environment for children', () => {
  it('finds the given Node before any other', () => {
    const env = toolEnv('/somewhere/bin/node');
    const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH');
    expect(env[key].startsWith('/somewhere/bin')).toBe(true);
  });
});
