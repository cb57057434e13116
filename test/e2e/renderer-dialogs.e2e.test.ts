import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRendererPreview, type RendererPreview } from './support/renderer-preview.ts';

let preview: RendererPreview;
beforeAll(async () => {
  preview = await startRendererPreview();
});
afterAll(async () => {
  await preview.close();
});

const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
const focusedName = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

describe('a dialog that holds typed text', () => {
  it.each([
    ['/subscriptions', 'Import', 'Import subscriptions', 'Subscription JSON'],
    ['/keys', 'Import keys', 'Import keys', 'Keys'],
    ['/keys', 'Generate keys', 'Generate keys', 'Name'],
  ])('asks before it is thrown away: %s %s', async (path, opener, name, field) => {
    const { page } = await preview.open(path);
    await button(page, opener).click();
    const opened = dialog(page, name);
    const text = opened.getByRole('textbox', { name: field });
    await text.fill('half a thought');
    const question = opened.getByRole('group', { name: 'Discard what you typed?' });
    for (const leave of [
      () => page.keyboard.press('Escape'),
      () => button(opened, 'Close').click(),
      () => page.mouse.click(4, 4),
    ]) {
      await leave();
      await question.waitFor();
      expect(await focusedName(page)).toBe('Keep editing');
      await button(question, 'Keep editing').click();
      await question.waitFor({ state: 'detached' });
      expect(await text.inputValue()).toBe('half a thought');
    }
    await page.keyboard.press('Escape');
    await button(question, 'Discard').click();
    await opened.waitFor({ state: 'detached' });
    await page.close();
  });

  it('closes at once where nothing is typed, or no longer', async () => {
    const { page } = await preview.open('/subscriptions');
    await button(page, 'Import').click();
    const opened = dialog(page, 'Import subscriptions');
    await opened.getByRole('textbox', { name: 'Subscription JSON' }).fill('x');
    await opened.getByRole('textbox', { name: 'Subscription JSON' }).fill('');
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'detached' });
    await page.close();
  });

  it('closes at once where the text was typed to confirm', async () => {
    const { page } = await preview.open('/subscriptions', { width: 1240 });
    await page
      .getByRole('grid', { name: 'Subscriptions' })
      .getByRole('row')
      .nth(1)
      .getByRole('checkbox')
      .click();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: /^Bin/ }).click();
    await button(page, 'Empty bin…').click();
    const opened = dialog(page, 'Empty the bin?');
    await opened.getByRole('textbox').fill('erase');
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'detached' });
    await page.close();
  });
});

describe('the list of requests', () => {
  it('says that it keeps the last ones only, once it is full', async () => {
    const { page } = await preview.open('/server', { scenario: 'huge' });
    await page.getByText('Only the last 200 are kept').waitFor({ state: 'attached' });
    await page.close();
    const { page: short } = await preview.open('/server');
    await short.getByRole('grid', { name: 'Requests' }).waitFor();
    expect(await short.getByText('are kept').count()).toBe(0);
    await short.close();
  });
});
