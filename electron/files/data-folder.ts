import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../contract/problem.ts';
import { takeRightsOfOthers } from './private-file.ts';

/** Everything that Pushdesk itself puts into its folder. Anything else there is not for Pushdesk to change. */
const OWN_FILES = [
  /^(?:pushdesk|rehearsal)\.(?:db|lock)(?:-(?:wal|shm|journal))?$/,
  /^pushdesk\.before-restore-[\dTZ]+\.db(?:-(?:wal|shm|journal))?$/,
  /^pushdesk(?:\.old)?\.log$/,
  /^(?:private-keys\.json|push-tokens\.json|key-ring\.json|api-token|window\.json|workspaces\.json|window-[\da-f-]+\.json)(?:\.[\da-f-]+\.tmp|\.invalid-\d+)?$/,
];
const OWN_FOLDERS = ['backups', 'browser'];
const OWN_BACKUPS = /^pushdesk-v\d+-[\dTZ]+\.db(?:-journal)?$/;

/** Removes everybody else's rights on Pushdesk's own files: earlier versions created them with the system's defaults. */
export function tightenDataFolder(dataDir: string): void {
  if (process.platform === 'win32') return;
  for (const name of namesIn(dataDir)) {
    if (OWN_FOLDERS.includes(name) || OWN_FILES.some((pattern) => pattern.test(name)))
      takeRightsOfOthers(path.join(dataDir, name));
  }
  const backups = path.join(dataDir, 'backups');
  for (const name of namesIn(backups)) {
    if (OWN_BACKUPS.test(name)) takeRightsOfOthers(path.join(backups, name));
  }
}

export interface FolderFacts {
  /** Of the folder itself, if the name is a link. */
  mode: number;
  owner: number;
  /** Where the name leads if it is a link, and who owns the link; `null`: it is not a link. */
  link: { target: string; owner: number } | null;
  /** Whether the store is closed to others after it was tightened. */
  isStoreClosed: boolean;
}

/**
 * What speaks against this folder as a place for keys and subscriptions; none of it keeps Pushdesk from running there.
 *
 * @param user the number of the user who runs this; `null` if the system has none (Windows, whose folders inherit their rights)
 * @returns the most serious problem; `null`: only this user can look into it, or it does not exist
 */
export function judgeDataFolder(
  dataDir: string,
  user: number | null = process.getuid?.() ?? null,
  facts: FolderFacts | null = factsOf(dataDir),
): Problem | null {
  if (user === null || facts === null) return null;
  const { mode, owner, link, isStoreClosed } = facts;
  const place = link === null ? dataDir : `${link.target} (${dataDir} is a link to it)`;
  if (link !== null && isForeign(link.owner, user)) {
    return {
      code: 'data-folder-foreign-link',
      cause: `The data folder ${dataDir} is a link made by another user, who can point it somewhere else.`,
      cure: `Set PUSHDESK_DATA_DIR to the folder itself: ${link.target}.`,
    };
  }
  if (isForeign(owner, user)) {
    return {
      code: 'data-folder-foreign',
      cause: `The data folder ${place} belongs to another user, who can read and replace the files in it.`,
      cure: 'Use a folder that belongs to you: move this one, or set PUSHDESK_DATA_DIR.',
    };
  }
  if (!isStoreClosed) {
    return {
      code: 'data-folder-no-permissions',
      cause: `The disk with the data folder ${place} does not support file permissions, so other users on this computer may read your keys and subscriptions.`,
      cure: 'Move the folder to a disk that supports them, or set PUSHDESK_DATA_DIR.',
    };
  }
  const cure = `To prevent this, run: chmod 700 ${shellQuoted(link?.target ?? dataDir)}`;
  if ((mode & 0o022) !== 0) {
    const cause = `Other users on this computer can replace or delete files in the data folder ${place}.`;
    return { code: 'data-folder-writable', cause, cure };
  }
  if ((mode & 0o055) !== 0) {
    const cause = `Other users on this computer can see which files are in the data folder ${place}. They cannot read them.`;
    return { code: 'data-folder-open', cause, cure };
  }
  return null;
}

/** Root can read everything anyway. */
const isForeign = (owner: number, user: number) => owner !== user && owner !== 0;

function factsOf(dataDir: string): FolderFacts | null {
  try {
    const own = lstatSync(dataDir);
    const { mode, uid } = statSync(dataDir);
    const store = path.join(dataDir, 'pushdesk.db');
    return {
      mode,
      owner: uid,
      link: own.isSymbolicLink() ? { target: realpathSync(dataDir), owner: own.uid } : null,
      isStoreClosed: ((statSync(store, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) === 0,
    };
  } catch {
    return null;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const shellQuoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
