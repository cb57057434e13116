import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EngineOptions } from '../../contract/engine-thread.ts';
import { tempFolder } from './temp-folder.ts';

/** The encryption worker as it stands in the source. */
export const ENCRYPT_WORKER = new URL('../sender/encrypt-worker.ts', import.meta.url);

/** Options of an engine in a fresh folder, on any free port. */
export function engineOptions(more: Partial<EngineOptions> = {}): EngineOptions {
  const folder = tempFolder();
  return {
    dataDir: path.join(folder, 'data'),
    version: '0.0.0-test',
    electronVersion: null,
    subscribePageDir: subscribePage(path.join(folder, 'page')),
    port: 0,
    allowPrivateEndpoints: false,
    ...more,
  };
}

function subscribePage(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Subscribe</title>');
  writeFileSync(path.join(folder, 'sw.js'), '');
  return folder;
}
