import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { ROOT } from '../setup/paths.mjs';

const SOURCE = path.join(ROOT, 'web-demo');

/** What a visitor's browser loads of the kit in a page, compressed. */
export const KIT_LIMIT = 6_000;

/**
 * The kit for a person's own site: `pushdesk.js` for pages, the same as a module with its types, the script that takes over from another
 * sender, and the service worker.
 * @param {string} target the folder to fill
 * @param {readonly string[]} browsers
 */
export async function buildKit(target, browsers) {
  mkdirSync(target, { recursive: true });
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  /** @type {import('esbuild').BuildOptions} */
  const common = {
    bundle: true,
    minify: true,
    platform: 'browser',
    target: [...browsers],
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    banner: { js: `/*! Pushdesk ${version} MIT */` },
    define: { KIT_VERSION: JSON.stringify(version) },
  };
  /** @type {(entry: string, name: string, format: 'iife' | 'esm') => Promise<unknown>} */
  const make = (entry, name, format) =>
    build({
      ...common,
      entryPoints: [path.join(SOURCE, ...entry.split('/'))],
      outfile: path.join(target, name),
      format,
    });
  await Promise.all([
    make('kit/script.ts', 'pushdesk.js', 'iife'),
    make('kit/module.ts', 'pushdesk.mjs', 'esm'),
    make('kit/take-over.ts', 'pushdesk-take-over.mjs', 'esm'),
    make('service-worker/kit/main.ts', 'pushdesk-worker.js', 'iife'),
  ]);
  const types = path.join(SOURCE, 'kit', 'pushdesk.d.ts');
  copyFileSync(types, path.join(target, 'pushdesk.d.ts'));
  copyFileSync(types, path.join(target, 'pushdesk.d.mts'));
  const size = gzipSync(readFileSync(path.join(target, 'pushdesk.js')), { level: 9 }).length;
  if (size >= KIT_LIMIT)
    throw new Error(`pushdesk.js has ${size} bytes compressed, and must have less than ${KIT_LIMIT}`);
}
