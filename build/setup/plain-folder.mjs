import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { SetupError } from './say.mjs';

/** make splits paths at blanks and gives `$`, `#` and quotes a meaning of their own, and neither it nor its scripts can be told not to. */
const PLAIN = process.platform === 'win32' ? /^[\w\\/:.~-]+$/ : /^[\w/.+@,=-]+$/;
/** Leaves room for what make and the compiler add, within what systems allow. */
const LONGEST = 150;

/**
 * Whether make and a compiler can work in a folder of that name.
 * @param {string} folder
 */
export function isPlain(folder) {
  return PLAIN.test(folder) && folder.length <= LONGEST;
}

/**
 * Whether Vite mistakes part of the path for part of an address, and reports files as missing that are there.
 * @param {string} folder
 */
export function viteMisreads(folder) {
  return /[#?]/.test(folder);
}

/**
 * Does work in a fresh folder whose path holds nothing that make stumbles over. It is removed afterwards, however that ends.
 * @template Result
 * @param {(folder: string) => Promise<Result>} work
 * @param {readonly string[]} [places] folders that may hold it, the best first
 * @returns {Promise<Result>}
 */
export async function inPlainFolder(work, places = usualPlaces()) {
  const folder = makeFolder(places);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await work(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

function usualPlaces() {
  return [tmpdir(), '/tmp', '/var/tmp', path.join(homedir(), '.cache')];
}

/** @param {readonly string[]} places */
function makeFolder(places) {
  const refused = [];
  for (const place of places) {
    try {
      mkdirSync(place, { recursive: true });
      const folder = realpathSync(place);
      if (isPlain(folder)) return mkdtempSync(path.join(folder, 'pushdesk-build-'));
      refused.push(`${place} has characters that make cannot handle, or is too long`);
    } catch (error) {
      refused.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new SetupError(
    `There is no folder to compile in (${refused.join('; ')}): set TMPDIR to a writable folder whose path has only letters, digits and . - _, and run the same command again.`,
  );
}
