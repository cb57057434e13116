import { runScript } from './setup/script.mjs';

void runScript({
  usage: 'npm run package [-- [--dir] [--with-stand-in] [INSTALLER …]]',
  about:
    'Makes the installers for this system in dist/, or only the ones you name: AppImage, deb, rpm, tar.gz; nsis; dmg, zip.',
  options: {
    '--dir': 'Makes only the folder that would be installed, which needs no network.',
    '--with-stand-in':
      'Packages the old Electron that stands in where the newer one could not be downloaded.',
  },
  words: Object.fromEntries(
    ['AppImage', 'deb', 'rpm', 'tar.gz', 'nsis', 'dmg', 'zip'].map((name) => [name, 'Makes this one.']),
  ),
  async main(args) {
    const { readPackageOptions } = await import('./package/options.mjs');
    const { withStandIn, installers } = readPackageOptions(args, process.platform);
    const { setUpApp } = await import('./setup/set-up.mjs');
    const electron = await setUpApp();
    const { makePackages, mayPackage } = await import('./package/make-packages.mjs');
    mayPackage(electron, { withStandIn });
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll();
    await makePackages(electron, { installers });
  },
});
