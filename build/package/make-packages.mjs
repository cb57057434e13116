import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FIRST_ELECTRON_WITH_NODE_API_10 } from '../setup/sqlite.mjs';
import { ROOT } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';
import { say, SetupError } from '../setup/say.mjs';
import { causeIn } from './cause.mjs';
import { writeLicences } from './licences.mjs';

const DIST = path.join(ROOT, 'dist');
const STEP = path.join(import.meta.dirname, 'builder-step.mjs');

/**
 * Whether a package may be made with this Electron.
 * @param {import('../setup/electron.mjs').ElectronChoice} electron
 * @param {{withStandIn: boolean}} options
 */
export function mayPackage(electron, { withStandIn }) {
  if (electron.kind !== 'stand-in' || withStandIn) return;
  throw new SetupError(
    `Electron ${electron.version} only stands in for the newer one that could not be downloaded, and gets no security fixes: package where its release server can be reached, or pass --with-stand-in to package it anyway.`,
  );
}

/**
 * Runs electron-builder with the Electron that is installed here, so that it downloads none. Each installer is made in a separate process:
 * one that fails, in whatever way, takes no other down with it, and does not count as made.
 * @param {import('../setup/electron.mjs').ElectronChoice} electron
 * @param {{installers: readonly string[]}} options `installers`: empty for the app's folder alone
 */
export async function makePackages(electron, { installers }) {
  if (electron.kind === 'stand-in')
    say(`Packaging Electron ${electron.version}, the stand-in (--with-stand-in).`);
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST, { recursive: true });
  writeLicences();
  const common = {
    electronDist: electron.folder,
    electronVersion: electron.version,
    // One binary: the one compiled here for an old Electron, else the one that the package ships.
    sqlite:
      Number.parseInt(electron.version, 10) < FIRST_ELECTRON_WITH_NODE_API_10
        ? 'build/Release/better_sqlite3.node'
        : 'prebuilds/${platform}-${arch}.node',
  };
  const folder = await step('folder', { ...common, target: 'dir' });
  if (!folder.ok) throw new SetupError(`The app could not be packaged: ${folder.cause}.`);
  const [app] = folder.made;
  if (installers.length === 0) say(`The app is in ${path.relative(ROOT, app)}.`);
  const failures = [];
  for (const target of installers) {
    say(`Making ${target}…`);
    const result = await step(target, { ...common, target, prepackaged: app });
    if (result.ok) say(`Made: ${result.made.join(', ')}`);
    else failures.push(`${target} (${result.cause})`);
  }
  if (failures.length > 0) throw new SetupError(`Could not make ${failures.join(', ')}. See dist/*.log.`);
}

/**
 * One run of electron-builder. Only what it has written down as made counts as made.
 * @param {string} name
 * @param {{target: string, electronDist: string, electronVersion: string, sqlite: string, prepackaged?: string}} options
 */
async function step(name, options) {
  const list = path.join(DIST, `.${name}.json`);
  const result = await run(process.execPath, [STEP, JSON.stringify({ ...options, list })]);
  const made = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  rmSync(list, { force: true });
  if (result.ok && made.length > 0) return { ok: true, made };
  writeFileSync(path.join(DIST, `${name}.log`), result.output);
  return { ok: false, cause: causeIn(result.output) };
}
