import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { storeProblemOf } from './store-problem.ts';

const file = '/data/pushdesk.db';

it.each([
  ['SQLITE_BUSY', 'store-locked'],
  ['SQLITE_BUSY_SNAPSHOT', 'store-locked'],
  ['SQLITE_LOCKED', 'store-locked'],
  ['SQLITE_CORRUPT', 'store-damaged'],
  ['SQLITE_CORRUPT_VTAB', 'store-damaged'],
  ['SQLITE_NOTADB', 'store-damaged'],
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_READONLY', 'store-not-writable'],
  ['SQLITE_CANTOPEN_ISDIR', 'store-not-writable'],
  ['SQLITE_PERM', 'store-not-writable'],
  ['SQLITE_IOERR_WRITE', 'disk-failed'],
])('%s is told as %s', (code, expected) => {
  const problem = storeProblemOf(new Database.SqliteError('raw text of SQLite', code), file);
  expect(problem?.code).toBe(expected);
  expect(problem?.cause).not.toContain('raw text');
  expect(problem?.cure).not.toBe('');
});

it.each(['ENOSPC', 'EDQUOT'])('%s at a file beside the store is a full disk as well', (code) => {
  const error = Object.assign(new Error('raw text of the system'), { code });
  expect(storeProblemOf(error, file)?.code).toBe('disk-full');
});

it.each([
  new Database.SqliteError('UNIQUE constraint failed', 'SQLITE_CONSTRAINT_UNIQUE'),
  new Error('SQLITE_BUSY'),
  'SQLITE_BUSY',
  null,
])('anything else is a defect: %s', (error) => {
  expect(storeProblemOf(error, file)).toBeNull();
});
