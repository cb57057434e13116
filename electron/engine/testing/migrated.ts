import path from 'node:path';
import Database from 'better-sqlite3';
import { capturedLog } from './captured-log.ts';
import { fakeClock } from './fake-clock.ts';
import { tempFolder } from './temp-folder.ts';
import { openStore } from '../store/open-store.ts';
import { addEndpointFunctions } from '../store/endpoint-key.ts';
import { MIGRATIONS } from '../store/migrations/all.ts';

export interface Migrated {
  rows: (sql: string) => unknown[];
  run: (sql: string) => void;
}

/**
 * For testing a migration: creates a store at the step before `version`, seeds it, migrates it to `version` and lets the test look inside.
 */
export function migrated(version: number, seed: string, look: (store: Migrated) => void): void {
  const file = path.join(tempFolder(), 'pushdesk.db');
  const upTo = (limit: number) => {
    const migrations = MIGRATIONS.filter((migration) => migration.version <= limit);
    openStore({ file, log: capturedLog().log, clock: fakeClock(), migrations }).close();
  };
  upTo(version - 1);
  withFile(file, (connection) => connection.exec(seed));
  upTo(version);
  withFile(file, (connection) => {
    look({
      rows: (sql) => connection.prepare(sql).all(),
      run: (sql) => {
        connection.exec(sql);
      },
    });
  });
}

function withFile(file: string, work: (connection: Database.Database) => void): void {
  const connection = new Database(file);
  try {
    connection.pragma('foreign_keys = ON');
    addEndpointFunctions(connection);
    work(connection);
  } finally {
    connection.close();
  }
}
