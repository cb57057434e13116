import path from 'node:path';

/** Where the built parts of the app lie. */
export interface Paths {
  preload: string;
  rendererDir: string;
  engineWorker: string;
  subscribePageDir: string;
  icon: string;
}

/** @param outDir absolute path of the build's output, the folder above the one of this bundle */
export function pathsBelow(outDir: string): Paths {
  return {
    preload: path.join(outDir, 'preload', 'index.cjs'),
    rendererDir: path.join(outDir, 'renderer'),
    engineWorker: path.join(outDir, 'engine', 'worker.mjs'),
    subscribePageDir: path.join(outDir, 'web-demo'),
    icon: path.join(outDir, 'icon.png'),
  };
}
