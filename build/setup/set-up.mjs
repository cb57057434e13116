import { hasDisplay } from './display.mjs';
import { ensureElectron } from './electron.mjs';
import { ensurePackages } from './packages.mjs';
import { ensureSqlite } from './sqlite.mjs';
import { NEEDS } from './system-needs.mjs';
import { ensureSystem } from './system.mjs';

/**
 * What a script or a check needs besides the packages, which all of them need.
 *
 * `app`: Electron with its libraries, a display, and a better-sqlite3 that loads in it. `browsers`: Firefox, Chromium and a font.
 * `examples`: what it takes to run the examples of the documentation. `key ring`: one for the tests.
 * @typedef {'app' | 'browsers' | 'examples' | 'key ring'} Needed
 */

/**
 * Brings this checkout to where it can be built and run. Each step does nothing, and says nothing, where nothing is
 * missing. Must run on a current Node (see `onCurrentNode`).
 * @param {{needs?: readonly Needed[], retryElectron?: boolean}} [options]
 * @returns {Promise<import('./electron.mjs').ElectronChoice | undefined>} the Electron, where the app is needed
 */
export function setUp(options) {
  return beginSetUp(options).done;
}

/**
 * The same for scripts that start or package the app.
 * @returns {Promise<import('./electron.mjs').ElectronChoice>} its Electron
 */
export async function setUpApp() {
  const electron = await setUp({ needs: ['app'] });
  if (!electron) throw new Error('This needs the app, but there is no Electron.');
  return electron;
}

/**
 * The same in two parts: with the packages alone, the sources can be checked while the rest is fetched and compiled.
 * @param {{needs?: readonly Needed[], retryElectron?: boolean}} [options]
 * @returns {{packages: Promise<void>, done: Promise<import('./electron.mjs').ElectronChoice | undefined>}} `done` rejects where
 * `packages` does
 */
export function beginSetUp({ needs = ['app'], retryElectron = false } = {}) {
  const system = ensureSystem(systemNeeds(needs, hasDisplay()), purposeOf(needs));
  const packages = ensurePackages();
  const done = (async () => {
    const [electron] = await Promise.all([
      packages.then(() => (needs.includes('app') ? ensureElectron({ retry: retryElectron }) : undefined)),
      system,
    ]);
    if (electron) await ensureSqlite(electron);
    return electron;
  })();
  // Whoever awaits it gets the rejection; until then it must not count as unhandled.
  done.catch(() => undefined);
  return { packages, done };
}

/**
 * Which packages of the system are needed.
 * @param {readonly Needed[]} needs
 * @param {boolean} display whether there is one
 */
export function systemNeeds(needs, display) {
  return [
    ...(needs.includes('app') ? [...NEEDS.ELECTRON, ...(display ? [] : NEEDS.DISPLAY)] : []),
    ...(needs.includes('browsers') ? NEEDS.BROWSERS : []),
    ...(needs.includes('examples') ? NEEDS.EXAMPLES : []),
    ...(needs.includes('key ring') ? NEEDS.KEY_RING : []),
  ];
}

/** @param {readonly Needed[]} needs */
function purposeOf(needs) {
  return needs.includes('browsers') || needs.includes('examples') ? 'the tests need' : 'the app needs';
}
