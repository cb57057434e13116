import { statfsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Problem } from '../../contract/problem.ts';
import { NotAFile } from '../../files/private-file.ts';
import { reasonOfSystem, whyNotWritable } from '../../files/refused-place.ts';

const DISK_FULL: Problem = {
  code: 'disk-full',
  cause: 'The disk is full, so nothing more can be stored.',
  cure: 'Free some space and try again.',
};

/** The keys and the token are stored in files beside the store. */
const isNoSpaceError = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

/**
 * Says in plain words why SQLite, or the system below it, refused, if the cause lies outside the program: the disk, another program, the
 * file itself.
 *
 * @param file path of the store, for the cure
 * @returns `null` for anything else, which is a defect of the program
 */
export function storeProblemOf(error: unknown, file: string): Problem | null {
  if (isNoSpaceError(error)) return DISK_FULL;
  if (!(error instanceof Database.SqliteError)) return null;
  const { code } = error;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return {
      code: 'store-locked',
      cause: `Another program is using the data file ${file}.`,
      cure: 'Close the other program and try again.',
    };
  }
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) {
    return {
      code: 'store-damaged',
      cause: `The data file ${file} is damaged and cannot be read.`,
      cure: 'Close Pushdesk, move the file somewhere safe, and put a copy from the backups folder beside it in its place.',
    };
  }
  if (code.startsWith('SQLITE_FULL')) return DISK_FULL;
  // For the files that SQLite keeps beside the store, lack of space is reported differently.
  if ((code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR')) && hasNoRoom(file))
    return DISK_FULL;
  if (
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_PERM')
  ) {
    return {
      code: 'store-not-writable',
      cause: `The data file ${file} cannot be opened for writing${becauseOf(file)}.`,
      cure: 'Check that the folder exists and that your user can write to it.',
    };
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return {
      code: 'disk-failed',
      cause: `Reading or writing the data file ${file} failed${becauseOf(file)}.`,
      cure: 'Check that the disk is connected, has free space and is in good health, then try again.',
    };
  }
  return null;
}

/** Less than this leaves no room for the index of the write-ahead log. */
const LEAST_ROOM_BYTES = 65_536;

function hasNoRoom(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path.dirname(file));
    return bavail * bsize < LEAST_ROOM_BYTES;
  } catch {
    return false;
  }
}

/** What the system objects to about the file, or about its folder, where SQLite keeps more files; empty if nothing. */
function becauseOf(file: string): string {
  const reason = whyNotWritable(file) ?? whyNotWritable(path.dirname(file));
  return reason === null ? '' : `: ${reason}`;
}

/**
 * Says why the data folder cannot be used, if the operating system refused.
 *
 * @returns `null` for anything else
 */
export function folderProblemOf(error: unknown, folder: string): Problem | null {
  if (error instanceof NotAFile) {
    return {
      code: 'not-a-file',
      cause: `${error.file} is not a file, so Pushdesk cannot store what belongs in it.`,
      cure: 'Move it out of the data folder, then start Pushdesk again.',
    };
  }
  const told = reasonOfSystem(error);
  if (told === null) return null;
  const reason = whyNotWritable(folder) ?? told;
  return {
    code: 'folder-not-writable',
    cause: `The data folder ${folder} cannot be created or written to: ${reason}.`,
    cure: 'Make it a folder that your user may write to, or choose another one with PUSHDESK_DATA_DIR.',
  };
}
