import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'electron-builder';
import { ROOT } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';

/**
 * Runs electron-builder with the Electron that is installed here, so that it downloads none.
 * @param {import('../setup/electron.mjs').ElectronChoice} electron
 * @param {{folderOnly: boolean}} options
 */
export async function makePackages(electron, { folderOnly }) {
  const made = await build({
    projectDir: ROOT,
    config: {
      extends: path.join(ROOT, 'build', 'electron-builder.yml'),
      electronDist: electron.folder,
      electronVersion: electron.version,
      afterPack: removeDefaultApp,
    },
    dir: folderOnly,
    publish: 'never',
  });
  say(folderOnly ? 'The app lies in dist/.' : `Made:\n${made.join('\n')}`);
}

/** Electron's default app opens any folder that it is given: no part of an installed app. */
function removeDefaultApp({ appOutDir }) {
  rmSync(path.join(appOutDir, 'resources', 'default_app.asar'), { force: true });
}
