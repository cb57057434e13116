import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { OUT, ROOT } from '../setup/paths.mjs';

/** Linux wants one file per size; electron-builder makes the Windows and macOS formats from the largest. */
const SIZES = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024];
const WINDOW_ICON = 256;

/** Draws `build/icon.svg` in every size that a desktop asks for. */
export async function buildIcons() {
  const svg = readFileSync(path.join(ROOT, 'build', 'icon.svg'), 'utf8');
  const folder = path.join(OUT, 'icons');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const size of SIZES) {
    writeFileSync(path.join(folder, `${size}x${size}.png`), draw(svg, size));
  }
  writeFileSync(path.join(OUT, 'icon.png'), draw(svg, WINDOW_ICON));
}

/**
 * @param {string} svg
 * @param {number} size
 */
function draw(svg, size) {
  return new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng();
}
