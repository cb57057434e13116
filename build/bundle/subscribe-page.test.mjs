import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSubscribePage } from './subscribe-page.mjs';

const page = mkdtempSync(path.join(tmpdir(), 'pushdesk-page-'));
const read = (/** @type {string} */ name) => readFileSync(path.join(page, name));
const manifestOf = (/** @type {string} */ name) => JSON.parse(String(read(name)));

/** @param {string} name */
function pngSize(name) {
  const png = read(name);
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

beforeAll(() => buildSubscribePage(page));
afterAll(() => {
  rmSync(page, { recursive: true });
});

it('has what Home Screens ask for, below a path too', () => {
  const manifest = manifestOf('app.webmanifest');
  expect(manifest).toMatchObject({ display: 'standalone', start_url: './', scope: './' });
  expect(manifest.name.length * manifest.short_name.length).toBeGreaterThan(0);
  const kinds = manifest.icons.map((/** @type {{sizes: string, purpose?: string}} */ icon) =>
    [icon.sizes, icon.purpose ?? 'any'].join(' '),
  );
  expect(kinds).toEqual(expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']));
});

it('has pictures of the sizes that it names', () => {
  const pngs = manifestOf('app.webmanifest').icons.filter(
    (/** @type {{type: string}} */ { type }) => type === 'image/png',
  );
  for (const { src, sizes } of pngs) expect([src, pngSize(src)]).toEqual([src, sizes]);
  const html = String(read('index.html'));
  const [, touch = ''] = /rel="apple-touch-icon" sizes="180x180" href="([^"]+)"/.exec(html) ?? [];
  expect(pngSize(touch)).toBe('180x180');
});

it('has a second manifest that starts at the address that the page has', () => {
  const home = manifestOf('home-screen.webmanifest');
  expect(home).not.toHaveProperty('start_url');
  expect({ ...home, start_url: './' }).toEqual(manifestOf('app.webmanifest'));
});
