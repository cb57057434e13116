import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { OUT, ROOT } from '../setup/paths.mjs';
import { recordBundled } from './bundled-packages.mjs';

/** Bundles the window. Its policy forbids inline scripts, so that all it loads is a file of its own. */
export async function buildWindow() {
  await build({
    configFile: false,
    root: path.join(ROOT, 'renderer'),
    base: '/',
    logLevel: 'error',
    plugins: [react(), recordPackages()],
    build: {
      outDir: path.join(OUT, 'renderer'),
      emptyOutDir: true,
      target: 'chrome130',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      reportCompressedSize: false,
    },
  });
}

/** Notes which packages the window holds code of. @returns {import('vite').Plugin} */
function recordPackages() {
  return {
    name: 'pushdesk:record-packages',
    generateBundle() {
      recordBundled('window', this.getModuleIds());
    },
  };
}
