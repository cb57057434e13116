import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { npm } from './npm.mjs';
import { MODULES, ROOT } from './paths.mjs';
import { say, SetupError } from './say.mjs';

/** Installs the packages of package-lock.json when the installed ones differ from it. */
export async function ensurePackages() {
  if (isInstalled(ROOT)) return;
  say('Installing packages from the npm registry (about a minute the first time)…');
  try {
    await npm(['ci'], 'install the packages');
  } catch (error) {
    // npm may have recorded files as installed although they are missing.
    rmSync(path.join(MODULES, '.package-lock.json'), { force: true });
    throw error;
  }
}

/**
 * Whether `node_modules` holds what the lock file of a folder says, judged by npm's own record of what it installed. Optional packages
 * (those of other platforms) may be missing.
 * @param {string} folder
 */
export function isInstalled(folder) {
  const wanted = readPackages(path.join(folder, 'package-lock.json'));
  if (!wanted) {
    throw new SetupError(
      'package-lock.json is missing, damaged, or was rewritten by an npm older than 7: restore it (git checkout package-lock.json), and run the same command again.',
    );
  }
  const installed = readPackages(path.join(folder, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  return Object.entries(wanted).every(
    ([place, { version, optional }]) =>
      place === '' || installed[place]?.version === version || (optional && !installed[place]),
  );
}

/** @param {string} file */
function readPackages(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
  } catch (error) {
    // Cut off because the disk was full: as good as none.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The version of an installed package.
 * @param {string} name
 */
export function installedVersion(name) {
  return JSON.parse(readFileSync(path.join(MODULES, name, 'package.json'), 'utf8')).version;
}
