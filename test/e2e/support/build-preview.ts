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

/** Bundles the window for browsers once, before the first file of the suite. */
export default async function setUp(project: TestProject): Promise<() => void> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'pushdesk-preview-'));
  await build({
    configFile: PREVIEW_CONFIG,
    configLoader: 'native',
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'chrome130', reportCompressedSize: false },
  });
  project.provide('previewFolder', outDir);
  return () => {
    rmSync(outDir, { recursive: true, force: true });
  };
}
