import { onCurrentNode } from './setup/node.mjs';
import { runScript } from './setup/say.mjs';

/** `npm test [-- step …]`: sets up and runs every check, or those named. Ends with `N passed, N failed`. */
await runScript(() =>
  onCurrentNode(async () => {
    const { beginSetUp } = await import('./setup/set-up.mjs');
    const { packages, done } = beginSetUp({ forTests: true });
    await Promise.race([packages, done]);
    const { runChecks } = await import('./checks/run-checks.mjs');
    return runChecks(process.argv.slice(2), done);
  }),
);
