import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Problem } from '../../../contract/problem.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { createHealth, type HealthOptions } from './health.ts';

const problem = (code: string): Problem => ({ code, cause: 'A cause.', cure: 'A cure.' });

function healthOf(change: Partial<HealthOptions> = {}) {
  const file = path.join(tempFolder(), 'pushdesk.db');
  writeFileSync(file, '');
  return createHealth({ file, storeProblem: () => null, keys: { list: () => [] }, ...change })();
}

const pair = (inUse: boolean, privateHalf: 'ready' | 'locked') => ({ inUse, privateHalf });

it('has nothing to say where all is well, with and without a key pair', () => {
  expect(healthOf()).toEqual([]);
  expect(healthOf({ keys: { list: () => [pair(true, 'ready'), pair(false, 'locked')] } })).toEqual([]);
});

it.each<[string, Partial<HealthOptions>, string[]]>([
  ['the store is full', { storeProblem: () => problem('disk-full') }, ['disk-full']],
  ['the disk is nearly full', { freeBytes: () => 1e6 }, ['disk-full']],
  ['the store is locked', { storeProblem: () => problem('store-locked') }, ['store-not-writable']],
  ['the store is gone', { file: path.join(tmpdir(), 'nowhere', 'pushdesk.db') }, ['store-not-writable']],
  ['the key in use is locked', { keys: { list: () => [pair(true, 'locked')] } }, ['keys-locked']],
])('says in a word that %s', (_what, change, expected) => {
  expect(healthOf(change)).toEqual(expected);
});
