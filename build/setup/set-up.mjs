import { hasDisplay } from './display.mjs';
import { ensureElectron } from './electron.mjs';
import { ensurePackages } from './packages.mjs';
import { ensureSqlite } from './sqlite.mjs';
import { NEEDS } from './system-needs.mjs';
import { ensureSystem } from './system.mjs';

/**
 * Brings this checkout to where it can be built and run. Each step does nothing, and says nothing, where nothing is
 * missing. Must run on a current Node (see `onCurrentNode`).
 * @param {{forTests?: boolean, retryElectron?: boolean}} [options] tests need browsers on top of what the app needs
 * @returns {Promise<import('./electron.mjs').ElectronChoice>}
 */
export function setUp(options) {
  return beginSetUp(options).done;
}

/**
 * The same in two parts: with the packages alone, the sources can be checked while the rest is fetched and compiled.
 * @param {{forTests?: boolean, retryElectron?: boolean}} [options]
 * @returns {{packages: Promise<void>, done: Promise<import('./electron.mjs').ElectronChoice>}} `done` rejects where `packages` does
 */
export function beginSetUp({ forTests = false, retryElectron = false } = {}) {
  const display = hasDisplay() ? [] : NEEDS.DISPLAY;
  const tests = forTests ? [...NEEDS.BROWSERS, ...NEEDS.EXAMPLES, ...NEEDS.KEY_RING] : [];
  const system = ensureSystem([...NEEDS.ELECTRON, ...display, ...tests], forTests ? 'the tests' : 'the app');
  const packages = ensurePackages();
  const done = (async () => {
    const [electron] = await Promise.all([
      packages.then(() => ensureElectron({ retry: retryElectron })),
      system,
    ]);
    await ensureSqlite(electron);
    return electron;
  })();
  // Whoever waits for it hears of it; until then it is nobody's.
  done.catch(() => undefined);
  return { packages, done };
}
