import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

const REASONS = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the disk is read-only'],
  ['ENOTDIR', 'part of the path is a file'],
  ['EEXIST', 'part of the path is a file'],
  ['EISDIR', 'a folder has the name of one of its files'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk is full'],
  ['ENAMETOOLONG', 'a name in the path is too long'],
  ['ELOOP', 'the path leads round in a loop of links'],
  ['ENOENT', 'part of the path does not exist'],
]);

/** What a file system error says, in plain words; `null` for anything else. */
export function reasonOfSystem(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS.get(code) ?? null;
}

/**
 * Why something cannot be made or written at this path, in plain words. It asks the file system anew, because the first error can mislead:
 * on a read-only disk Node reports a folder that it could not make as missing, and SQLite says that it cannot open its file.
 *
 * @param access for tests; as `fs.accessSync`
 * @returns `null`: nothing prevents it
 */
export function whyNotWritable(place: string, access: typeof accessSync = accessSync): string | null {
  let found = path.resolve(place);
  while (!existsSync(found) && path.dirname(found) !== found) found = path.dirname(found);
  try {
    access(found, constants.W_OK);
    return null;
  } catch (error) {
    return reasonOfSystem(error);
  }
}
