import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layoutFaultsIn, tooWideIn } from './support/layout.ts';
import { CAMPAIGN_STATES } from './support/screen-states.ts';
import { startRendererPreview, type RendererPreview } from './support/renderer-preview.ts';

/** A folder for pictures of all states, to be looked at; without it none are taken. */
const PICTURES = process.env['PUSHDESK_TEST_PICTURES'];
/** The smallest window, and a large one. */
const SIZES = [
  { width: 1000, height: 700 },
  { width: 1600, height: 1000 },
];

let preview: RendererPreview;
beforeAll(async () => {
  preview = await startRendererPreview();
});
afterAll(async () => {
  await preview.close();
});

/** Texts are fitted to a new width with the next frame. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

async function takePictures(page: Page, name: string, { width }: { width: number }): Promise<void> {
  if (PICTURES === undefined) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    await page.screenshot({
      path: path.join(PICTURES, `${name.replaceAll(' ', '-')}-${width}-${colorScheme}.png`),
    });
  }
}

it.each(CAMPAIGN_STATES)(
  'shows all of its words, in a small window and in a large one: $name',
  async ({ name, screen, scenario, open }) => {
    const { page, complaints } = await preview.open(screen, { scenario, width: SIZES[0]?.width ?? 1000 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await takePictures(page, name, size);
      await drawn(page);
      const faults = await layoutFaultsIn(page);
      expect({ ...size, faults, tooWide: await tooWideIn(page) }).toEqual({
        ...size,
        faults: [],
        tooWide: [],
      });
    }
    expect(complaints).toEqual([]);
    await page.close();
  },
);
