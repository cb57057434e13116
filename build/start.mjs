import { onCurrentNode } from './setup/node.mjs';
import { runScript } from './setup/say.mjs';

/** `npm start`: sets up what is missing, builds what has changed, and opens the app. Arguments go to the app. */
await runScript(() =>
  onCurrentNode(async () => {
    const { setUp } = await import('./setup/set-up.mjs');
    const electron = await setUp();
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll();
    const { launch } = await import('./launch/launch.mjs');
    return launch(electron, process.argv.slice(2));
  }),
);
