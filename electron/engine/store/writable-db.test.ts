import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { capturedLog } from '../testing/captured-log.ts';
import type { WritableDb } from './database.ts';
import { createWritableDb } from './writable-db.ts';

interface Row {
  id: number;
  word: string;
}

let connection: Database.Database;
let db: WritableDb;
let captured: ReturnType<typeof capturedLog>;
let ticks: number[];

beforeEach(() => {
  connection = new Database(':memory:');
  connection.exec('CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT');
  captured = capturedLog();
  ticks = [];
  db = createWritableDb(connection, { log: captured.log, monotonicNow: () => ticks.shift() ?? 0 });
});

afterEach(() => {
  connection.close();
});

const add = (word: string) =>
  db.write<{ word: string }>('INSERT INTO words (word) VALUES (@word)').run({ word });
const words = () =>
  db
    .read<object, Row>('SELECT id, word FROM words ORDER BY id')
    .all({})
    .map((row) => row.word);

describe('statements', () => {
  it('writes and reads by named parameters', () => {
    expect(add('bell')).toEqual({ changes: 1, lastId: 1 });
    const one = db.read<{ id: number }, Row>('SELECT id, word FROM words WHERE id = @id');
    expect(one.get({ id: 1 })).toEqual({ id: 1, word: 'bell' });
    expect(one.get({ id: 2 })).toBeUndefined();
  });

  it('returns rows of a statement that writes', () => {
    add('bell');
    const returning = db.writeReturning<{ word: string }, Row>(
      'UPDATE words SET word = @word RETURNING id, word',
    );
    expect(returning.all({ word: 'chime' })).toEqual([{ id: 1, word: 'chime' }]);
  });

  it('fails with a statement that returns a row which could not be committed', () => {
    // Fails the commit on any machine the way a full disk would.
    connection.exec(
      'CREATE TABLE uses (word_id INTEGER REFERENCES words (id) DEFERRABLE INITIALLY DEFERRED) STRICT',
    );
    connection.pragma('foreign_keys = ON');
    const use = db.writeReturning<{ id: number }, { id: number }>(
      'INSERT INTO uses (word_id) VALUES (@id) RETURNING word_id AS id',
    );
    for (const run of [use.get, use.all]) expect(() => run({ id: 7 })).toThrow('FOREIGN KEY');
    expect(connection.inTransaction).toBe(false);
    add('bell');
    expect(use.get({ id: 1 })).toEqual({ id: 1 });
    expect(connection.prepare('SELECT count(*) FROM uses').pluck().get()).toBe(1);
  });

  it('iterates row by row and lets go of the statement when the reader stops early', () => {
    for (const word of ['a', 'b', 'c']) add(word);
    const all = db.read<object, Row>('SELECT id, word FROM words ORDER BY id');
    for (const row of all.iterate({})) {
      if (row.word === 'b') break;
    }
    expect(all.all({})).toHaveLength(3);
    expect([...all.iterate({})].map((row) => row.word)).toEqual(['a', 'b', 'c']);
  });

  it.each([
    'INSERT INTO words (word) VALUES (1)',
    "UPDATE words SET word = 'x' RETURNING id",
    'DELETE FROM words',
  ])('refuses a reader that writes: %s', (sql) => {
    add('bell');
    expect(() => db.read(sql)).toThrow(TypeError);
    expect(words()).toEqual(['bell']);
  });

  it('refuses to write with a statement that reads', () => {
    expect(() => db.write('SELECT 1')).toThrow(TypeError);
  });
});

it('reads a column, and refuses to write with it', () => {
  add('bell');
  add('door');
  const column = db.readColumn<{ from: number }, string>(
    'SELECT word FROM words WHERE id >= @from ORDER BY id',
  );
  expect(column.all({ from: 1 })).toEqual(['bell', 'door']);
  expect(() => db.readColumn('DELETE FROM words RETURNING id')).toThrow(TypeError);
});

it('tells by a number that something was written, and gives none in a transaction', () => {
  const before = db.changeCount();
  expect(db.changeCount()).toBe(before);
  add('bell');
  expect(db.changeCount()).not.toBe(before);
  db.transaction(() => {
    expect(db.changeCount()).toBeNull();
  });
});

describe('transaction', () => {
  it('keeps everything or nothing', () => {
    expect(() => {
      db.transaction(() => {
        add('bell');
        add('bell');
      });
    }).toThrow(/UNIQUE/);
    expect(words()).toEqual([]);
    expect(db.transaction(() => add('chime').changes)).toBe(1);
    expect(words()).toEqual(['chime']);
  });

  it('joins the outer one, so that its failure takes the inner work back', () => {
    expect(() =>
      db.transaction(() => {
        db.transaction(() => add('bell'));
        throw new Error('later');
      }),
    ).toThrow('later');
    expect(words()).toEqual([]);
  });

  it('refuses work that waits', () => {
    expect(() => db.transaction(() => Promise.resolve(add('bell')))).toThrow(/synchronous/);
    expect(words()).toEqual([]);
  });
});

describe('slow query log', () => {
  it('says nothing up to 40 ms', () => {
    ticks = [0, 40];
    words();
    expect(captured.lines()).toEqual([]);
  });

  it('does not make a slow one fail that did its work and cannot be explained after it', () => {
    ticks = [0, 41];
    db.write<object>('DROP TABLE words').run({});
    expect(captured.lines()).toMatchObject([{ msg: 'slow query', query: 'DROP TABLE words', plan: [] }]);
  });

  it('logs a slower one with its plan, and never its values', () => {
    ticks = [0, 41];
    db.read<{ word: string }, Row>('SELECT id, word\n FROM words WHERE word = @word').get({ word: 'secret' });
    expect(captured.lines()).toMatchObject([
      {
        msg: 'slow query',
        query: 'SELECT id, word FROM words WHERE word = @word',
        durationMs: 41,
        plan: [expect.stringContaining('SEARCH words USING')],
      },
    ]);
    expect(captured.text()).not.toContain('secret');
  });

  it('logs a slow write and a slow failure', () => {
    add('bell');
    ticks = [0, 100];
    expect(() => add('bell')).toThrow(/UNIQUE/);
    expect(captured.lines()).toHaveLength(1);
  });

  it('counts only the time inside SQLite when rows are fetched one by one', () => {
    add('a');
    add('b');
    // open 0→1, first row 10→12, reader's own time 12→500, second row 500→501, end 600→601
    ticks = [0, 1, 10, 12, 500, 501, 600, 601];
    expect([...db.read<object, Row>('SELECT id, word FROM words').iterate({})]).toHaveLength(2);
    expect(captured.lines()).toEqual([]);
    ticks = [0, 30, 30, 45, 500, 501, 600, 601];
    expect([...db.read<object, Row>('SELECT id, word FROM words').iterate({})]).toHaveLength(2);
    expect(captured.lines()).toMatchObject([{ durationMs: 47 }]);
  });
});

describe('inBulk', () => {
  const room = () =>
    ['wal_autocheckpoint', 'cache_size'].map((name) => connection.pragma(name, { simple: true }));

  it('gives the store more room as long as one of them goes on, and no longer, whatever comes of it', async () => {
    let finish: () => void = () => undefined;
    const long = db.inBulk(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    await expect(db.inBulk(() => Promise.reject(new Error('cancelled')))).rejects.toThrow('cancelled');
    expect(room()).toEqual([16_000, -32_768]);
    finish();
    await long;
    expect(room()).toEqual([4000, -16_384]);
  });
});
