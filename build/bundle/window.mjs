import { symlinkSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { ROOT } from '../setup/paths.mjs';
import { inPlainFolder, viteMisreads } from '../setup/plain-folder.mjs';
import { recordBundled } from './bundled-packages.mjs';

/** Bundles the window, wherever the project lies. */
export function buildWindow() {
  if (!viteMisreads(ROOT)) return bundle(ROOT);
  return inPlainFolder((folder) => {
    const link = path.join(folder, 'project');
    symlinkSync(ROOT, link, 'junction');
    return bundle(link);
  });
}

/**
 * The window's policy forbids inline scripts, so everything that it loads is in a separate file.
 * @param {string} root
 */
async function bundle(root) {
  await build({
    configFile: false,
    root: path.join(root, 'renderer'),
    resolve: { preserveSymlinks: root !== ROOT },
    base: '/',
    logLevel: 'error',
    plugins: [react(), recordPackages(root)],
    build: {
      outDir: path.join(root, 'out', 'renderer'),
      emptyOutDir: true,
      target: 'chrome130',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
      reportCompressedSize: false,
    },
  });
}

/**
 * Notes which packages the window holds code of.
 * @returns {import('vite').Plugin}
 * @param {string} root
 */
function recordPackages(root) {
  return {
    name: 'pushdesk:record-packages',
    generateBundle() {
      const modules = [...this.getModuleIds()];
      recordBundled(
        'window',
        modules.map((module) => (module.startsWith(root) ? path.relative(root, module) : module)),
      );
    },
  };
}
