import path from 'node:path';

/** Where the built parts of the app are. */
export interface Paths {
  preload: string;
  rendererDir: string;
  engineWorker: string;
  /** What runs beside an engine, such as a backup. */
  command: string;
  /** Runs a site's own service worker. */
  sandbox: string;
  subscribePageDir: string;
  icon: string;
  /** The texts of Pushdesk's own licence and of its packages; only an installed app has them. */
  licences: string;
}

/**
 * @param outDir absolute path of the build's output, the folder above the one of this bundle
 * @param resourcesDir absolute path of what is packaged beside the app
 */
export function pathsBelow(outDir: string, resourcesDir: string): Paths {
  return {
    preload: path.join(outDir, 'preload', 'index.cjs'),
    rendererDir: path.join(outDir, 'renderer'),
    engineWorker: path.join(outDir, 'engine', 'worker.mjs'),
    command: path.join(outDir, 'engine', 'command.mjs'),
    sandbox: path.join(outDir, 'engine', 'sandbox.mjs'),
    subscribePageDir: path.join(outDir, 'web-demo'),
    icon: path.join(outDir, 'icon.png'),
    licences: path.join(resourcesDir, 'licences'),
  };
}
