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

/** The system's own colour for what is chosen. */
const highlightIn = (page: Page) =>
  page.evaluate(() => {
    const sample = document.createElement('div');
    sample.style.cssText = 'forced-color-adjust: none; background: Highlight';
    document.body.append(sample);
    const { backgroundColor } = getComputedStyle(sample);
    sample.remove();
    return backgroundColor;
  });

it('shows which screen and which tab is the current one', async () => {
  const page = await open('/subscriptions');
  const current = page.getByRole('navigation').getByRole('link', { name: 'Subscriptions' });
  const other = page.getByRole('navigation').getByRole('link', { name: 'Keys' });
  expect(await looksOf(current)).not.toEqual(await looksOf(other));
  const pressed = page.getByRole('button', { name: /^All/, pressed: true });
  const released = page.getByRole('button', { name: /^Active/, pressed: false });
  expect(await looksOf(pressed)).not.toEqual(await looksOf(released));
  const highlight = await highlightIn(page);
  for (const chosen of [current, pressed]) expect((await looksOf(chosen)).backgroundColor).toBe(highlight);
});

it('shows which part of a campaign is open', async () => {
  const page = await open(`/campaigns/${RUNNING}/summary`);
  const tab = (name: string) => looksOf(page.getByRole('tab', { name }));
  await page.getByRole('tab', { name: 'Summary', selected: true }).waitFor();
  expect((await tab('Summary')).backgroundColor).toBe(await highlightIn(page));
  expect((await tab('Message')).backgroundColor).not.toBe(await highlightIn(page));
});

it('gives an edge to what is told by its ground elsewhere', async () => {
  const page = await open('/compose');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('alert').first().waitFor();
  const edges = [
    '.pd-notice',
    '.pd-preview__card',
    '.mantine-SegmentedControl-root',
    '.mantine-Switch-track',
  ];
  for (const edge of edges) expect((await looksOf(page.locator(edge).first())).outline).not.toMatch(/^none/);
  await page.getByRole('button', { name: 'Rehearse', exact: true }).click();
  const dialog = page.locator('.pd-dialog');
  await dialog.waitFor();
  expect((await looksOf(dialog)).outline).not.toMatch(/^none/);
  const devices = (name: string) => looksOf(dialog.getByRole('button', { name, exact: true }));
  expect((await devices('1,000')).backgroundColor).toBe(await highlightIn(page));
  expect((await devices('100')).backgroundColor).not.toBe(await highlightIn(page));
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
});
