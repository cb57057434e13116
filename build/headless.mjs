import path from 'node:path';
import { ENGINE_NODE_FLAGS } from './launch/node-flags.mjs';
import { VARIABLES_HELP } from './launch/variables.mjs';
import { OUT } from './setup/paths.mjs';
import { runInForeground } from './setup/run.mjs';
import { runScript } from './setup/script.mjs';
import { flagsForThreads } from './setup/v8-flags.mjs';

void runScript({
  usage: 'npm run headless',
  about: `Sets up what is missing, builds what has changed, and runs the engine without a window until Ctrl+C or SIGTERM. It is configured by environment variables:

${VARIABLES_HELP}

For more, see docs/local-api.md.`,
  async main() {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp({ needs: [] });
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll(['programs', 'subscribe page']);
    return runInForeground(process.execPath, [
      ...ENGINE_NODE_FLAGS,
      ...flagsForThreads(),
      path.join(OUT, 'engine', 'headless.mjs'),
    ]);
  },
});
