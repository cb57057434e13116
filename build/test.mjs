import { onCurrentNode } from './setup/node.mjs';
import { runScript } from './setup/say.mjs';

/** `npm test [-- step …]`: sets up and runs every check, or those named. Ends with `N passed, N failed`. */
await runScript(() =>
  onCurrentNode(async () => {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp({ forTests: true });
    const { runChecks } = await import('./checks/run-checks.mjs');
    return runChecks(process.argv.slice(2));
  }),
);
