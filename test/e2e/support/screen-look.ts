import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layoutFaultsIn, tooWideIn } from './layout.ts';
import { startRendererPreview, type RendererPreview } from './renderer-preview.ts';
import type { Walk } from './screen-walk.ts';

/** A folder for pictures of all states, to be looked at; without it none are taken. */
const PICTURES = process.env['PUSHDESK_TEST_PICTURES'];
/** The smallest window, and a large one. */
const SMALL = { width: 1000, height: 700 };
const SIZES = [SMALL, { width: 1600, height: 1000 }];

/** Texts are fitted to a new width with the next frame. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** What floats is put in its place a moment after what it hangs on has moved, so a fault counts where it stays. */
const faultsIn = async (page: Page) => [
  ...(await layoutFaultsIn(page)),
  ...(await tooWideIn(page)).map((name) => `to be scrolled sideways: ${name}`),
];

async function takePictures(page: Page, name: string, { width }: { width: number }): Promise<void> {
  if (PICTURES === undefined) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    await page.screenshot({
      path: path.join(PICTURES, `${name.replaceAll(/\W+/g, '-')}-${width}-${colorScheme}.png`),
    });
  }
}

/** Looks at each state in two sizes: nothing may be cut off, covered, or to be scrolled sideways. */
export function lookAtAll(walks: readonly Walk[]): void {
  let preview: RendererPreview;
  beforeAll(async () => {
    preview = await startRendererPreview();
  });
  afterAll(async () => {
    await preview.close();
  });

  describe.each(walks)('$what, in a small window and in a large one', ({ scenario, states }) => {
    let page: Page;
    let complaints: readonly string[];
    beforeAll(async () => {
      ({ page, complaints } = await preview.open('/', { scenario, width: SMALL.width }));
      await page.emulateMedia({ reducedMotion: 'reduce' });
    });

    it.each(states)('shows all of its words: $name', async ({ name, open }) => {
      await page.setViewportSize(SMALL);
      await open(page);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await drawn(page);
        await expect.poll(() => faultsIn(page), { message: `at ${size.width} pixels` }).toEqual([]);
        await takePictures(page, name, size);
      }
      expect(complaints).toEqual([]);
    });
  });
}
