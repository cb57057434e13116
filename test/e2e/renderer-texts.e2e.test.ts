import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goTo } from './support/person.ts';
import { WEEKEND } from '../renderer-preview/samples.ts';
import { startRendererPreview, type RendererPreview } from './support/renderer-preview.ts';

let preview: RendererPreview;
beforeAll(async () => {
  preview = await startRendererPreview();
});
afterAll(async () => {
  await preview.close();
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const rows = (page: Page, table: string) => page.getByRole('grid', { name: table }).getByRole('row');
const HIDDEN = /(?!\n)[\p{Cc}\p{Bidi_Control}]/u;

describe('what a push service answered', () => {
  it('is shown and copied with what cannot be seen written out, and says that it was cut', async () => {
    const { page, complaints } = await preview.open(`/campaigns/${WEEKEND}`);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: /^Failed/ }).click();
    await rows(page, 'Deliveries').nth(1).click();
    const answer = page.getByRole('region', { name: /^Answer: / }).first();
    await answer.waitFor();
    const shown = await answer.innerText();
    expect(shown).toContain('trace \\u202Egpj.exe \\u001B[31m');
    expect(shown).not.toMatch(HIDDEN);
    await page
      .getByText(/The answer was longer: [\d,]{6} bytes came, [\d,]+ are kept\./)
      .first()
      .waitFor();
    await button(page, 'Copy answer').first().click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toContain('trace \\u202Egpj.exe \\u001B[31m');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).not.toMatch(HIDDEN);
    expect(copied).toContain('\n');
    expect(complaints).toEqual([]);
  });
});

describe('a message with a character that cannot be seen', () => {
  it('says which one, at its field', async () => {
    const { page } = await preview.open('/compose');
    await page.getByRole('textbox', { name: 'Title' }).fill('Sale \u202Eemit ruoy');
    await button(page, 'Send').click();
    await page.getByText('Remove the hidden character U+202E (right-to-left override).').first().waitFor();
  });
});

describe('erasing for good', () => {
  it('asks, says what goes and what stays, and takes one subscription away', async () => {
    const { page, complaints } = await preview.open('/subscriptions');
    const total = async () =>
      Number(/\d+/.exec(await page.getByRole('button', { name: /^All/ }).innerText())?.[0]);
    await expect.poll(total).toBeGreaterThan(0);
    const before = await total();
    await rows(page, 'Subscriptions').nth(1).click();
    await button(page, 'Erase for good…').click();
    const dialog = page.getByRole('dialog', { name: 'Erase this subscription?' });
    await dialog.getByText(/1 subscription and \d+ deliveries/).waitFor();
    await dialog.getByText(/3 backups/).waitFor();
    // Enter keeps the data.
    await page.keyboard.press('Enter');
    await expect.poll(() => dialog.count()).toBe(0);
    await button(page, 'Erase for good…').click();
    await button(page, 'Erase for good').click();
    await page.getByText(/Erased 1 subscription and \d+ deliveries\./).waitFor();
    await expect.poll(total).toBe(before - 1);
    expect(complaints).toEqual([]);
  });

  it('empties the bin only after a word was typed', async () => {
    const { page } = await preview.open('/subscriptions');
    await goTo(page, 'Subscriptions');
    for (const row of [1, 2]) await rows(page, 'Subscriptions').nth(row).getByRole('checkbox').click();
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: /^Bin/ }).click();
    await button(page, 'Empty bin…').click();
    const dialog = page.getByRole('dialog', { name: 'Empty the bin?' });
    await dialog.getByText(/2 subscriptions and all deliveries/).waitFor();
    const act = dialog.getByRole('button', { name: 'Erase for good' });
    expect(await act.isDisabled()).toBe(true);
    await dialog.getByLabel(/to confirm/).fill('erase');
    await act.click();
    await page.getByText(/Erased 2 subscriptions and \d+ deliveries\./).waitFor();
  });
});
