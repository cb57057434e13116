import { onCurrentNode } from './setup/node.mjs';
import { runScript } from './setup/say.mjs';

/** `npm run screenshots`: makes the pictures in `docs/screenshots/` anew, of the real app with made-up data. */
await runScript(() =>
  onCurrentNode(async () => {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp({ forTests: true });
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll();
    const { hasDisplay, startVirtualDisplay } = await import('./setup/display.mjs');
    const { runProgram } = await import('./checks/program.mjs');
    const display = hasDisplay() ? undefined : await startVirtualDisplay();
    if (display) process.env.DISPLAY = display.name;
    try {
      const { failed } = await runProgram('vitest', ['run', '--project', 'screenshots']);
      return failed;
    } finally {
      display?.stop();
    }
  }),
);
