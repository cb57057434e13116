import { runScript } from './setup/script.mjs';

void runScript({
  usage: 'npm run screenshots',
  about: 'Retakes the pictures in docs/screenshots/, of the real app with made-up data.',
  async main() {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp({ needs: ['app', 'browsers'] });
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll();
    const { withDisplay } = await import('./setup/display.mjs');
    const { runProgram } = await import('./checks/program.mjs');
    return withDisplay(async () => {
      const { failed } = await runProgram('vitest', ['run', '--project', 'screenshots']);
      return failed;
    });
  },
});
