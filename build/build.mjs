import { runScript } from './setup/script.mjs';

void runScript({
  usage: 'npm run build',
  about: 'Fills out/. What is up to date stays as it is.',
  async main() {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp({ needs: [] });
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll();
  },
});
