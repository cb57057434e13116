import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    previewFolder: string;
  }
}

export const PREVIEW_CONFIG = path.resolve(import.meta.dirname, '../../renderer-preview/vite.config.ts');

/** Bundles the window for browsers once, before the first file of the suite, as people get it: Vitest's `test` would mean development. */
export default async function setUp(project: TestProject): Promise<() => void> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'pushdesk-preview-'));
  const { NODE_ENV } = process.env;
  process.env['NODE_ENV'] = 'production';
  await build({
    configFile: PREVIEW_CONFIG,
    configLoader: 'native',
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'chrome130', reportCompressedSize: false },
  });
  process.env['NODE_ENV'] = NODE_ENV;
  project.provide('previewFolder', outDir);
  return () => {
    rmSync(outDir, { recursive: true, force: true });
  };
}
