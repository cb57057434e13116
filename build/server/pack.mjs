import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { BUNDLED } from '../bundle/bundled-packages.mjs';
import { licencesOf } from '../package/licences.mjs';
import { causeOf } from '../setup/causes.mjs';
import { MODULES, OUT, ROOT } from '../setup/paths.mjs';
import { lastWords, run } from '../setup/run.mjs';
import { say, SetupError } from '../setup/say.mjs';

const SQLITE = path.join('node_modules', 'better-sqlite3');

/**
 * Makes one archive of what a server needs: the engine, the subscribe page, and better-sqlite3 with the binaries for all systems that it
 * ships.
 * @param {string} [dist] the folder to put it in
 * @returns {Promise<string>} the archive
 */
export async function packServer(dist = path.join(ROOT, 'dist')) {
  const { version, license } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const name = `pushdesk-server-${version}`;
  const folder = path.join(dist, name);
  const archive = path.join(dist, `${name}.tgz`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await fill(folder, { version, license });
    await archiveFolder(dist, name, archive);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`Made ${path.relative(ROOT, archive)} (${(statSync(archive).size / 1e6).toFixed(1)} MB).`);
  return archive;
}

/**
 * @param {string} folder
 * @param {{version: string, license: string}} about
 */
async function fill(folder, about) {
  const take = (/** @type {string} */ from, to = from) =>
    cpSync(path.join(ROOT, from), path.join(folder, to), { recursive: true });
  for (const file of readdirSync(path.join(OUT, 'engine')))
    if (file !== 'worker.mjs' && !file.endsWith('.map')) take(path.join('out', 'engine', file));
  take(path.join('out', 'web-demo'));
  for (const part of ['package.json', 'LICENSE', 'lib', 'prebuilds']) take(path.join(SQLITE, part));
  take('LICENSE');
  for (const page of ['local-api.md', 'server.md', 'workers.md', 'scale.md']) take(path.join('docs', page));
  // Containers, systemd, proxies.
  take(path.join('build', 'server', 'files'), '.');
  take(path.join('build', 'server', 'README.md'), 'README.md');
  writeFileSync(path.join(folder, 'licences.txt'), licencesOf(packagesInside(), ROOT, LICENCES_HEAD));
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(packageOf(about), null, 2)}\n`);
  await bundleLauncher(path.join(folder, 'server.mjs'));
}

const LICENCES_HEAD = `Pushdesk's server contains the following packages. SQLite, inside better-sqlite3, is in the public domain.
`;

/** The bundles contain code of these, and better-sqlite3 is shipped as it is. */
function packagesInside() {
  const list = path.join(BUNDLED, 'programs.json');
  const bundled = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  if (bundled.length === 0)
    throw new Error(`${list} names no package: delete out/ and run the same command again.`);
  return [...bundled, 'node_modules/better-sqlite3'];
}

/**
 * So that `npm install -g` of the archive also gives a command.
 * @param {{version: string, license: string}} about
 */
function packageOf({ version, license }) {
  const sqlite = JSON.parse(readFileSync(path.join(MODULES, 'better-sqlite3', 'package.json'), 'utf8'));
  return {
    name: 'pushdesk-server',
    version,
    license,
    type: 'module',
    bin: { 'pushdesk-server': 'server.mjs' },
    engines: { node: '>=22.14' },
    dependencies: { 'better-sqlite3': sqlite.version },
    bundleDependencies: ['better-sqlite3'],
  };
}

/** @param {string} outfile */
async function bundleLauncher(outfile) {
  await build({
    entryPoints: [path.join(ROOT, 'build', 'server', 'entry.mjs')],
    outfile,
    bundle: true,
    platform: 'node',
    // The oldest Node that can load a module at all: people who have it should be told what is wrong.
    target: 'node12.20',
    format: 'esm',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'silent',
  });
  chmodSync(outfile, 0o755);
}

/**
 * Owned by root: otherwise files unpacked as root would belong to the user number of whoever packed them.
 * @param {string} dist
 * @param {string} name
 * @param {string} archive
 */
async function archiveFolder(dist, name, archive) {
  const { output } = await run('tar', ['--version']);
  const owner = output.includes('GNU tar')
    ? ['--owner=0', '--group=0', '--numeric-owner']
    : ['--uid=0', '--gid=0'];
  const result = await run('tar', ['-czf', archive, ...owner, '-C', dist, name]);
  if (result.ok) return;
  rmSync(archive, { force: true });
  const cause = causeOf(result.output);
  throw new SetupError(
    cause
      ? `The server could not be packed: ${cause.what}. ${cause.cure}, and run the same command again.`
      : `The server could not be packed (${lastWords(result.output)}): check that tar works.`,
  );
}
