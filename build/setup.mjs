import { runScript } from './setup/script.mjs';

void runScript({
  usage: 'npm run setup [-- --tests] [--retry-electron]',
  about: 'Fetches and compiles what the app needs, as npm start does before it builds.',
  options: {
    '--tests': 'Also installs what the tests need: browsers, a virtual display, compilers.',
    '--retry-electron': 'Tries once more to download Electron where another one stands in for it.',
  },
  async main(args) {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp({
      needs: args.includes('--tests') ? ['app', 'browsers', 'examples'] : ['app'],
      retryElectron: args.includes('--retry-electron'),
    });
  },
});
