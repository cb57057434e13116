import { runScript } from './setup/script.mjs';

void runScript({
  usage: 'npm run build',
  about: 'Fills out/. Whatever its sources have not changed since stays as it is.',
  async main() {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp({ needs: [] });
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll();
  },
});
