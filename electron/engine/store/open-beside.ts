import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Refusal } from '../../contract/problem.ts';
import { createLog } from '../base/log.ts';
import type { WritableDb } from './database.ts';
import { checkIdentity } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { storeProblemOf } from './store-problem.ts';
import { createWalSync } from './wal-sync.ts';
import { createWritableDb } from './writable-db.ts';

/** How long to wait for the engine if it is writing, in milliseconds. */
const PATIENCE_MS = 30_000;

/**
 * Opens a store for a small change while an engine may have it open. Only for tables that the engine reads again each time.
 *
 * @param file path of the store, which must exist with the newest schema: only the engine creates and migrates it
 * @throws Refusal UNAVAILABLE
 */
export function openBeside(file: string): { db: WritableDb; close: () => void } {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) throw notThere(file);
  let connection: Database.Database | undefined;
  try {
    connection = new Database(file, { fileMustExist: true, timeout: PATIENCE_MS });
    checkIdentity(connection, file, MIGRATIONS);
    if (Number(connection.pragma('user_version', { simple: true })) !== MIGRATIONS.at(-1)?.version)
      throw older(file);
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('trusted_schema = OFF');
  } catch (error) {
    connection?.close();
    const problem = storeProblemOf(error, file);
    if (problem === null) throw error;
    throw new Refusal('UNAVAILABLE', problem);
  }
  const opened = connection;
  const walSync = createWalSync(file);
  const silent = createLog({ write: () => undefined });
  return {
    db: createWritableDb(opened, { log: silent, walSync }),
    close() {
      walSync.close();
      opened.close();
    },
  };
}

const notThere = (file: string) =>
  new Refusal('UNAVAILABLE', {
    code: 'no-store',
    cause: `There is no store at ${file}.`,
    cure: 'Start Pushdesk once, or set PUSHDESK_DATA_DIR to the data folder of the Pushdesk that you mean.',
  });

const older = (file: string) =>
  new Refusal('UNAVAILABLE', {
    code: 'store-older',
    cause: `The store ${file} was last used by an older Pushdesk.`,
    cure: 'Start this Pushdesk once, which brings the store up to date, then try again.',
  });
