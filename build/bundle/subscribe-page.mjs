import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { build, transform } from 'esbuild';
import { OUT, ROOT } from '../setup/paths.mjs';
import { buildKit } from './kit.mjs';

const SOURCE = path.join(ROOT, 'web-demo');
const TARGET = path.join(OUT, 'web-demo');

/** What opening the page loads, its picture included, so that it is there at once on a slow phone. */
const PAGE_LIMIT = 30_000;
/** The service worker, which loads afterwards. */
const WORKER_LIMIT = 15_000;
/** What loads only when the page is put on a Home Screen, or opened through the app's QR code. */
const RARE_LIMIT = 60_000;
const RARE = [
  'icon-180.png',
  'icon-192.png',
  'icon-512.png',
  'icon-maskable-512.png',
  'badge-96.png',
  'home-screen.webmanifest',
  'phone.js',
];

/** The oldest browsers that the page is written for. */
const BROWSERS = ['chrome100', 'firefox100', 'safari16'];

/** Browsers show no SVG in a notification. */
const PNG_ICONS = [
  { from: 'icon.svg', to: 'icon-192.png', size: 192 },
  { from: 'icon.svg', to: 'icon-512.png', size: 512 },
  { from: 'icon-whole.svg', to: 'icon-180.png', size: 180 },
  { from: 'icon-whole.svg', to: 'icon-maskable-512.png', size: 512 },
  { from: 'badge.svg', to: 'badge-96.png', size: 96 },
];

/**
 * Bundles the subscribe page and its service worker (`page.js`, `sw.js`), draws its icons, and copies what needs no bundling; `kit/` holds
 * what people put on their own sites.
 * @param {string} target the folder to fill; what it holds is replaced
 */
export async function buildSubscribePage(target = TARGET) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  await build({
    entryPoints: {
      page: path.join(SOURCE, 'page', 'main.ts'),
      phone: path.join(SOURCE, 'phone', 'main.ts'),
      sw: path.join(SOURCE, 'service-worker', 'main.ts'),
    },
    outdir: target,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: BROWSERS,
    legalComments: 'none',
    logLevel: 'silent',
  });
  cpSync(path.join(SOURCE, 'static'), target, { recursive: true });
  await shorten(target);
  drawIcons(target);
  checkSize(target);
  await buildKit(path.join(target, 'kit'), BROWSERS);
}

/**
 * Leaves out what only the page's authors need.
 * @param {string} target
 */
async function shorten(target) {
  const style = path.join(target, 'style.css');
  const { code } = await transform(readFileSync(style, 'utf8'), {
    loader: 'css',
    minify: true,
    target: BROWSERS,
    legalComments: 'none',
  });
  writeFileSync(style, code);
  const page = path.join(target, 'index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace(/\n\s+/g, '\n'));
  const manifest = JSON.parse(readFileSync(path.join(target, 'app.webmanifest'), 'utf8'));
  writeFileSync(path.join(target, 'app.webmanifest'), JSON.stringify(manifest));
  // Without a start address, the Home Screen opens the page at its current address: the QR code's link with all its parameters.
  delete manifest.start_url;
  writeFileSync(path.join(target, 'home-screen.webmanifest'), JSON.stringify(manifest));
}

/** @param {string} target */
function drawIcons(target) {
  const icons = path.join(SOURCE, 'icons');
  cpSync(path.join(icons, 'icon.svg'), path.join(target, 'icon.svg'));
  for (const { from, to, size } of PNG_ICONS) {
    const svg = readFileSync(path.join(icons, from), 'utf8');
    const png = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng();
    writeFileSync(path.join(target, to), png);
  }
}

/** @param {string} target */
function checkSize(target) {
  const sizes = readdirSync(target, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ name, size: statSync(path.join(target, name)).size }));
  const isWorker = (/** @type {{name: string}} */ { name }) => name === 'sw.js';
  const isRare = (/** @type {{name: string}} */ { name }) => RARE.includes(name);
  mustBeBelow(
    sizes.filter((file) => !isWorker(file) && !isRare(file)),
    PAGE_LIMIT,
  );
  mustBeBelow(sizes.filter(isRare), RARE_LIMIT);
  mustBeBelow(sizes.filter(isWorker), WORKER_LIMIT);
}

/** @type {(files: readonly {name: string, size: number}[], limit: number) => void} */
function mustBeBelow(files, limit) {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total < limit) return;
  const list = files.map(({ name, size }) => `${name} ${size}`).join(', ');
  throw new Error(`its files have ${total} bytes together (${list}), and must have less than ${limit}`);
}
