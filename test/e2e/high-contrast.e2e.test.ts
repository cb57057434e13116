import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RUNNING } from '../renderer-preview/samples.ts';
import { startRendererPreview, type RendererPreview } from './support/renderer-preview.ts';

let preview: RendererPreview;
beforeAll(async () => {
  preview = await startRendererPreview();
});
afterAll(async () => {
  await preview.close();
});

/** Opens a screen as it is shown where the system forces its own few colours (Windows' contrast themes). */
async function open(screen: string): Promise<Page> {
  const { page } = await preview.open(screen, { width: 1240 });
  await page.emulateMedia({ forcedColors: 'active' });
  return page;
}

/** What an element can be told apart by, where colours are forced. */
const looksOf = (element: Locator) =>
  element.evaluate((found) => {
    const { backgroundColor, color, outlineStyle, outlineWidth, borderTopStyle } = getComputedStyle(found);
    return { backgroundColor, color, outline: `${outlineStyle} ${outlineWidth}`, borderTopStyle };
  });

it('shows which screen and which tab is the current one', async () => {
  const page = await open('/subscriptions');
  const current = page.getByRole('navigation').getByRole('link', { name: 'Subscriptions' });
  const other = page.getByRole('navigation').getByRole('link', { name: 'Keys' });
  expect(await looksOf(current)).not.toEqual(await looksOf(other));
  const pressed = page.getByRole('button', { name: /^All/, pressed: true });
  const released = page.getByRole('button', { name: /^Active/, pressed: false });
  expect(await looksOf(pressed)).not.toEqual(await looksOf(released));
  await page.close();
});

it('shows which rows are selected, and which one is open', async () => {
  const page = await open('/subscriptions');
  const rows = page.getByRole('grid', { name: 'Subscriptions' }).getByRole('row');
  await rows.nth(1).getByRole('checkbox').click();
  await rows.nth(3).click();
  const [selected, plain, opened] = await Promise.all([
    looksOf(rows.nth(1)),
    looksOf(rows.nth(2)),
    looksOf(rows.nth(3)),
  ]);
  expect(selected.outline).not.toBe(plain.outline);
  expect(opened.outline).not.toBe(plain.outline);
  await page.close();
});

it('shows progress, and whether the server runs', async () => {
  const page = await open(`/campaigns/${RUNNING}`);
  const parts = page.locator('.pd-outcomes__part');
  await parts.first().waitFor();
  const ground = await looksOf(page.locator('.pd-outcomes').first());
  expect((await looksOf(parts.first())).backgroundColor).not.toBe(ground.backgroundColor);
  expect(ground.outline).not.toMatch(/^none/);
  const dot = await looksOf(page.locator('.pd-nav__dot').first());
  const nav = await looksOf(page.getByRole('navigation'));
  expect(dot.backgroundColor).not.toBe(nav.backgroundColor);
  await page.close();
});
