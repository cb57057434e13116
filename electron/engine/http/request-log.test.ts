import { describe, expect, it } from 'vitest';
import { createRequestLog, shownPath, type Served } from './request-log.ts';

const entry = (path: string, more: Partial<Served> = {}): Served => ({
  at: 1,
  method: 'GET',
  path,
  status: 200,
  durationMs: 1,
  note: null,
  refusal: null,
  ...more,
});
const refused = (path: string, at = 1) =>
  entry(path, { at, status: 403, note: 'No.', refusal: 'foreign-page' });

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

  it('folds repeats into one row that comes first again, with how many and from when to when', () => {
    const requests = createRequestLog();
    for (let at = 1; at <= 620; at += 1) requests.add(entry('/config.json', { at, durationMs: at }));
    requests.add(entry('/sw.js', { at: 621 }));
    requests.add(entry('/config.json', { at: 622, durationMs: 3 }));
    expect(requests.list()).toEqual([
      expect.objectContaining({
        id: 1,
        path: '/config.json',
        count: 621,
        firstAt: 1,
        at: 622,
        durationMs: 3,
      }),
      expect.objectContaining({ id: 2, path: '/sw.js', count: 1, firstAt: 621, at: 621 }),
    ]);
  });

  it('begins a new row after a minute of quiet', () => {
    const requests = createRequestLog();
    for (const at of [0, 60_000, 120_001, 120_002]) requests.add(entry('/', { at }));
    expect(requests.list().map(({ id, firstAt, at, count }) => [id, firstAt, at, count])).toEqual([
      [2, 120_001, 120_002, 2],
      [1, 0, 60_000, 2],
    ]);
  });

  it.each([
    ['method', { method: 'HEAD' }],
    ['status', { status: 304 }],
    ['meaning', { note: 'New subscription' }],
  ])('tells requests apart by their %s', (_what, more) => {
    const requests = createRequestLog();
    requests.add(entry('/'));
    requests.add(entry('/', more));
    expect(requests.list()).toHaveLength(2);
  });

  it('is not flushed by refusals of paths that somebody makes up', () => {
    const requests = createRequestLog(3);
    requests.add(entry('/'));
    for (let index = 0; index < 1_000; index += 1) requests.add(refused(`/${index}`, index));
    expect(requests.list().map(({ path, count, hasOtherPaths }) => [path, count, hasOtherPaths])).toEqual([
      ['/999', 1_000, true],
      ['/', 1, false],
    ]);
  });

  it('says that all of them asked for one path where they did', () => {
    const requests = createRequestLog();
    requests.add(refused('/a'));
    requests.add(refused('/a'));
    expect(requests.list()).toEqual([
      expect.objectContaining({ path: '/a', count: 2, hasOtherPaths: false }),
    ]);
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
