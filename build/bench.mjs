import path from 'node:path';
import { onCurrentNode } from './setup/node.mjs';
import { ROOT } from './setup/paths.mjs';
import { runInForeground } from './setup/run.mjs';
import { runScript } from './setup/say.mjs';

/** `npm run bench [-- --short]`: measures what the design promises, prints one table and writes `out/benchmark.json`. */
await runScript(() =>
  onCurrentNode(async () => {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp();
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll();
    const { hasDisplay, startVirtualDisplay } = await import('./setup/display.mjs');
    const display = hasDisplay() ? undefined : await startVirtualDisplay();
    if (display) process.env.DISPLAY = display.name;
    try {
      return await runInForeground(process.execPath, [
        path.join(ROOT, 'test', 'benchmarks', 'run.ts'),
        ...process.argv.slice(2),
      ]);
    } finally {
      display?.stop();
    }
  }),
);
