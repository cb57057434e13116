import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { Refusal, type Problem } from '../contract/problem.ts';

/** What a folder may hold that a person did not put there. */
const LEFT_BY_SYSTEMS = new Set(['.DS_Store', 'desktop.ini', 'Thumbs.db', '.directory', 'lost+found']);

/** Either is there after any start, even one that failed. */
const MADE_BY_PUSHDESK = ['pushdesk.db', 'pushdesk.lock'];

/** A folder as one name, whatever links lead to it. */
export function sameName(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}

/**
 * Whether a folder that a person chose can become a workspace: one that was one before, or one that is empty. The store, keys and backups
 * would otherwise be mixed up with other files.
 *
 * @throws Refusal
 */
export function mustSuit(folder: string): void {
  if (MADE_BY_PUSHDESK.some((name) => existsSync(path.join(folder, name)))) return;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // The check of the data folder says what is wrong with it.
    return;
  }
  if (names.some((name) => !LEFT_BY_SYSTEMS.has(name))) throw new Refusal('CONFLICT', notEmpty(folder));
}

const notEmpty = (folder: string): Problem => ({
  code: 'workspace-folder-not-empty',
  cause: `${folder} holds other files and no Pushdesk data.`,
  cure: 'Choose an empty folder, make a new one, or choose a folder that Pushdesk has used before.',
});
