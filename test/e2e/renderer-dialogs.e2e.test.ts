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
    ['/subscriptions', 'Import', 'Import subscriptions', 'Subscriptions'],
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
      await expect.poll(() => focusedName(page)).toBe('Keep editing');
      await button(question, 'Keep editing').click();
      await question.waitFor({ state: 'detached' });
      expect(await text.inputValue()).toBe('half a thought');
    }
    await page.keyboard.press('Escape');
    await button(question, 'Discard').click();
    await opened.waitFor({ state: 'detached' });
  });

  it('closes at once where nothing is typed, or no longer', async () => {
    const { page } = await preview.open('/subscriptions');
    await button(page, 'Import').click();
    const opened = dialog(page, 'Import subscriptions');
    await opened.getByRole('textbox', { name: 'Subscriptions' }).fill('x');
    await opened.getByRole('textbox', { name: 'Subscriptions' }).fill('');
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'detached' });
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
  });
});

/** The field that has the focus, as assistive technology meets it. */
const focusedField = (page: Page) =>
  page.evaluate(() => {
    const field = document.activeElement;
    const told = (field?.getAttribute('aria-describedby') ?? '').split(' ');
    const label =
      field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.labels : null;
    return {
      name: label?.[0]?.textContent ?? field?.getAttribute('aria-label'),
      isInvalid: field?.getAttribute('aria-invalid') === 'true',
      told: told.map((id) => document.getElementById(id)?.textContent ?? '').join(' '),
    };
  });
const rehearse = async (page: Page) => {
  await button(page, 'Rehearse').first().click();
  // The dialog gives the focus to its first field, and would take it from whatever has it before.
  const opened = dialog(page, 'Rehearse this message');
  await opened.locator('input[data-autofocus]:focus').waitFor();
  return opened;
};
const openedBy = async (page: Page, opener: string) => {
  await button(page, opener).click();
  return dialog(page, opener === 'Import' ? 'Import subscriptions' : opener);
};
const editedKey = async (page: Page) => {
  await page.getByRole('grid', { name: 'Key pairs' }).getByRole('row').nth(1).click();
  const panel = page.locator('.pd-panel');
  await panel.getByRole('textbox', { name: 'Name' }).fill('');
  await panel.getByRole('textbox', { name: 'Contact' }).fill('ftp://nowhere');
  return panel;
};

interface WrongForm {
  path: string;
  open: (page: Page) => Promise<Locator>;
  /** What is typed before the press, by field. */
  typed: Record<string, string>;
  act: string;
  field: string;
  error: string;
  announced: string;
}
const WRONG_FORMS: WrongForm[] = [
  {
    path: '/keys',
    open: (page) => openedBy(page, 'Generate keys'),
    typed: { Name: '', Contact: '' },
    act: 'Generate keys',
    field: 'Name',
    error: 'Give it a name',
    announced: 'Fix 2 fields: Name, Contact.',
  },
  {
    path: '/keys',
    open: (page) => openedBy(page, 'Generate keys'),
    typed: { Contact: 'ftp://nowhere' },
    act: 'Generate keys',
    field: 'Contact',
    error: 'ontact',
    announced: 'Fix 1 field: Contact.',
  },
  {
    // Only the engine knows how long a name may be.
    path: '/keys',
    open: (page) => openedBy(page, 'Generate keys'),
    typed: { Name: 'x'.repeat(1000), Contact: 'mailto:you@example.com' },
    act: 'Generate keys',
    field: 'Name',
    error: 'Use at most',
    announced: 'Fix 1 field: Name.',
  },
  {
    path: '/keys',
    open: (page) => openedBy(page, 'Import keys'),
    typed: {},
    act: 'Import keys',
    field: 'Keys',
    error: 'key',
    announced: 'Fix 2 fields: Keys, Contact.',
  },
  {
    path: '/keys',
    open: editedKey,
    typed: {},
    act: 'Save changes',
    field: 'Name',
    error: 'Give it a name',
    announced: 'Fix 2 fields: Name, Contact.',
  },
  {
    path: '/subscriptions',
    open: (page) => openedBy(page, 'Import'),
    typed: {},
    act: 'Import',
    field: 'Subscriptions',
    error: 'There is nothing to import yet. Paste subscriptions here, or choose a file.',
    announced: 'Fix 1 field: Subscriptions.',
  },
  {
    path: '/subscriptions',
    open: (page) => openedBy(page, 'Import'),
    typed: { Subscriptions: 'half a thought' },
    act: 'Import',
    field: 'Subscriptions',
    error: 'None of this can be imported.',
    announced: 'Fix 1 field: Subscriptions.',
  },
  {
    path: '/compose',
    open: rehearse,
    typed: { 'Virtual devices': '' },
    act: 'Start rehearsal',
    field: 'Virtual devices',
    error: 'Enter a number from',
    announced: 'Fix 1 field: Virtual devices.',
  },
];

describe('a press that a form refuses', () => {
  it.each(WRONG_FORMS)(
    'leads to the first wrong field: $path, $act, $announced',
    async ({ path, open, typed, act, field, error, announced }) => {
      const { page } = await preview.open(path, { width: 1240 });
      const form = await open(page);
      for (const [name, text] of Object.entries(typed)) await form.getByRole('textbox', { name }).fill(text);
      await button(form, act).click();
      await expect.poll(() => focusedField(page)).toMatchObject({ name: field, isInvalid: true });
      expect((await focusedField(page)).told).toContain(error);
      await expect.poll(() => form.getByRole('alert').allTextContents()).toContain(announced);
    },
  );

  it.each([
    ['Port', '80', 'Enter a number from 1024 to 65535.'],
    ['Parallel requests per push service', '0', 'Enter a number from 1 to 2,000.'],
  ])('keeps the focus in a setting that is wrong, and says so: %s', async (name, text, error) => {
    const { page } = await preview.open('/settings');
    await page.getByRole('textbox', { name }).fill(text);
    await page.keyboard.press('Enter');
    await expect.poll(() => focusedField(page)).toMatchObject({ name, isInvalid: true });
    expect((await focusedField(page)).told).toContain(error);
    await expect.poll(() => page.getByRole('alert').allTextContents()).toContain(`Fix 1 field: ${name}.`);
    await page.keyboard.press('Tab');
    await expect.poll(() => page.getByRole('alert').allTextContents()).toContain(error);
  });

  it('shows above the button, in view, what the engine says of no field', async () => {
    const { page } = await preview.open('/keys', { scenario: 'failing' });
    await page.setViewportSize({ width: 1000, height: 360 });
    const form = await openedBy(page, 'Import keys');
    await form.getByRole('textbox', { name: 'Keys' }).fill('7Cz8KpHhVPpDUW4hTT2KFmBhSRtdpbhhmUU2F4Mk3zU');
    await form.getByRole('textbox', { name: 'Contact' }).fill('mailto:you@example.com');
    await button(form, 'Import keys').click();
    const alert = form.getByRole('alert').filter({ hasText: 'The data file is locked by another program.' });
    await alert.waitFor();
    const box = await alert.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(360);
  });
});

const keepsAndDiscards = async (page: Page, opened: Locator, words: string) => {
  const question = opened.getByRole('group', { name: words });
  await page.keyboard.press('Escape');
  await question.waitFor();
  await expect.poll(() => focusedName(page)).toBe('Keep editing');
  await button(question, 'Keep editing').click();
  await question.waitFor({ state: 'detached' });
  expect(await opened.isVisible()).toBe(true);
  await button(opened, 'Close').click();
  await button(question, 'Discard').click();
  await opened.waitFor({ state: 'detached' });
};

describe('what was chosen and not typed', () => {
  const file = (bytes: number) => ({
    name: 'subscribers.jsonl',
    mimeType: 'application/json',
    buffer: Buffer.alloc(bytes, 'x\n'),
  });

  it.each([40, 1_200_000])('is asked about as well: a file of %d bytes', async (bytes) => {
    const { page } = await preview.open('/subscriptions');
    const opened = await openedBy(page, 'Import');
    await opened.locator('input[type=file]').setInputFiles(file(bytes));
    await opened.getByText('subscribers.jsonl').waitFor();
    await keepsAndDiscards(page, opened, 'Discard the chosen file?');
  });

  it('closes at once where the file was taken back', async () => {
    const { page } = await preview.open('/subscriptions');
    const opened = await openedBy(page, 'Import');
    await opened.locator('input[type=file]').setInputFiles(file(40));
    await button(opened, 'Choose another').click();
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'detached' });
  });

  it('is asked about as well: the key pair of an import', async () => {
    const { page } = await preview.open('/subscriptions');
    const opened = await openedBy(page, 'Import');
    await opened.getByRole('combobox', { name: 'Made with' }).click();
    await page.getByRole('option').nth(1).click();
    await keepsAndDiscards(page, opened, 'Discard your choice?');
  });

  it('is asked about as well: sliders and counts of a rehearsal', async () => {
    const { page } = await preview.open('/compose');
    const opened = await rehearse(page);
    await opened.getByRole('slider').first().press('ArrowRight');
    await keepsAndDiscards(page, opened, 'Discard these settings?');
    const { page: other } = await preview.open('/compose');
    const again = await rehearse(other);
    await button(again, '10,000').click();
    await keepsAndDiscards(other, again, 'Discard these settings?');
  });

  it('is asked about as well: what was changed in the panel of a key', async () => {
    const { page } = await preview.open('/keys', { width: 1240 });
    await keepsAndDiscards(page, await editedKey(page), 'Discard your changes?');
  });
});
