import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, Platform } from 'electron-builder';
import { ROOT } from '../setup/paths.mjs';
import { placeLauncher } from './launcher.mjs';

/**
 * One step of packaging, in a separate process (see make-packages.mjs): makes the app's folder, or one installer from it. It writes what it
 * has made to `list`, and the process that started it relies on nothing else.
 */
const { target, prepackaged, electronDist, electronVersion, sqlite, list } = JSON.parse(
  process.argv[2] ?? '',
);

let folder = '';
const made = await build({
  targets: Platform.current().createTarget(target),
  projectDir: ROOT,
  ...(prepackaged === undefined ? {} : { prepackaged }),
  config: {
    extends: path.join(ROOT, 'build', 'electron-builder.yml'),
    electronDist,
    electronVersion,
    files: [`node_modules/better-sqlite3/${sqlite}`],
    afterPack: (context) => {
      removeDefaultApp(context);
      folder = appIn(context);
    },
  },
  publish: 'never',
});
if (target === 'dir' && process.platform === 'linux') placeLauncher(folder);
const result = target === 'dir' ? [folder] : made;
writeFileSync(list, JSON.stringify(result.filter(Boolean)));

/**
 * Electron's default app opens any folder that it is given, so it has no place in an installed app.
 * @param {import('electron-builder').AfterPackContext} context
 */
function removeDefaultApp({ appOutDir }) {
  rmSync(path.join(appOutDir, 'resources', 'default_app.asar'), { force: true });
}

/**
 * What installers are made from: on macOS, the app inside the folder.
 * @param {import('electron-builder').AfterPackContext} context
 */
function appIn({ appOutDir, electronPlatformName, packager }) {
  return electronPlatformName === 'darwin'
    ? path.join(appOutDir, `${packager.appInfo.productFilename}.app`)
    : appOutDir;
}
