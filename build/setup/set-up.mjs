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
export async function setUp({ forTests = false, retryElectron = false } = {}) {
  const display = hasDisplay() ? [] : NEEDS.DISPLAY;
  const tests = forTests ? [...NEEDS.BROWSERS, ...NEEDS.EXAMPLES] : [];
  await ensureSystem([...NEEDS.ELECTRON, ...display, ...tests], forTests ? 'the tests' : 'the app');
  await ensurePackages();
  const electron = await ensureElectron({ retry: retryElectron });
  await ensureSqlite(electron);
  return electron;
}
