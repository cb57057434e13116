import { onCurrentNode } from './setup/node.mjs';
import { runScript } from './setup/say.mjs';

/**
 * `npm run package` makes the installers of this system in `dist/`; `npm run package:dir` only the folder that would be
 * installed, which needs no network. `npm run package -- deb` makes the named ones alone. With the stand-in Electron neither does anything unless `--with-stand-in` is passed.
 */
await runScript(() =>
  onCurrentNode(async () => {
    const { readPackageOptions } = await import('./package/options.mjs');
    const { withStandIn, installers } = readPackageOptions(process.argv.slice(2), process.platform);
    const { setUp } = await import('./setup/set-up.mjs');
    const electron = await setUp();
    const { makePackages, mayPackage } = await import('./package/make-packages.mjs');
    mayPackage(electron, { withStandIn });
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll();
    await makePackages(electron, { installers });
  }),
);
