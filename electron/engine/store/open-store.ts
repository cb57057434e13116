import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Refusal } from '../../contract/problem.ts';
import { tightenDataFolder } from '../../files/data-folder.ts';
import { makePrivateFile, mustBeFile } from '../../files/private-file.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Connection, WritableDb } from './database.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { checkIdentity, migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import type { Migration } from './migrations/migration.ts';
import { folderProblemOf, storeProblemOf } from './store-problem.ts';
import { createWalSync } from './wal-sync.ts';
import { createWritableDb, setRoom } from './writable-db.ts';

export interface Store {
  readonly db: WritableDb;
  readonly file: string;
  readonly schemaVersion: number;
  /** Empties the write-ahead log into the file; `false` if another program prevents that. */
  checkpoint(): boolean;
  /**
   * Rewrites the file without the remains of old versions of rows. It takes some ten seconds per gigabyte, during which nothing else
   * happens, and needs as much free disk space as the file is large.
   */
  compact(): void;
  /** Writes the log back into the file, closes it and releases the folder. */
  close(): void;
}

export interface OpenStoreOptions {
  /** Path of the SQLite file; its folder is created if it is missing. */
  file: string;
  log: Log;
  clock: Clock;
  /** For tests of the migrations themselves. */
  migrations?: readonly Migration[];
  /** How long to wait for another program that holds the file, in milliseconds. */
  busyTimeoutMs?: number;
}

/**
 * Opens the store, brings it to the newest schema and keeps other engines out of its folder.
 *
 * @throws Refusal UNAVAILABLE, with the cause and the cure, for a file that is from the future, damaged, locked, from another program, or
 *   in a folder that cannot be written
 */
export function openStore(options: OpenStoreOptions): Store {
  try {
    return open(options);
  } catch (error) {
    const problem = storeProblemOf(error, options.file) ?? folderProblemOf(error, path.dirname(options.file));
    if (problem === null) throw error;
    throw new Refusal('UNAVAILABLE', problem);
  }
}

/** The files that SQLite keeps beside the store: its log, the log's index, and the journal of a store without a log. */
const BESIDE = ['-wal', '-shm', '-journal'];

function open({ file, log, clock, migrations = MIGRATIONS, busyTimeoutMs = 3000 }: OpenStoreOptions): Store {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  tightenDataFolder(folder);
  const lock = lockFolder(folder);
  let connection: Connection | undefined;
  try {
    for (const beside of BESIDE) mustBeFile(file + beside);
    makePrivateFile(file);
    connection = new Database(file, { timeout: busyTimeoutMs });
    // Before anything is written: a file of another program, or of a newer Pushdesk, stays as it is.
    checkIdentity(connection, file, migrations);
    setUp(connection);
    const schemaVersion = migrate({ connection, file, migrations, log, clock });
    return asStore(connection, file, schemaVersion, log, lock);
  } catch (error) {
    connection?.close();
    lock.release();
    throw error;
  }
}

function asStore(
  connection: Connection,
  file: string,
  schemaVersion: number,
  log: Log,
  lock: FolderLock,
): Store {
  const walSync = createWalSync(file);
  return {
    db: createWritableDb(connection, { log, walSync }),
    file,
    schemaVersion,
    checkpoint: () => isEmptied(connection),
    compact() {
      // Otherwise it would be created in memory.
      connection.pragma('temp_store = FILE');
      try {
        connection.exec('VACUUM');
      } finally {
        connection.pragma('temp_store = MEMORY');
      }
      isEmptied(connection);
    },
    close() {
      if (!connection.open) return;
      walSync.close();
      try {
        connection.pragma('optimize');
        connection.pragma('wal_checkpoint(TRUNCATE)');
      } catch (error) {
        // A full disk or another program can prevent this tidying, but the store stays whole: the next start reads the log too.
        log.warn({ error: String(error) }, 'the log of the store could not be written back');
      } finally {
        connection.close();
        lock.release();
      }
    },
  };
}

function isEmptied(connection: Connection): boolean {
  const [row] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  return row?.busy === 0;
}

/**
 * [Note: durability] WAL with synchronous=FULL: a commit is on disk before it counts. With NORMAL a power cut could undo the last commits,
 * perhaps including a claim; its messages, already on the wire, would then be silently sent a second time. When many small transactions
 * follow each other, `transactionSoon` lets them run ahead of the disk, and `flushed` tells when the disk has them: only then does what was
 * claimed go out.
 */
function setUp(connection: Connection): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('temp_store = MEMORY');
  // Freed space within a page is overwritten: rows move when they grow, and what a person wants erased must not be left behind.
  connection.pragma('secure_delete = FAST');
  setRoom(connection);
}
