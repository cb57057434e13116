import { onCurrentNode } from './setup/node.mjs';
import { runScript } from './setup/say.mjs';

/** `npm run setup [-- --tests] [--retry-electron]`: everything that `npm start` does before it builds. */
await runScript(() =>
  onCurrentNode(async () => {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp({
      forTests: process.argv.includes('--tests'),
      retryElectron: process.argv.includes('--retry-electron'),
    });
  }),
);
