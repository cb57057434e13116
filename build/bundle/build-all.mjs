import path from 'node:path';
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { toolEnv } from '../setup/node.mjs';
import { OUT, ROOT } from '../setup/paths.mjs';
import { runInForeground } from '../setup/run.mjs';
import { duration, say, SetupError } from '../setup/say.mjs';
import { sentenceFor } from '../setup/script.mjs';
import { fingerprint } from './fingerprint.mjs';
import { PARTS } from './parts.mjs';

const STAMPS = path.join(OUT, 'built-from.json');
const IN_CHILD = path.join(ROOT, 'build', 'bundle', 'build-child.mjs');

/**
 * Builds every part whose sources have changed since it was last built. A separate process does it and then ends: the bundlers would
 * otherwise hold a gigabyte for as long as the app runs.
 * @param {readonly string[]} [names] only these parts
 */
export async function buildAll(names = PARTS.map(({ name }) => name)) {
  if (staleParts(names).length === 0) return;
  const code = await runInForeground(process.execPath, [IN_CHILD, ...names], { env: toolEnv() });
  if (code !== 0) throw new SetupError('The build failed; see the reason above.');
}

/**
 * The same in this process.
 * @param {readonly string[]} names of parts
 */
export async function buildHere(names) {
  const stale = staleParts(names);
  const start = performance.now();
  mkdirSync(OUT, { recursive: true });
  const stamps = readStamps();
  const failures = [];
  for (const { name, stamp, build } of stale) {
    delete stamps[name];
    try {
      await build();
      stamps[name] = stamp;
    } catch (error) {
      failures.push(`The ${name} could not be built: ${sentenceFor(error)}`);
    }
    writeFileSync(STAMPS, JSON.stringify(stamps, null, 2));
  }
  if (failures.length > 0) throw new SetupError(failures.join('\n'));
  say(`Built: ${stale.map(({ name }) => name).join(', ')} (${duration(performance.now() - start)}).`);
}

/** @param {string | readonly string[]} names */
function staleParts(names) {
  const stamps = readStamps();
  return PARTS.filter(({ name }) => names.includes(name))
    .map((part) => ({ ...part, stamp: fingerprint(ROOT, part.sources) }))
    .filter(({ name, stamp }) => stamps[name] !== stamp);
}

/** What each part was built from; empty where the record was not written completely. */
function readStamps() {
  try {
    return existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, 'utf8')) : {};
  } catch {
    return {};
  }
}
