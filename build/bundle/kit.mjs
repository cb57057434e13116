import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { ROOT } from '../setup/paths.mjs';

const SOURCE = path.join(ROOT, 'web-demo');

/** What a visitor's browser loads of the kit in a page, compressed. */
export const KIT_LIMIT = 6_000;

/** What `pushdesk.mjs` exports. It is declared outside of the bundle: whatever is exported from within is written three times. */
const EXPORTS = 'version,configure,subscribe,unsubscribe,state,setTags,setAttributes,onChange';

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
    define: { KIT_VERSION: JSON.stringify(version) },
  };
  /** @type {(name: string, options: import('esbuild').BuildOptions, exports?: string) => Promise<unknown>} */
  const make = (name, options, exports = '') =>
    build({
      ...common,
      ...options,
      banner: { js: `/*! Pushdesk ${version} MIT */${exports}` },
      outfile: path.join(target, name),
    });
  /** @type {(name: string) => string[]} */
  const source = (name) => [path.join(SOURCE, ...name.split('/'))];
  const module = `import { claim } from './claim.ts'; ({${EXPORTS}} = claim());`;
  await Promise.all([
    make('pushdesk.js', { entryPoints: source('kit/script.ts'), format: 'iife' }),
    make(
      'pushdesk.mjs',
      { stdin: { contents: module, resolveDir: path.join(SOURCE, 'kit') }, format: 'esm' },
      `export let ${EXPORTS};`,
    ),
    make('pushdesk-take-over.mjs', { entryPoints: source('kit/take-over.ts'), format: 'esm' }),
    make('pushdesk-worker.js', { entryPoints: source('service-worker/kit/main.ts'), format: 'iife' }),
  ]);
  const types = path.join(SOURCE, 'kit', 'pushdesk.d.ts');
  copyFileSync(types, path.join(target, 'pushdesk.d.ts'));
  copyFileSync(types, path.join(target, 'pushdesk.d.mts'));
  for (const name of ['pushdesk.js', 'pushdesk.mjs']) {
    const size = gzipSync(readFileSync(path.join(target, name)), { level: 9 }).length;
    if (size >= KIT_LIMIT)
      throw new Error(`${name} has ${size} bytes compressed, and must have less than ${KIT_LIMIT}`);
  }
}
