import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EngineOptions } from '../../contract/engine-options.ts';
import { workerFiles } from '../base/worker-files.ts';
import { tempFolder } from './temp-folder.ts';

/** Where the engine was bundled for this suite (build/checks/engine-for-tests.mjs); in other programs its sources run. */
const bundled = process.env['ENGINE_FOR_TESTS'];

/** The engine as a thread. */
export const ENGINE_THREAD =
  bundled === undefined
    ? new URL('../entries/worker-entry.ts', import.meta.url)
    : pathToFileURL(path.join(bundled, 'worker.mjs'));

/** The engine's other threads and programs. */
export const WORKER_FILES = workerFiles(ENGINE_THREAD.href);

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
