import { runScript } from './setup/script.mjs';

void runScript({
  usage: 'npm start [-- ARGUMENT …]',
  about: 'Sets up what is missing, builds what has changed, and opens the app.',
  passesOn: 'the app (and to Chromium inside it, such as --no-sandbox)',
  async main(args) {
    const { setUpApp } = await import('./setup/set-up.mjs');
    const electron = await setUpApp();
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll();
    const { launch } = await import('./launch/launch.mjs');
    return launch(electron, args);
  },
});
