import { onCurrentNode } from './setup/node.mjs';
import { runScript } from './setup/say.mjs';

/**
 * `npm run package` makes the installers of this system in `dist/`; `npm run package:dir` only the folder that would be
 * installed, which needs no network.
 */
await runScript(() =>
  onCurrentNode(async () => {
    const { setUp } = await import('./setup/set-up.mjs');
    const electron = await setUp();
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll();
    const { makePackages } = await import('./package/make-packages.mjs');
    await makePackages(electron, { folderOnly: process.argv.includes('--dir') });
  }),
);
