import { rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { Refusal } from '../../contract/problem.ts';
import { makePrivateFile } from '../../files/private-file.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import type { Store } from './open-store.ts';
import { folderProblemOf, storeProblemOf } from './store-problem.ts';
import { createWritableDb } from './writable-db.ts';

/**
 * Opens an empty store of the newest schema in place of whatever was at that path; closing it removes the file. For a folder whose lock the
 * engine holds.
 *
 * @throws Refusal UNAVAILABLE, with the cause and the cure, if the disk does not allow it
 */
export function openThrowAwayStore({
  file,
  log,
  clock,
}: {
  /** Path of the SQLite file. */
  file: string;
  log: Log;
  clock: Clock;
}): Store {
  try {
    removeStoreFiles(file);
    return open(file, log, clock);
  } catch (error) {
    const problem = storeProblemOf(error, file) ?? folderProblemOf(error, path.dirname(file));
    if (problem === null) throw error;
    throw new Refusal('UNAVAILABLE', problem);
  }
}

function open(file: string, log: Log, clock: Clock): Store {
  makePrivateFile(file);
  const connection = new Database(file);
  try {
    // A store that is thrown away after a crash need not survive one: no flush, and no log beside the file.
    connection.pragma('journal_mode = MEMORY');
    connection.pragma('synchronous = OFF');
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.pragma('foreign_keys = ON');
    connection.pragma('trusted_schema = OFF');
    connection.pragma('temp_store = MEMORY');
    connection.pragma('cache_size = -65536');
    const schemaVersion = migrate({ connection, file, migrations: MIGRATIONS, log, clock });
    return {
      db: createWritableDb(connection, { log }),
      file,
      schemaVersion,
      checkpoint: () => true,
      compact: () => undefined,
      close() {
        if (!connection.open) return;
        connection.close();
        removeStoreFiles(file);
      },
    };
  } catch (error) {
    connection.close();
    removeStoreFiles(file);
    throw error;
  }
}

/** Removes a store and whatever SQLite may have left beside it; it is fine if nothing is there. */
export function removeStoreFiles(file: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}
