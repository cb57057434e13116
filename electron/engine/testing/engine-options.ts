import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EngineOptions } from '../../contract/engine-options.ts';
import { workerFiles } from '../base/worker-files.ts';
import { tempFolder } from './temp-folder.ts';

/** The engine's other threads, run from source. */
export const WORKER_FILES = workerFiles(new URL('../entries/worker-entry.ts', import.meta.url).href);

/** Options for an engine on any free port, in the given folder, or in a fresh one that is removed after the test. */
export function engineOptions({
  allowPrivateEndpoints = false,
  folder = tempFolder(),
  ...more
}: Partial<EngineOptions> & { allowPrivateEndpoints?: boolean; folder?: string } = {}): EngineOptions {
  return {
    dataDir: path.join(folder, 'data'),
    version: '0.0.0-test',
    electronVersion: null,
    subscribePageDir: subscribePage(path.join(folder, 'page')),
    port: 0,
    fromEnvironment: { settings: allowPrivateEndpoints ? { allowPrivateEndpoints } : {}, variables: {} },
    ...more,
  };
}

function subscribePage(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Subscribe</title>');
  writeFileSync(path.join(folder, 'sw.js'), '');
  return folder;
}
