import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MODULES } from '../setup/paths.mjs';

/**
 * Tools that read code through the compiler's library need the older compiler, whose package has the plain name.
 * @type {Readonly<Record<string, string>>}
 */
const PACKAGE_OF = { tsc: 'typescript-7' };

/**
 * The script behind a program of an installed package, to be run with Node on any system.
 * @param {string} program
 */
export function binOf(program) {
  const folder = path.join(MODULES, PACKAGE_OF[program] ?? program);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[program]);
}
