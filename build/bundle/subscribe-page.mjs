import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { OUT, ROOT } from '../setup/paths.mjs';

const SOURCE = path.join(ROOT, 'web-demo');
const TARGET = path.join(OUT, 'web-demo');

/** All files together, so that the page is there at once on a slow phone. */
export const SIZE_LIMIT = 40_000;

/** Bundles the subscribe page and its service worker (`page.js`, `sw.js`), and copies what needs no bundling. */
export async function buildSubscribePage() {
  rmSync(TARGET, { recursive: true, force: true });
  mkdirSync(TARGET, { recursive: true });
  await build({
    entryPoints: {
      page: path.join(SOURCE, 'page', 'main.ts'),
      sw: path.join(SOURCE, 'service-worker', 'main.ts'),
    },
    outdir: TARGET,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: ['chrome100', 'firefox100', 'safari16'],
    legalComments: 'none',
    logLevel: 'silent',
  });
  cpSync(path.join(SOURCE, 'static'), TARGET, { recursive: true });
  checkSize();
}

function checkSize() {
  const sizes = readdirSync(TARGET).map((name) => ({ name, size: statSync(path.join(TARGET, name)).size }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  if (total < SIZE_LIMIT) return;
  const list = sizes.map(({ name, size }) => `${name} ${size}`).join(', ');
  throw new Error(`its files have ${total} bytes together (${list}), and must have less than ${SIZE_LIMIT}`);
}
