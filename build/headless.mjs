import path from 'node:path';
import { ENGINE_NODE_FLAGS } from './launch/node-flags.mjs';
import { onCurrentNode } from './setup/node.mjs';
import { OUT } from './setup/paths.mjs';
import { runInForeground } from './setup/run.mjs';
import { runScript } from './setup/say.mjs';
import { flagsForThreads } from './setup/v8-flags.mjs';

/** `npm run headless`: installs and builds what is missing, and runs the engine without Electron until it is asked to end. */
await runScript(() =>
  onCurrentNode(async () => {
    const { ensurePackages } = await import('./setup/packages.mjs');
    await ensurePackages();
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll(['programs', 'subscribe page']);
    return runInForeground(process.execPath, [
      ...ENGINE_NODE_FLAGS,
      ...flagsForThreads(),
      path.join(OUT, 'engine', 'headless.mjs'),
      ...process.argv.slice(2),
    ]);
  }),
);
