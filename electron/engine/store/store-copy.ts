import { randomUUID } from 'node:crypto';
import { chownSync, closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Refusal } from '../../contract/problem.ts';
import { makePrivateFile, mustBeFile } from '../../files/private-file.ts';
import { whyNotWritable } from '../../files/refused-place.ts';
import { checkStoreFile, type StoreFacts } from './check-store-file.ts';
import { markCopy } from './copy-mark.ts';
import type { Connection } from './database.ts';
import { addEndpointFunctions } from './endpoint-key.ts';

/** How long to wait for another writer that holds the store, in milliseconds. */
const PATIENCE_MS = 30_000;

export interface StoreCopy extends StoreFacts {
  readonly bytes: number;
}

/**
 * Writes a copy of a store that may be in use: everything in it at one moment, including what is in its log, without remains of what was
 * erased. It is written beside its destination, checked, flushed and renamed, so that a file with that name is always complete.
 *
 * @param file path of the store
 * @param target path of the copy; anything already there must be a copy, and is replaced
 * @throws Refusal, NotAFile, SqliteError, or an error of the file system
 */
export function copyStore(file: string, target: string, now: number): StoreCopy {
  const store = statSync(file, { throwIfNoEntry: false });
  if (store === undefined) throw noStore(file);
  mustTakeFiles(path.dirname(target));
  mustBeReplaceable(target, store);
  const draft = `${target}.${randomUUID()}.tmp`;
  try {
    makePrivateFile(draft);
    copyInto(file, draft);
    const facts = checkCopy(draft, now, target);
    flush(draft);
    const { size } = statSync(draft);
    renameSync(draft, target);
    flush(path.dirname(target));
    return { ...facts, bytes: size };
  } catch (error) {
    for (const suffix of ['', '-journal']) rmSync(draft + suffix, { force: true });
    throw error;
  }
}

function copyInto(file: string, draft: string): void {
  const connection = new Database(file, { readonly: true, fileMustExist: true, timeout: PATIENCE_MS });
  try {
    addEndpointFunctions(connection);
    // One statement reads the state of one moment; the online backup would start over with each commit of the engine.
    connection.prepare<[{ draft: string }]>('VACUUM INTO @draft').run({ draft });
  } finally {
    connection.close();
  }
}

function checkCopy(draft: string, now: number, target: string): StoreFacts {
  const connection = new Database(draft);
  try {
    checkStoreFile(connection, target);
    markCopy(connection, { madeAt: now });
    return checkStoreFile(connection, target);
  } finally {
    connection.close();
  }
}

/** SQLite would say only that it cannot open a file, which sounds like the store. */
function mustTakeFiles(folder: string): void {
  const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const reason = isThere ? whyNotWritable(folder) : 'there is no such folder';
  if (reason === null) return;
  throw new Refusal('BAD_INPUT', {
    code: 'backup-folder',
    cause: `The backup cannot be written to ${folder}: ${reason}.`,
    cure: 'Name a folder that is there and that your user may write to.',
  });
}

/** A copy replaces a copy and nothing else: a mistyped name must not cost a file. Fresh from a restore, the store is marked as one too. */
function mustBeReplaceable(target: string, store: Stats): void {
  mustBeFile(target);
  const found = statSync(target, { throwIfNoEntry: false });
  if (found === undefined || found.size === 0) return;
  const isStore = found.ino === store.ino && found.dev === store.dev;
  const isCopy = !isStore && isMarked(target);
  if (isCopy) return;
  throw new Refusal('BAD_INPUT', {
    code: 'no-copy-there',
    cause: `There is a file ${target} already, and it is not a backup.`,
    cure: 'Choose another name. Only an older backup is replaced.',
  });
}

const isMarked = (target: string): boolean =>
  withReadOnly(target, (connection) => {
    const rows = connection
      .prepare<[], { value: string }>("SELECT value FROM settings WHERE name = 'copy' AND value <> 'null'")
      .all();
    return rows.length > 0;
  });

function withReadOnly(file: string, look: (connection: Connection) => boolean): boolean {
  try {
    const connection = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return look(connection);
    } finally {
      connection.close();
    }
  } catch {
    return false;
  }
}

const noStore = (file: string) =>
  new Refusal('BAD_INPUT', {
    code: 'no-store',
    cause: `There is no store at ${file}.`,
    cure: 'Set PUSHDESK_DATA_DIR to the data folder of the Pushdesk that you want to back up.',
  });

/** Waits until a file, or the names in a folder, are on disk. Windows and some disks cannot do this for folders. */
export function flush(place: string): void {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(place, 'r');
    fsyncSync(descriptor);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EACCES', 'EPERM', 'EINVAL', 'ENOTSUP', 'EISDIR'].includes(code)) throw error;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** What root creates in someone else's folder is given to the folder's owner: otherwise the engine could not open it. */
export function giveToOwnerOf(folder: string, file: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  if (uid !== 0) chownSync(file, uid, gid);
}
