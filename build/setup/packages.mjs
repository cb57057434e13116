import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from './npm.mjs';
import { MODULES, ROOT } from './paths.mjs';
import { say } from './say.mjs';

/** Installs the packages of package-lock.json when what is installed is not what it says. */
export async function ensurePackages() {
  if (isInstalled(ROOT)) return;
  say('Installing packages from the npm registry (about a minute the first time)…');
  await npm(['ci'], 'install the packages');
}

/**
 * Whether `node_modules` holds what the lock file of a folder says, told by npm's own record of what it installed.
 * Optional packages (those of other platforms) may be missing.
 */
export function isInstalled(folder) {
  const wanted = readPackages(path.join(folder, 'package-lock.json'));
  const installed = readPackages(path.join(folder, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  return Object.entries(wanted).every(
    ([place, { version, optional }]) =>
      place === '' || installed[place]?.version === version || (optional && !installed[place]),
  );
}

function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/** The version of an installed package. */
export function installedVersion(name) {
  return JSON.parse(readFileSync(path.join(MODULES, name, 'package.json'), 'utf8')).version;
}
