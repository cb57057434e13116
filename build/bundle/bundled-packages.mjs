import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OUT, ROOT } from '../setup/paths.mjs';

/** One file for each part: which packages its bundle holds code of. Read when licences are collected. */
export const BUNDLED = path.join(OUT, 'bundled');

/**
 * The folders of the packages that modules belong to, from the root of the project, sorted.
 * @param {Iterable<string>} modules absolute paths, or paths from the root
 * @returns {string[]} such as `node_modules/@mantine/core`
 */
export function packagesOf(modules) {
  const folders = new Set();
  for (const module of modules) {
    // Modules that bundlers make themselves begin with a zero byte; what follows a question mark is the bundler's own.
    const file = path
      .relative(ROOT, path.resolve(ROOT, module.replace(/^\0|\?.*$/g, '')))
      .split(path.sep)
      .join('/');
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
    if (folder !== undefined && !folder.startsWith('..')) folders.add(folder);
  }
  return [...folders].sort();
}

/**
 * @param {string} part
 * @param {Iterable<string>} modules
 */
export function recordBundled(part, modules) {
  mkdirSync(BUNDLED, { recursive: true });
  writeFileSync(path.join(BUNDLED, `${part}.json`), JSON.stringify(packagesOf(modules), null, 2));
}
