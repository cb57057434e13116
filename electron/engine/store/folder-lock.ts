import path from 'node:path';
import Database from 'better-sqlite3';
import { Refusal } from '../../contract/problem.ts';
import { makePrivateFile, mustBeFile } from '../../files/private-file.ts';

export interface FolderLock {
  release(): void;
}

/**
 * Lets one engine at a time work on a data folder: two of them would send the same deliveries twice. The lock is SQLite's own on a file
 * beside the store. The operating system releases it with the process, so a kill leaves none behind, and tools that only read the store are
 * not kept out.
 *
 * @throws Refusal UNAVAILABLE if another engine holds it; NotAFile; a SqliteError if the folder cannot be written
 */
export function lockFolder(dataDir: string): FolderLock {
  const file = path.join(dataDir, 'pushdesk.lock');
  mustBeFile(file);
  makePrivateFile(file);
  const connection = new Database(file, { timeout: 0 });
  try {
    // Held in memory only: the file stays empty, and there is no journal to clean up after a kill.
    connection.pragma('journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new Refusal('UNAVAILABLE', {
        code: 'folder-in-use',
        cause: `Pushdesk is already running with the data folder ${dataDir}.`,
        cure: 'Use the one that is running, or start this one with another folder (PUSHDESK_DATA_DIR).',
      });
    }
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_NOTADB')) {
      throw new Refusal('UNAVAILABLE', {
        code: 'lock-file-damaged',
        cause: `The lock file ${file} should be empty, but something has been written to it.`,
        cure: 'Delete this file and start Pushdesk again. It holds none of your data.',
      });
    }
    throw error;
  }
  return {
    release() {
      connection.close();
    },
  };
}
