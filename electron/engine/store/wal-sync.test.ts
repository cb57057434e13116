import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { tempStore } from '../testing/temp-store.ts';
import { createWalSync } from './wal-sync.ts';

describe('bringing the log to the disk', () => {
  it('answers everyone who asks, whoever is before them', async () => {
    const { file, db } = tempStore();
    const sync = createWalSync(file);
    const done: number[] = [];
    const asked = [0, 1, 2, 3].map(async (number) => {
      db.transactionSoon(() =>
        db.write(`INSERT INTO settings (name, value) VALUES ('n${number}', '1')`).run({}),
      );
      await sync.flushed();
      done.push(number);
    });
    await Promise.all(asked);
    expect(done).toEqual([0, 1, 2, 3]);
    sync.close();
    await expect(sync.flushed()).resolves.toBeUndefined();
  });

  it('rejects when there is no log to bring, and works once there is', async () => {
    const file = path.join(tempFolder(), 'none.db');
    const sync = createWalSync(file);
    await expect(sync.flushed()).rejects.toThrow('ENOENT');
    const connection = new Database(file);
    connection.pragma('journal_mode = WAL');
    connection.exec('CREATE TABLE t (a)');
    await expect(sync.flushed()).resolves.toBeUndefined();
    sync.close();
    connection.close();
  });
});

describe('a transaction that does not wait for the disk', () => {
  it('is all or nothing, and what comes after it waits again', async () => {
    const { db, file } = tempStore();
    const synchronous = () =>
      db.read<object, { synchronous: number }>('PRAGMA synchronous').get({})?.synchronous;
    const insert = db.write<{ name: string }>(`INSERT INTO settings (name, value) VALUES (@name, '1')`);
    db.transactionSoon(() => {
      insert.run({ name: 'kept' });
      expect(synchronous()).toBe(1);
    });
    expect(synchronous()).toBe(2);
    expect(() =>
      db.transactionSoon(() => {
        insert.run({ name: 'undone' });
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(synchronous()).toBe(2);
    expect(db.read<object, { name: string }>('SELECT name FROM settings').all({})).toEqual([
      { name: 'kept' },
    ]);
    await db.flushed();
    expect(existsSync(`${file}-wal`)).toBe(true);
  });

  it('joins the one around it', () => {
    const { db } = tempStore();
    const insert = db.write<{ name: string }>(`INSERT INTO settings (name, value) VALUES (@name, '1')`);
    expect(() =>
      db.transaction(() => {
        db.transactionSoon(() => insert.run({ name: 'inner' }));
        throw new Error('outer');
      }),
    ).toThrow('outer');
    expect(db.read<object, object>('SELECT name FROM settings').all({})).toEqual([]);
  });
});
