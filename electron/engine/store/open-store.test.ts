import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../contract/problem.ts';
import { capturedLog } from '../testing/captured-log.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { KEPT_BACKUPS } from './backup.ts';
import type { Migration } from './migrations/migration.ts';
import { openStore, type OpenStoreOptions } from './open-store.ts';

const first: Migration = {
  version: 10,
  name: 'first',
  sql: `CREATE TABLE bells (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)`,
};
const second: Migration = {
  version: 20,
  name: 'second',
  sql: "ALTER TABLE bells ADD COLUMN tone TEXT DEFAULT 'a'",
};
const third: Migration = { version: 30, name: 'third', sql: 'UPDATE bells SET tone = upper(tone)' };

function setting(folder = tempFolder()) {
  const clock = fakeClock();
  const captured = capturedLog();
  const file = path.join(folder, 'pushdesk.db');
  const open = (more: Partial<OpenStoreOptions> = {}) =>
    openStore({ file, clock, log: captured.log, busyTimeoutMs: 0, ...more });
  const backups = () =>
    existsSync(path.join(folder, 'backups')) ? readdirSync(path.join(folder, 'backups')).sort() : [];
  return { folder, clock, captured, file, open, backups };
}

function refusalOf(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('a new file', () => {
  it('is made with its folder, durable and with foreign keys on', () => {
    const { file, backups, open } = setting(path.join(tempFolder(), 'deep', 'data'));
    const store = open();
    const pragma = (name: string) =>
      store.db.read<object, Record<string, unknown>>(`SELECT * FROM pragma_${name}`).get({});
    expect(store.schemaVersion).toBeGreaterThanOrEqual(10);
    expect(pragma('journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(pragma('synchronous')).toEqual({ synchronous: 2 });
    expect(pragma('foreign_keys')).toEqual({ foreign_keys: 1 });
    store.close();
    store.close();
    expect(existsSync(file)).toBe(true);
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(backups()).toEqual([]);
  });

  it('takes one line of the log, and each step of an older one a line of its own', () => {
    const { open, captured } = setting();
    const told = () => captured.lines().map(({ msg, version }) => [msg, version]);
    open({ migrations: [first, second] }).close();
    expect(told()).toEqual([['made a new store', 20]]);
    open({ migrations: [first, second, third] }).close();
    expect(told()).toContainEqual(['migrated the store', 30]);
  });

  it('stays empty where a step fails, and is made by the next start', () => {
    const { file, open } = setting();
    const broken: Migration = { version: 20, name: 'broken', sql: 'SELECT nonsense' };
    expect(() => open({ migrations: [first, broken] })).toThrow(/nonsense/);
    const connection = new Database(file, { readonly: true });
    expect(connection.prepare('SELECT name FROM sqlite_schema').all()).toEqual([]);
    connection.close();
    const store = open({ migrations: [first, second] });
    expect(store.schemaVersion).toBe(20);
    store.close();
  });
});

describe('migrations', () => {
  it('run once each, in order, with a copy of the file before each that changes rows', () => {
    const { open, backups, folder, clock } = setting();
    open({ migrations: [first] }).close();
    const before = open({ migrations: [first] });
    before.db.write('INSERT INTO bells (name) VALUES (@name)').run({ name: 'Big Ben' });
    before.close();
    expect(backups()).toEqual([]);

    const after = open({ migrations: [first, second, third] });
    expect(after.schemaVersion).toBe(30);
    expect(after.db.read('SELECT id, name, tone FROM bells').all({})).toEqual([
      { id: 1, name: 'Big Ben', tone: 'A' },
    ]);
    after.close();
    open({ migrations: [first, second, third] }).close();

    const time = new Date(clock.now()).toISOString().replace(/[-:.]/g, '');
    expect(backups()).toEqual([`pushdesk-v10-${time}.db`, `pushdesk-v20-${time}.db`]);
    const copy = new Database(path.join(folder, 'backups', `pushdesk-v10-${time}.db`), { readonly: true });
    expect(copy.prepare('SELECT * FROM bells').all()).toEqual([{ id: 1, name: 'Big Ben' }]);
    copy.close();
    for (const name of backups())
      expect(statSync(path.join(folder, 'backups', name)).mode & 0o777).toBe(0o600);
  });

  it('leave the file at the step before when one fails, and a copy can be put in place', () => {
    const { open, backups } = setting();
    open({ migrations: [first] }).close();
    const broken: Migration = {
      version: 30,
      name: 'broken',
      sql: 'CREATE TABLE half (id INTEGER); SELECT nonsense',
    };
    expect(() => open({ migrations: [first, second, broken] })).toThrow(/nonsense/);
    expect(backups()).toHaveLength(2);
    const store = open({ migrations: [first, second] });
    expect(store.schemaVersion).toBe(20);
    expect(store.db.read("SELECT name FROM sqlite_schema WHERE name = 'half'").all({})).toEqual([]);
    store.close();
  });

  it('refuse to leave rows that point to nothing', () => {
    const { open } = setting();
    open({ migrations: [first] }).close();
    const orphan: Migration = {
      version: 20,
      name: 'orphan',
      sql: 'CREATE TABLE rings (bell INTEGER REFERENCES bells (id)); PRAGMA defer_foreign_keys = ON; INSERT INTO rings VALUES (7)',
    };
    expect(() => open({ migrations: [first, orphan] })).toThrow();
    open({ migrations: [first] }).close();
  });

  it('keep only the newest copies', () => {
    const { open, backups, clock } = setting();
    const steps: Migration[] = [first];
    open({ migrations: steps }).close();
    for (let step = 2; step < KEPT_BACKUPS + 4; step += 1) {
      clock.advance(1000);
      steps.push({ version: step * 10, name: `step ${step}`, sql: `CREATE TABLE t${step} (id INTEGER)` });
      open({ migrations: steps }).close();
    }
    const versions = backups().map((name) => Number(/v(\d+)/.exec(name)?.[1]));
    expect(versions.sort((a, b) => a - b)).toEqual([30, 40, 50, 60, 70]);
  });
});

describe('a file that cannot be used', () => {
  it('from the future is refused and not touched', () => {
    const { open, file, backups } = setting();
    open({ migrations: [first, second] }).close();
    const before = readFileSync(file);
    const refusal = refusalOf(() => open({ migrations: [first] }));
    expect(refusal.kind).toBe('UNAVAILABLE');
    expect(refusal.problem.code).toBe('store-from-the-future');
    expect(refusal.problem.cause).toContain('20');
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(backups()).toEqual([]);
  });

  it('of another program is refused and not touched', () => {
    const { open, file } = setting();
    const other = new Database(file);
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.close();
    const before = readFileSync(file);
    expect(refusalOf(() => open()).problem.code).toBe('store-of-another-program');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.each([
    ['plain text', Buffer.from('This is not a database, it is a shopping list. '.repeat(200))],
    [
      'a header with rubbish after it',
      Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8192, 0xa5)]),
    ],
  ])('damaged (%s) is refused with the cure and not touched', (_name, bytes) => {
    const { open, file } = setting();
    writeFileSync(file, bytes);
    const refusal = refusalOf(() => open());
    expect(refusal.problem.code).toBe('store-damaged');
    expect(refusal.problem.cure).toContain('backups');
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('whose pages were overwritten is refused', () => {
    const { open, file } = setting();
    open().close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, 100, 4096);
    writeFileSync(file, bytes);
    expect(refusalOf(() => open()).problem.code).toBe('store-damaged');
  });

  it('locked by another program is refused, and opens when that one is done', () => {
    const { open, file } = setting();
    open().close();
    const other = new Database(file);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    expect(refusalOf(() => open()).problem.code).toBe('store-locked');
    other.exec('ROLLBACK');
    other.close();
    open().close();
  });

  it('in a folder where another engine runs is refused', () => {
    const { open } = setting();
    const running = open();
    expect(refusalOf(() => open()).problem.code).toBe('folder-in-use');
    running.close();
    open().close();
  });

  it('beside a lock file that was written to is refused, and the cure spares the store', () => {
    const { open, folder } = setting();
    open().close();
    const lock = path.join(folder, 'pushdesk.lock');
    writeFileSync(lock, 'sync conflict');
    const { code, cause, cure } = refusalOf(() => open()).problem;
    expect(code).toBe('lock-file-damaged');
    expect(cause).toContain(lock);
    expect(cure).not.toContain('backup');
  });

  const notFiles: [string, (name: string) => void][] = [
    [
      'a folder',
      (name) => {
        mkdirSync(name);
      },
    ],
    [
      'a link to nowhere',
      (name) => {
        symlinkSync('/not/there', name);
      },
    ],
    ['a pipe that nobody writes to', (name) => void execFileSync('mkfifo', [name])],
  ];
  const names = ['pushdesk.lock', 'pushdesk.db-wal', 'pushdesk.db-shm', 'pushdesk.db-journal'];
  it
    .skipIf(process.platform === 'win32')
    .each(names.flatMap((name) => notFiles.map(([what, make]) => ({ name, what, make }))))(
    'beside $what named $name is refused, naming that',
    ({ name, make }) => {
      const { open, folder } = setting();
      open().close();
      const place = path.join(folder, name);
      rmSync(place, { force: true });
      make(place);
      const { code, cause } = refusalOf(() => open()).problem;
      expect(code).toBe('not-a-file');
      expect(cause).toContain(place);
    },
  );

  it('in a folder that cannot be made is refused', () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'occupied'), 'a file, not a folder');
    const { open } = setting(path.join(folder, 'occupied', 'data'));
    expect(refusalOf(() => open()).problem.code).toBe('folder-not-writable');
  });

  it('that is a folder is refused', () => {
    const { open, file } = setting();
    mkdirSync(file);
    expect(refusalOf(() => open()).problem.code).toBe('store-not-writable');
  });
});
