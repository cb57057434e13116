import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, constants, lstatSync, openSync, renameSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

const OWNER_ONLY = 0o600;
const OTHERS = 0o077;
/** Without this, a pipe would block the start. Windows has neither the pipe nor the flag. */
const WITHOUT_WAITING = process.platform === 'win32' ? 0 : constants.O_NONBLOCK;

/**
 * Writes a file that only this user can read, so that a crash at any moment leaves either the old one or the new one complete. A new file
 * replaces the old one, because writing into the old one would keep its wider mode.
 */
export async function writePrivateFile(file: string, content: string | Uint8Array): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(draft, 'wx', OWNER_ONLY);
    try {
      await handle.writeFile(content, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/** Something other than a file has the name of one: a folder, or a pipe that nobody may ever write to. */
export class NotAFile extends Error {
  override readonly name = 'NotAFile';

  readonly file: string;

  constructor(file: string) {
    super(`${file} is not a file`);
    this.file = file;
  }
}

/**
 * To be called before a library opens the file by itself: the library would wait for a pipe forever, and report a folder as damaged.
 *
 * @throws NotAFile; nothing if there is no file yet
 */
export function mustBeFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  // A link that leads nowhere is not a file either, and no file can be created through it.
  const isMissing = found === undefined && lstatSync(file, { throwIfNoEntry: false }) === undefined;
  if (!isMissing && found?.isFile() !== true) throw new NotAFile(file);
}

/**
 * Reads it after removing everybody else's rights, if the disk supports rights; `null` if there is none.
 *
 * @throws NotAFile
 */
export async function readPrivateFile(file: string): Promise<string | null> {
  try {
    const handle = await open(file, constants.O_RDONLY | WITHOUT_WAITING);
    try {
      const found = await handle.stat();
      if (!found.isFile()) throw new NotAFile(file);
      // A disk without permissions, or another owner, is reported by the check of the folder: it is no reason to lose the file.
      if ((found.mode & OTHERS) !== 0) await handle.chmod(OWNER_ONLY).catch(() => undefined);
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Renames a file that cannot be used, beside its old name and readable by this user only, so that a new file in its place destroys nothing.
 *
 * @param now for the new name; two within a millisecond share one
 * @returns the new name
 */
export function keepAside(file: string, now: Date): string {
  const aside = `${file}.invalid-${now.toISOString().replace(/\D/g, '')}`;
  takeRightsOfOthers(file);
  renameSync(file, aside);
  return aside;
}

/**
 * Makes sure that a file exists that only this user can read, for a library that would create it with a mode of its own: SQLite accepts an
 * empty file as a new store, and gives its log the mode of the store. If that is impossible nothing is thrown: the library then fails on
 * the same file, with a better message.
 */
export function makePrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'a', OWNER_ONLY));
    takeRightsOfOthers(file);
  } catch {
    // See above.
  }
}

/**
 * Removes everybody else's rights on a file or folder.
 *
 * @returns whether nobody else has any now; `false` on a disk without rights, and for anything that belongs to another user
 */
export function takeRightsOfOthers(name: string): boolean {
  try {
    const { mode } = statSync(name);
    if ((mode & OTHERS) === 0) return true;
    chmodSync(name, mode & 0o700);
    return (statSync(name).mode & OTHERS) === 0;
  } catch {
    return false;
  }
}

/**
 * The new name is on disk only once its folder is. Windows cannot do this, and some disks and folders do not allow it: the file is complete
 * all the same.
 */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EINVAL' && code !== 'ENOTSUP') throw error;
  }
}
