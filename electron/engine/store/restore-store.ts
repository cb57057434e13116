import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Refusal } from '../../contract/problem.ts';
import { mustBeFile } from '../../files/private-file.ts';
import { checkStoreFile, type StoreFacts } from './check-store-file.ts';
import { markCopy } from './copy-mark.ts';
import { lockFolder } from './folder-lock.ts';
import { flush, giveToOwnerOf } from './store-copy.ts';

export interface Restored extends StoreFacts {
  /** Where the previous store is now; `null`: there was none. */
  readonly before: string | null;
}

/** What SQLite may have left beside a file that was copied while it was in use. */
const BESIDE = ['-wal', '-journal'];

/**
 * Replaces the store with a copy. The copy is not touched: a copy of it in the data folder is checked, marked, flushed, and renamed. At
 * every moment a complete store is in place; the previous one stays beside it.
 *
 * @param file path of the store
 * @param keys called before the store is in place, while nobody else uses the folder
 * @throws Refusal UNAVAILABLE while an engine runs on the folder, BAD_INPUT for anything but an undamaged copy
 */
export async function restoreStore(
  file: string,
  copy: string,
  now: number,
  keys: () => Promise<void>,
): Promise<Restored> {
  if (statSync(copy, { throwIfNoEntry: false }) === undefined) throw noCopy(copy);
  mustBeFile(copy);
  if (existsSync(file) && isSame(file, copy)) throw isTheStore(copy);
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  const place = path.join(folder, `restore-${randomUUID()}`);
  try {
    giveToOwnerOf(folder, path.join(folder, 'pushdesk.lock'));
    mkdirSync(place, { mode: 0o700 });
    const draft = path.join(place, 'pushdesk.db');
    const facts = prepare(copy, draft);
    giveToOwnerOf(folder, draft);
    await keys();
    const before = keepBefore(file, now);
    renameSync(draft, file);
    flush(folder);
    return { ...facts, before };
  } finally {
    rmSync(place, { recursive: true, force: true });
    lock.release();
  }
}

function prepare(copy: string, draft: string): StoreFacts {
  for (const suffix of ['', ...BESIDE]) {
    if (!existsSync(copy + suffix)) continue;
    copyFileSync(copy + suffix, draft + suffix);
    chmodSync(draft + suffix, 0o600);
  }
  const connection = new Database(draft);
  try {
    const facts = checkStoreFile(connection, copy);
    markCopy(connection, { madeAt: null });
    connection.pragma('journal_mode = DELETE');
    return facts;
  } catch (error) {
    if (error instanceof Database.SqliteError) throw notReadable(copy, error);
    throw error;
  } finally {
    connection.close();
    flush(draft);
  }
}

/**
 * Gives the store a second name and keeps the first, over which the new one is then renamed. Its log is first written back, or moved along
 * if that is impossible: left behind, it would be mistaken for the log of the new one.
 */
function keepBefore(file: string, now: number): string | null {
  if (!existsSync(file)) {
    removeBeside(file);
    return null;
  }
  const before = `${file.replace(/\.db$/, '')}.before-restore-${new Date(now).toISOString().replace(/[-:.]/g, '')}.db`;
  link(file, before);
  // These are copies, because opening a damaged file may empty its log.
  for (const suffix of BESIDE) if (existsSync(file + suffix)) copyAside(file + suffix, before + suffix);
  if (isLogWrittenBack(file)) for (const suffix of BESIDE) rmSync(before + suffix, { force: true });
  flush(path.dirname(file));
  removeBeside(file);
  return before;
}

function isLogWrittenBack(file: string): boolean {
  try {
    const connection = new Database(file);
    try {
      const [row] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      return row?.busy === 0;
    } finally {
      connection.close();
    }
  } catch {
    // A damaged store is a reason to restore, not to stop.
    return false;
  }
}

/** Some disks do not support second names. */
function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyAside(from, to);
  }
}

function copyAside(from: string, to: string): void {
  copyFileSync(from, to);
  chmodSync(to, 0o600);
  giveToOwnerOf(path.dirname(to), to);
  flush(to);
}

function removeBeside(file: string): void {
  for (const suffix of [...BESIDE, '-shm']) rmSync(file + suffix, { force: true });
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [statSync(one), statSync(other)];
  return first.dev === second.dev && first.ino === second.ino;
}

const noCopy = (copy: string) =>
  new Refusal('BAD_INPUT', {
    code: 'no-copy',
    cause: `There is no file ${copy}.`,
    cure: 'Name a file that "backup" wrote, or one from the backups folder.',
  });

const isTheStore = (copy: string) =>
  new Refusal('BAD_INPUT', {
    code: 'copy-is-store',
    cause: `The file ${copy} is the store itself.`,
    cure: 'Name a copy of it.',
  });

const notReadable = (copy: string, error: Error) =>
  new Refusal('BAD_INPUT', {
    code: 'copy-damaged',
    cause: `The file ${copy} is damaged, or not a store of Pushdesk (${error.message}).`,
    cure: 'Use another copy.',
  });
