import { describe, expect, it } from 'vitest';
import { createRequestLog, shownPath } from './request-log.ts';

const entry = (path: string) => ({ at: 1, method: 'GET', path, status: 200, durationMs: 1, note: null });

describe('createRequestLog', () => {
  it('keeps the newest first and forgets the oldest', () => {
    const requests = createRequestLog(3);
    for (const path of ['/1', '/2', '/3', '/4']) requests.add(entry(path));
    expect(requests.list().map(({ id, path }) => [id, path])).toEqual([
      [4, '/4'],
      [3, '/3'],
      [2, '/2'],
    ]);
  });

  it('gives a copy away', () => {
    const requests = createRequestLog();
    requests.add(entry('/'));
    requests.list().pop();
    expect(requests.list()).toHaveLength(1);
  });
});

describe('shownPath', () => {
  it.each([
    ['/config.json?token=secret', '/config.json'],
    ['/a#b?c', '/a'],
    ['?token=secret', ''],
    ['/plain', '/plain'],
  ])('%s → %s', (target, shown) => {
    expect(shownPath(target)).toBe(shown);
  });

  it('shortens an endless path', () => {
    expect(shownPath(`/${'a'.repeat(9_000)}`)).toHaveLength(200);
  });
});
