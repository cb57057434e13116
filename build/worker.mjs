import path from 'node:path';
import { ENGINE_NODE_FLAGS } from './launch/node-flags.mjs';
import { OUT } from './setup/paths.mjs';
import { runInForeground } from './setup/run.mjs';
import { runScript } from './setup/script.mjs';
import { flagsForThreads } from './setup/v8-flags.mjs';

void runScript({
  usage: 'npm run worker',
  about: `Sets up what is missing, builds what has changed, and runs a worker until Ctrl+C or SIGTERM: it takes batches from the database that PUSHDESK_WORKERS names, encrypts and sends them, and tells the engine what became of them.

For more, see docs/workers.md.`,
  async main() {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp({ needs: [] });
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll(['programs']);
    return runInForeground(process.execPath, [
      ...ENGINE_NODE_FLAGS,
      ...flagsForThreads(),
      path.join(OUT, 'engine', 'headless.mjs'),
      'worker',
    ]);
  },
});
