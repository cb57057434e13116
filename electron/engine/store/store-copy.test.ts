import {
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../contract/problem.ts';
import { capturedLog } from '../testing/captured-log.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { openStore } from './open-store.ts';
import { restoreStore } from './restore-store.ts';
import { createSettingsStore } from './settings-store.ts';
import { copyStore } from './store-copy.ts';

const NOW = Date.UTC(2026, 10, 29, 12);

function setting() {
  const folder = tempFolder();
  const file = path.join(folder, 'data', 'pushdesk.db');
  const copy = path.join(folder, 'copy.db');
  const open = () => openStore({ file, log: capturedLog().log, clock: fakeClock(), busyTimeoutMs: 0 });
  const withStore = (work: (settings: ReturnType<typeof createSettingsStore>) => void) => {
    const store = open();
    try {
      work(createSettingsStore(store.db));
    } finally {
      store.close();
    }
  };
  const valueIn = (name: string) => {
    let value: string | null = null;
    withStore((settings) => (value = settings.get(name)));
    return value;
  };
  const put = (name: string, value: string) => {
    withStore((settings) => {
      settings.set(name, value);
    });
  };
  return {
    folder,
    file,
    copy,
    open,
    withStore,
    valueIn,
    put,
    backUp: (target = copy) => copyStore(file, target, NOW),
    restore: (from = copy) => restoreStore(file, from, NOW, () => Promise.resolve()),
  };
}

const STRAY_DELIVERY = `INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, updated_at)
  VALUES (1, 1, 1, 'other', 'queued', 1)`;

const change = (file: string, sql: string) => {
  const connection = new Database(file);
  connection.exec(sql);
  connection.close();
};

async function refusalOf(work: () => unknown): Promise<Refusal> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('a copy of the store', () => {
  it('is made while it is in use, with what stands in its log only, for this user only, and says of itself that it is one', () => {
    const { file, copy, folder, withStore, backUp } = setting();
    withStore((settings) => {
      settings.set('colour', '"red"');
      expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
      expect(backUp()).toMatchObject({ subscriptions: 0, campaigns: 0, bytes: statSync(copy).size });
      settings.set('colour', '"blue"');
    });
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).toSorted()).toEqual(['copy.db', 'data']);
    const connection = new Database(copy, { readonly: true });
    expect(connection.prepare('SELECT name, value FROM settings ORDER BY name').all()).toEqual([
      { name: 'colour', value: '"red"' },
      { name: 'copy', value: JSON.stringify({ madeAt: NOW }) },
    ]);
    connection.close();
  });

  it('takes the place of an older one, and of nothing else', async () => {
    const { copy, put, backUp, file } = setting();
    put('colour', '1');
    backUp();
    put('colour', '2');
    backUp();
    expect(readFileSync(copy).includes('colour')).toBe(true);
    writeFileSync(copy, 'my thesis');
    expect((await refusalOf(() => backUp())).problem.code).toBe('no-copy-there');
    expect(readFileSync(copy, 'utf8')).toBe('my thesis');
    expect((await refusalOf(() => copyStore(file, file, NOW))).problem.code).toBe('no-copy-there');
  });

  it('does not take the place of the store, which is a copy itself after a restore', async () => {
    const { copy, put, backUp, file } = setting();
    put('colour', '1');
    backUp();
    await restoreStore(file, copy, NOW, () => Promise.resolve());
    const { ino } = statSync(file);
    expect((await refusalOf(() => copyStore(file, file, NOW))).problem.code).toBe('no-copy-there');
    expect(statSync(file).ino).toBe(ino);
  });

  it('names the folder that it cannot be written to, and not the store', async () => {
    const { folder, file, put } = setting();
    put('colour', '1');
    const { problem } = await refusalOf(() => copyStore(file, path.join(folder, 'none', 'copy.db'), NOW));
    expect(problem.cause).toBe(
      `The backup cannot be written to ${path.join(folder, 'none')}: there is no such folder.`,
    );
  });

  it('is not made of a store that is not there or damaged, and leaves nothing behind', async () => {
    const { file, folder, put, backUp } = setting();
    expect((await refusalOf(() => backUp())).problem.code).toBe('no-store');
    put('colour', '1');
    truncateSync(file, 8192);
    expect(() => backUp()).toThrow();
    expect(readdirSync(folder)).toEqual(['data']);
  });
});

describe('restoring', () => {
  it('puts the copy in place, keeps the store from before beside it, and does not touch the copy', async () => {
    const { file, copy, put, valueIn, backUp, restore } = setting();
    put('colour', '"then"');
    backUp();
    const bytes = readFileSync(copy);
    put('colour', '"now"');
    chmodSync(copy, 0o444);
    const { before, mark } = await restore();
    expect(mark).toEqual({ madeAt: NOW });
    expect(valueIn('colour')).toBe('"then"');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(copy).equals(bytes)).toBe(true);
    const old = new Database(before ?? '', { readonly: true });
    expect(old.prepare("SELECT value FROM settings WHERE name = 'colour'").all()).toEqual([
      { value: '"now"' },
    ]);
    old.close();
    expect(readdirSync(path.dirname(file)).filter((name) => name.startsWith('restore-'))).toEqual([]);
  });

  it('into an empty folder keeps nothing, and leaves the log of an earlier store behind for no one', async () => {
    const { file, put, backUp, restore, valueIn, folder } = setting();
    put('colour', '1');
    backUp();
    const other = path.join(folder, 'other', 'pushdesk.db');
    expect(
      (await restoreStore(other, path.join(folder, 'copy.db'), NOW, () => Promise.resolve())).before,
    ).toBe(null);
    expect(existsSync(other)).toBe(true);
    writeFileSync(file, 'rubbish');
    writeFileSync(`${file}-wal`, 'rubbish too');
    const { before } = await restore();
    expect(readFileSync(before ?? '', 'utf8')).toBe('rubbish');
    expect(readFileSync(`${before ?? ''}-wal`, 'utf8')).toBe('rubbish too');
    expect(valueIn('colour')).toBe('1');
  });

  it('takes a store that was copied by hand while it was in use, with its log', async () => {
    const { file, copy, withStore, put, restore, valueIn } = setting();
    withStore((settings) => {
      settings.set('colour', '"in the log"');
      for (const suffix of ['', '-wal']) copyFileSync(file + suffix, copy + suffix);
    });
    put('colour', '"later"');
    expect((await restore()).mark).toBeNull();
    expect(valueIn('colour')).toBe('"in the log"');
    // It counts as a copy even though nobody knows from when.
    expect(valueIn('copy')).toBe('{"madeAt":null}');
  });

  it('is refused while an engine runs on the folder', async () => {
    const { withStore, put, backUp, restore, open } = setting();
    put('colour', '1');
    backUp();
    const store = open();
    expect((await refusalOf(() => restore())).problem.code).toBe('folder-in-use');
    store.close();
    withStore((settings) => {
      expect(settings.get('copy')).toBeNull();
    });
  });

  it.each<[string, string, (copy: string) => void]>([
    [
      'is rubbish',
      'copy-damaged',
      (copy) => {
        writeFileSync(copy, 'rubbish '.repeat(2000));
      },
    ],
    [
      'is empty',
      'not-a-copy',
      (copy) => {
        writeFileSync(copy, '');
      },
    ],
    [
      'was cut',
      'copy-damaged',
      (copy) => {
        truncateSync(copy, 8192);
      },
    ],
    [
      'is of another program',
      'store-of-another-program',
      (copy) => {
        change(copy, 'PRAGMA application_id = 1');
      },
    ],
    [
      'is from the future',
      'store-from-the-future',
      (copy) => {
        change(copy, 'PRAGMA user_version = 99990');
      },
    ],
    [
      'has no version that there is',
      'not-a-copy',
      (copy) => {
        change(copy, 'PRAGMA user_version = 15');
      },
    ],
    [
      'lacks a table',
      'copy-damaged',
      (copy) => {
        change(copy, 'DROP TABLE day_sums');
      },
    ],
    [
      'brings a trigger',
      'not-a-copy',
      (copy) => {
        change(copy, 'CREATE TRIGGER t AFTER INSERT ON settings BEGIN DELETE FROM subscriptions; END');
      },
    ],
    [
      'brings a view',
      'not-a-copy',
      (copy) => {
        change(copy, 'CREATE VIEW v AS SELECT * FROM settings');
      },
    ],
    [
      'has rows that point to nothing',
      'copy-damaged',
      (copy) => {
        change(copy, `PRAGMA foreign_keys = OFF; ${STRAY_DELIVERY}`);
      },
    ],
  ])('is refused where the copy %s, and changes nothing', async (_what, code, damage) => {
    const { file, copy, put, backUp, restore, valueIn } = setting();
    put('colour', '1');
    backUp();
    damage(copy);
    expect((await refusalOf(() => restore())).problem.code).toBe(code);
    expect(readdirSync(path.dirname(file)).filter((name) => /before|restore/.test(name))).toEqual([]);
    expect(valueIn('colour')).toBe('1');
  });

  it('takes a copy with a table of the person’s own, and refuses the store itself and what is not there', async () => {
    const { file, copy, put, backUp, restore } = setting();
    put('colour', '1');
    backUp();
    change(copy, 'CREATE TABLE notes (text TEXT)');
    await restore();
    expect((await refusalOf(() => restore(file))).problem.code).toBe('copy-is-store');
    expect((await refusalOf(() => restore(`${copy}.no`))).problem.code).toBe('no-copy');
  });
});
