import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WEEKEND } from '../renderer-preview/samples.ts';
import { startRendererPreview, type RendererPreview } from './support/renderer-preview.ts';

let preview: RendererPreview;
beforeAll(async () => {
  preview = await startRendererPreview();
});
afterAll(async () => {
  await preview.close();
});

const grid = (page: Page, name = 'Subscriptions') => page.getByRole('grid', { name });
const rows = (page: Page, name?: string) => grid(page, name).getByRole('row');
const checkbox = (page: Page, row: number) => rows(page).nth(row).getByRole('checkbox');
const bar = (page: Page) => page.getByRole('toolbar', { name: 'Selected rows' });
const countInBar = (page: Page) => bar(page).getByRole('status').innerText();
const tab = (page: Page, name: string) => page.getByRole('button', { name });
const focusedName = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.role);

async function openSubscriptions(scenario: 'full' | 'huge' = 'full', width = 1240) {
  const { page } = await preview.open('/subscriptions', { scenario, width });
  await rows(page).nth(4).waitFor();
  return page;
}

describe('a selection', () => {
  it('ends with the search that showed it: Delete takes nothing that is out of view', async () => {
    const page = await openSubscriptions();
    await checkbox(page, 1).click();
    await checkbox(page, 2).click();
    await bar(page).waitFor();
    await page.getByLabel('Search subscriptions').fill('nobody has this');
    await page.getByText('Nothing found').waitFor();
    expect(await bar(page).count()).toBe(0);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Clear search' }).click();
    await rows(page).nth(4).waitFor();
    await tab(page, 'All 64').waitFor();
    expect(await bar(page).count()).toBe(0);
  });

  it('ends with the view that showed it', async () => {
    const page = await openSubscriptions();
    await checkbox(page, 1).click();
    await bar(page).waitFor();
    await tab(page, 'Active').click();
    await expect.poll(() => bar(page).count()).toBe(0);
  });

  it('obeys the keyboard after a press in a checkbox', async () => {
    const page = await openSubscriptions();
    await checkbox(page, 1).click();
    await expect.poll(() => focusedName(page)).toBe('Subscriptions');
    await page.keyboard.press('Control+a');
    await expect.poll(() => countInBar(page)).toBe('64 selected');
    await page.keyboard.press('Escape');
    await expect.poll(() => bar(page).count()).toBe(0);
    await checkbox(page, 2).click();
    await page.keyboard.press('Delete');
    await tab(page, 'All 63').waitFor();
  });

  it('leaves Ctrl+A and Delete to a field that is typed into', async () => {
    const page = await openSubscriptions();
    await checkbox(page, 1).click();
    await page.getByLabel('Search subscriptions').focus();
    await page.keyboard.press('Delete');
    await page.keyboard.press('Control+a');
    expect(await countInBar(page)).toBe('1 of 64 selected');
    await tab(page, 'All 64').waitFor();
  });

  it('grows and shrinks with Shift, by mouse and by arrows', async () => {
    const page = await openSubscriptions();
    await checkbox(page, 2).click();
    await rows(page)
      .nth(5)
      .click({ modifiers: ['Shift'] });
    await expect.poll(() => countInBar(page)).toBe('4 of 64 selected');
    await page.keyboard.press('Shift+ArrowUp');
    await expect.poll(() => countInBar(page)).toBe('3 of 64 selected');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => countInBar(page)).toBe('5 of 64 selected');
    await rows(page)
      .nth(9)
      .click({ modifiers: ['Control'] });
    await expect.poll(() => countInBar(page)).toBe('6 of 64 selected');
  });

  it('gets one act after another: neither the tags on offer nor what is told lies over the next button', async () => {
    const page = await openSubscriptions('full', 1000);
    for (const row of [1, 2]) await checkbox(page, row).click();
    for (const tag of ['spring', 'summer']) {
      await bar(page).getByRole('button', { name: 'Tag' }).click();
      await page.getByRole('menuitem', { name: 'Add tags…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Tag 2 subscriptions' });
      await dialog.locator('input:focus').waitFor();
      await page.getByRole('option').first().waitFor();
      await page.keyboard.type(tag);
      await page.keyboard.press('Enter');
      await dialog.getByRole('button', { name: 'Add tags' }).click();
      await page.getByText(`2 subscriptions tagged “${tag}”.`).last().waitFor();
    }
    await bar(page).getByRole('button', { name: 'Delete' }).click();
    await tab(page, 'All 62').waitFor();
    await page.keyboard.press('Control+z');
    await tab(page, 'All 64').waitFor();
  });

  it('has its bar over the list, not over the details of a row beside it', async () => {
    const page = await openSubscriptions('full', 1000);
    await page.keyboard.press('Control+a');
    await rows(page).nth(2).getByRole('gridcell').nth(1).click();
    await page.getByRole('textbox', { name: 'Label' }).waitFor();
    const panel = await page.locator('.pd-panel').boundingBox();
    const over = await bar(page).boundingBox();
    expect((over?.x ?? Number.NaN) + (over?.width ?? Number.NaN)).toBeLessThanOrEqual(panel?.x ?? Number.NaN);
    await bar(page).getByRole('button', { name: 'Export' }).click({ trial: true });
  });

  it('leaves the word on the button that takes back whole, however long the name in the message is', async () => {
    const page = await openSubscriptions();
    await page.getByRole('button', { name: 'Actions for Newsletter readers in Switzerland' }).click();
    await page.getByRole('menuitem', { name: 'Remove segment' }).click();
    const undo = page.getByRole('button', { name: 'Undo' });
    await undo.waitFor();
    const cutOff = await undo
      .locator('.mantine-Button-label')
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(cutOff).toBe(0);
  });

  it('of loaded rows is not shown as one of all', async () => {
    const page = await openSubscriptions('huge');
    const all = page.getByRole('checkbox', { name: 'Select the 500 rows that are loaded' });
    await all.click();
    await expect.poll(() => countInBar(page)).toBe('500 of 10,000 selected');
    expect(await all.evaluate((box: HTMLInputElement) => [box.checked, box.indeterminate])).toEqual([
      false,
      true,
    ]);
    await all.click();
    await expect.poll(() => bar(page).count()).toBe(0);
  });
});

describe('a long list', () => {
  it('says under its last loaded row that there are more, and End goes to the very end', async () => {
    const page = await openSubscriptions('huge');
    await page.getByLabel('Search subscriptions').fill('mozilla');
    await page.getByText(/^500 of [2-9],\d{3} rows loaded/).waitFor();
    const all = Number(await grid(page).getAttribute('aria-rowcount'));
    await grid(page).focus();
    await page.keyboard.press('End');
    await expect.poll(async () => Number(await rows(page).last().getAttribute('aria-rowindex'))).toBe(all);
    await expect.poll(() => page.getByText('rows loaded').count()).toBe(0);
    await page.keyboard.press('Home');
    await expect.poll(async () => rows(page).nth(1).getAttribute('aria-rowindex')).toBe('2');
  });

  it('stands where it stood when one comes back to it', async () => {
    const page = await openSubscriptions('huge');
    const top = () => grid(page).evaluate((element) => element.scrollTop);
    await grid(page).evaluate((element) => {
      element.scrollTo({ top: 4000 });
    });
    const first = rows(page).nth(8);
    await expect.poll(async () => Number(await first.getAttribute('aria-rowindex'))).toBeGreaterThan(20);
    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
    await page.getByRole('link', { name: 'Subscriptions' }).click();
    await grid(page).waitFor();
    await expect.poll(top).toBe(4000);
  });

  it('stops loading when another key is pressed', async () => {
    const page = await openSubscriptions('huge');
    await grid(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await expect.poll(async () => rows(page).nth(1).getAttribute('aria-rowindex')).toBe('2');
    await page.getByText(/^\d[\d,]* of 10,000 rows loaded/).waitFor({ state: 'attached' });
  });
});

describe('details beside a list', () => {
  it('leave the list in view at the size the window opens with', async () => {
    const page = await openSubscriptions();
    await rows(page).nth(2).click();
    const panel = page.getByRole('dialog', { name: /#|Baker/ });
    await panel.waitFor();
    const [list, beside] = [await grid(page).boundingBox(), await panel.boundingBox()];
    expect((list?.x ?? 0) + (list?.width ?? 0)).toBeLessThanOrEqual(beside?.x ?? 0);
    expect(list?.width).toBeGreaterThan(500);
  });

  it.each([1000, 1240])('leave no column of the keys under them at %i pixels', async (width) => {
    const { page } = await preview.open('/keys', { width });
    await rows(page, 'Key pairs').nth(1).click();
    await page.getByRole('dialog').waitFor();
    const tooWide = () => grid(page, 'Key pairs').evaluate((list) => list.scrollWidth - list.clientWidth);
    await expect.poll(tooWide).toBeLessThanOrEqual(0);
  });

  it('say what went wrong with a delivery beside the sign for it, also where a scrollbar takes some width', async () => {
    const { page } = await preview.open(`/campaigns/${WEEKEND}`, { width: 1000 });
    await page.getByRole('button', { name: /^Failed/ }).click();
    await rows(page, 'Deliveries').nth(1).click();
    const notice = page.locator('.pd-panel .pd-notice').first();
    await notice.waitFor();
    const tops = await notice.evaluate((element: HTMLElement) => {
      element.style.width = `${element.offsetWidth - 15}px`;
      return ['.pd-notice__icon', '.pd-notice__text'].map(
        (part) => element.querySelector(part)?.getBoundingClientRect().top ?? Number.NaN,
      );
    });
    expect(Math.abs((tops[0] ?? 0) - (tops[1] ?? 0))).toBeLessThan(8);
  });

  it('of a delivery take the focus when opened by Enter, and give it back', async () => {
    const { page } = await preview.open(`/campaigns/${WEEKEND}`, { width: 1240 });
    await rows(page, 'Deliveries').nth(1).waitFor();
    await grid(page, 'Deliveries').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /^Delivery at/ }).waitFor();
    await expect.poll(() => focusedName(page)).toBe('dialog');
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedName(page)).toBe('Deliveries');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => focusedName(page)).toBe('dialog');
  });

  it('lead from a subscription to what was sent to it, and back', async () => {
    const page = await openSubscriptions();
    await rows(page).nth(3).click();
    const history = page.getByRole('region', { name: 'Deliveries' });
    await history.getByRole('link').first().click();
    await page.getByRole('dialog', { name: /^Delivery at/ }).waitFor();
    await page.getByRole('dialog').getByRole('link', { name: /#/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Subscriptions' }).waitFor();
    await page.getByRole('region', { name: 'Deliveries' }).waitFor();
  });
});

it('chooses nothing any more from the first letter of a search on, also before its rows are there', async () => {
  const { page } = await preview.open('/subscriptions', { width: 1240 });
  await page.getByRole('grid', { name: 'Subscriptions' }).focus();
  await page.keyboard.press('Control+a');
  const bar = page.getByRole('toolbar', { name: 'Selected rows' });
  await bar.waitFor();
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.getByRole('textbox', { name: 'Search subscriptions' }).fill('zzzz');
  // The clock is stopped: the search has not been asked yet.
  expect(await bar.count()).toBe(0);
});
