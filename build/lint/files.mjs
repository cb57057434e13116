import { globSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../setup/paths.mjs';

/** Folders that the linter does not look into: their files come and go while it runs, or breach its rules on purpose. */
export const LEFT_OUT = [
  'out',
  'dist',
  '.tools',
  'test-results',
  'build/lint/fixtures',
  'build/lint/plain',
  'build/lint/typed',
];

/**
 * All files of the project that the linter looks at, as absolute paths.
 * @param {string} [pattern]
 */
export function lintedFiles(pattern = '**/*.{ts,tsx,mts,mjs,cjs}') {
  const left = ['node_modules', '.git', ...LEFT_OUT];
  return globSync(pattern, {
    cwd: ROOT,
    exclude: (name) => left.includes(name.split(path.sep).join('/')),
  }).map((name) => path.join(ROOT, name));
}
