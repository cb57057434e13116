import { runScript } from './setup/script.mjs';

void runScript({
  usage: 'npm run server:pack',
  about:
    'Makes dist/pushdesk-server-VERSION.tgz: the engine, the subscribe page and better-sqlite3, for a machine with Node 22.14 or later and nothing else.',
  async main() {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp({ needs: [] });
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll(['programs', 'subscribe page']);
    const { packServer } = await import('./server/pack.mjs');
    await packServer();
  },
});
