import path from 'node:path';
import { ENGINE_NODE_FLAGS } from './launch/node-flags.mjs';
import { VARIABLES_HELP } from './launch/variables.mjs';
import { OUT } from './setup/paths.mjs';
import { runInForeground } from './setup/run.mjs';
import { runScript } from './setup/script.mjs';
import { flagsForThreads } from './setup/v8-flags.mjs';

void runScript({
  usage: 'npm run headless [-- COMMAND …]',
  about: `Sets up what is missing, builds what has changed, and runs the engine without a window until Ctrl+C or SIGTERM. It is configured by environment variables:

${VARIABLES_HELP}

For more, see docs/local-api.md.`,
  commands: {
    backup: 'FILE, or FOLDER --keep 7: copies the store and the private keys, also while it runs.',
    restore: 'FILE: puts a copy in the place of the store.',
    token: 'create --name NAME --scope SCOPE, list, or revoke ID: access tokens.',
    health: 'Asks the one that runs how it is.',
  },
  async main(args) {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp({ needs: [] });
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll(['programs', 'subscribe page']);
    return runInForeground(process.execPath, [
      ...ENGINE_NODE_FLAGS,
      ...flagsForThreads(),
      path.join(OUT, 'engine', args.length > 0 ? 'command.mjs' : 'headless.mjs'),
      ...args,
    ]);
  },
});
