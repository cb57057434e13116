import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heldLine, startRendererPreview, type RendererPreview } from './support/renderer-preview.ts';
import { button, dialog, rows } from './support/preview-elements.ts';

let preview: RendererPreview;
beforeAll(async () => {
  preview = await startRendererPreview();
});
afterAll(async () => {
  await preview.close();
});

const focusedName = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );

describe('with the keyboard alone', () => {
  it('a row is found, opened and left, and the list has the focus again', async () => {
    const { page } = await preview.open('/subscriptions');
    await rows(page, 'Subscriptions').nth(1).waitFor();
    await page.getByRole('grid', { name: 'Subscriptions' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog(page, / #\d+$/).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog(page, / #\d+$/).count()).toBe(0);
    await expect.poll(() => focusedName(page)).toBe('Subscriptions');
  });

  it('rows are selected and deleted, and Undo brings them back', async () => {
    const { page } = await preview.open('/subscriptions');
    await page.getByRole('button', { name: 'All 64' }).waitFor();
    await rows(page, 'Subscriptions').nth(2).waitFor();
    await page.getByRole('grid', { name: 'Subscriptions' }).focus();
    for (const key of ['ArrowDown', 'Space', 'ArrowDown', 'Shift+Space', 'Delete'])
      await page.keyboard.press(key);
    await page.getByRole('button', { name: 'All 62' }).waitFor();
    await button(page, 'Undo').press('Enter');
    await page.getByRole('button', { name: 'All 64' }).waitFor();
  });

  it('a question keeps the focus, hides what is behind, and gives the focus back', async () => {
    const { page } = await preview.open('/keys', { scenario: 'empty' });
    await button(page, 'Generate keys').press('Enter');
    await dialog(page, 'Generate keys').waitFor();
    await expect.poll(() => button(page, 'Generate keys').count()).toBe(1);
    const isFocusInside = () =>
      page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null);
    // The dialog takes the focus a moment after it has opened.
    await expect.poll(isFocusInside).toBe(true);
    for (let press = 0; press < 8; press += 1) await page.keyboard.press('Tab');
    expect(await isFocusInside()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedName(page)).toBe('Generate keys');
  });

  it('a question of a panel goes alone, its dangerous answer is not the one at hand', async () => {
    const { page } = await preview.open('/keys');
    await rows(page, 'Key pairs').nth(3).click();
    await button(page, 'Remove').press('Enter');
    await dialog(page, /^Remove .*\?$/).waitFor();
    await expect.poll(() => focusedName(page)).toBe('Keep key pair');
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedName(page)).toBe('Remove');
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedName(page)).toBe('Key pairs');
  });

  it.each(['Send', 'Rehearse'])('the question of %s gives the focus back to it', async (name) => {
    const { page } = await preview.open('/compose');
    await page.getByLabel('Title', { exact: true }).fill('Hello');
    await button(page, name).press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedName(page)).toBe(name);
  });
});

it('a press whose answer takes long keeps the focus, and the question after it gives it back', async () => {
  const line = heldLine();
  const { page } = await preview.open('/compose', { line });
  await page.getByLabel('Title', { exact: true }).fill('Hello');
  line.hold();
  await button(page, 'Send').press('Enter');
  await page.locator('button[data-loading]', { hasText: 'Send' }).waitFor();
  // A focus that was lost is gone with the next frame.
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect(await focusedName(page)).toContain('Send');
  line.letGo();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => focusedName(page)).toBe('Send');
});

it('a switch has the focus again once its change is saved', async () => {
  const line = heldLine();
  const { page } = await preview.open('/server', { line });
  const toggle = page.getByRole('switch', { name: 'Embedded server' });
  const isFocused = () => toggle.evaluate((element) => document.activeElement === element);
  await toggle.waitFor();
  line.hold();
  await toggle.press('Space');
  await expect.poll(() => toggle.isDisabled()).toBe(true);
  await expect.poll(isFocused).toBe(false);
  line.letGo();
  await expect.poll(isFocused).toBe(true);
});
