import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { makePrivateFile } from '../../files/private-file.ts';
import { markCopy } from './copy-mark.ts';
import type { Connection } from './database.ts';

/** How many copies are kept; older ones are removed. */
export const KEPT_BACKUPS = 5;

const BACKUP_NAME = /^pushdesk-v(\d+)-\d{8}T\d{9}Z\.db$/;

/**
 * Copies the whole store into its own file, `backups/pushdesk-v<schema>-<time>.db` beside it. VACUUM INTO reads a consistent state,
 * including the write-ahead log, and never replaces an older copy with a half-written one.
 *
 * @returns path of the copy
 */
export function backUp(connection: Connection, file: string, schemaVersion: number, now: number): string {
  const folder = path.join(path.dirname(file), 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const time = new Date(now).toISOString().replace(/[-:.]/g, '');
  const copy = path.join(folder, `pushdesk-v${schemaVersion}-${time}.db`);
  // A file left over with the same millisecond can only be a copy that was cut short.
  rmSync(copy, { force: true });
  // VACUUM INTO treats an empty file as absent.
  makePrivateFile(copy);
  connection.prepare<[{ copy: string }]>('VACUUM INTO @copy').run({ copy });
  mark(copy, now);
  prune(folder);
  return copy;
}

/** [Note: marked copies] Someone may put it in place of the store by hand. */
function mark(copy: string, now: number): void {
  const connection = new Database(copy);
  try {
    markCopy(connection, { madeAt: now });
  } finally {
    connection.close();
  }
}

/** Where copies lie, and how many there are. */
export function listBackups(file: string): { folder: string; count: number } {
  const folder = path.join(path.dirname(file), 'backups');
  try {
    return { folder, count: readdirSync(folder).filter((name) => BACKUP_NAME.test(name)).length };
  } catch {
    return { folder, count: 0 };
  }
}

function prune(folder: string): void {
  const copies = readdirSync(folder).filter((name) => BACKUP_NAME.test(name));
  const byTime = copies.sort((a, b) => timeOf(a).localeCompare(timeOf(b)));
  for (const name of byTime.slice(0, -KEPT_BACKUPS)) rmSync(path.join(folder, name), { force: true });
}

function timeOf(name: string): string {
  return name.slice(name.lastIndexOf('-'));
}
