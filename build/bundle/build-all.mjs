import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { OUT, ROOT } from '../setup/paths.mjs';
import { duration, say, SetupError } from '../setup/say.mjs';
import { fingerprint } from './fingerprint.mjs';
import { PARTS } from './parts.mjs';

const STAMPS = path.join(OUT, 'built-from.json');

/**
 * Builds every part whose sources are not those that it was last built from.
 * @param {readonly string[]} [names] only these parts
 */
export async function buildAll(names = PARTS.map(({ name }) => name)) {
  const stamps = readStamps();
  const stale = PARTS.filter(({ name }) => names.includes(name))
    .map((part) => ({ ...part, stamp: fingerprint(ROOT, part.sources) }))
    .filter(({ name, stamp }) => stamps[name] !== stamp);
  if (stale.length === 0) return;

  const start = performance.now();
  mkdirSync(OUT, { recursive: true });
  const failures = [];
  for (const { name, stamp, build } of stale) {
    delete stamps[name];
    try {
      await build();
      stamps[name] = stamp;
    } catch (error) {
      failures.push(`The ${name} could not be built: ${error.message}`);
    }
    writeFileSync(STAMPS, JSON.stringify(stamps, null, 2));
  }
  if (failures.length > 0) throw new SetupError(failures.join('\n'));
  say(`Built: ${stale.map(({ name }) => name).join(', ')} (${duration(performance.now() - start)}).`);
}

function readStamps() {
  return existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, 'utf8')) : {};
}
