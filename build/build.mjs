import { onCurrentNode } from './setup/node.mjs';
import { runScript } from './setup/say.mjs';

/** `npm run build`: fills `out/`. Whatever its sources have not changed since stays as it is. */
await runScript(() =>
  onCurrentNode(async () => {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp();
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll();
  }),
);
