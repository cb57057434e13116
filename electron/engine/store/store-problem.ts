import Database from 'better-sqlite3';
import type { Problem } from '../../contract/problem.ts';
import { NotAFile } from '../../files/private-file.ts';

const DISK_FULL: Problem = {
  code: 'disk-full',
  cause: 'The disk is full, so nothing more can be stored.',
  cure: 'Free some space and try again.',
};

/** The keys and the token rest in files beside the store. */
const isNoSpaceError = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

/**
 * Says in plain words why SQLite, or the system beside it, refused, where the cause lies outside the program: the disk, another
 * program, the file itself.
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
  if (
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_PERM')
  ) {
    return {
      code: 'store-not-writable',
      cause: `The data file ${file} cannot be opened for writing.`,
      cure: 'Check that the folder exists and that your user can write to it.',
    };
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return {
      code: 'disk-failed',
      cause: `Reading or writing the data file ${file} failed.`,
      cure: 'Check that the disk is connected, has free space and is in good health, then try again.',
    };
  }
  return null;
}

const FOLDER_REASONS = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the disk is read-only'],
  ['ENOTDIR', 'a part of the path is a file'],
  ['EEXIST', 'a part of the path is a file'],
  ['EISDIR', 'a folder has the name of one of its files'],
  ['ENOSPC', 'the disk is full'],
  ['ENOENT', 'a part of the path does not exist'],
]);

/**
 * Says why the data folder cannot be used, where the operating system refused.
 *
 * @returns `null` for anything else
 */
export function folderProblemOf(error: unknown, folder: string): Problem | null {
  if (error instanceof NotAFile) {
    return {
      code: 'not-a-file',
      cause: `${error.file} is not a file, so Pushdesk cannot keep there what belongs in it.`,
      cure: 'Move it out of the data folder, then start Pushdesk again.',
    };
  }
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const reason = FOLDER_REASONS.get(error.code);
  if (reason === undefined) return null;
  return {
    code: 'folder-not-writable',
    cause: `The data folder ${folder} cannot be made or written to: ${reason}.`,
    cure: 'Make it a folder that your user may write to, or choose another one with PUSHDESK_DATA_DIR.',
  };
}
