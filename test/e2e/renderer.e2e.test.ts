import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goTo, SCREENS } from './support/person.ts';
import { PAUSED, RUNNING, WEEKEND } from '../renderer-preview/samples.ts';
import { tooWideIn } from './support/layout.ts';
import { startRendererPreview, type RendererPreview } from './support/renderer-preview.ts';
import { button, dialog, rows } from './support/preview-elements.ts';

let preview: RendererPreview;
beforeAll(async () => {
  preview = await startRendererPreview();
});
afterAll(async () => {
  await preview.close();
});

/** A picture that the engine of this page serves. */
const pictureOf = async (page: Page) => {
  const server = await page
    .getByText(/^localhost:\d+$/)
    .first()
    .innerText();
  return `http://${server}/icon-192.png`;
};

describe('every screen', () => {
  it.each(['full', 'empty', 'failing'] as const)('opens without a complaint: %s', async (scenario) => {
    const { page, complaints, outside } = await preview.open('/', { scenario });
    for (const screen of SCREENS) await goTo(page, screen);
    expect(complaints).toEqual([]);
    expect(outside).toEqual([]);
  });

  it('keeps its name where the navigation is folded to icons', async () => {
    const { page } = await preview.open('/', { width: 820 });
    for (const screen of SCREENS) await goTo(page, screen);
    expect((await page.getByRole('navigation').boundingBox())?.width).toBeLessThan(60);
  });

  it.each([800, 1000])('scrolls nowhere sideways at %i pixels', async (width) => {
    const { page } = await preview.open('/', { width });
    for (const screen of SCREENS) {
      await goTo(page, screen);
      expect({ screen, tooWide: await tooWideIn(page) }).toEqual({ screen, tooWide: [] });
    }
  });

  it('says what is wrong and offers a way out where reading fails', async () => {
    const { page } = await preview.open('/keys', { scenario: 'failing' });
    await page.getByRole('alert').getByText('The data file is locked by another program.').waitFor();
    await button(page, 'Try again').waitFor();
  });
});

describe('Keys', () => {
  it('says before it asks that a key pair cannot be removed, and how many people need it', async () => {
    const { page } = await preview.open('/keys');
    await rows(page, 'Key pairs').nth(1).click();
    await button(page, 'Remove').press('Enter');
    await page
      .getByRole('alert')
      .filter({ hasText: /\d+ active subscriptions were made with it/ })
      .waitFor();
    expect(await dialog(page, /^Remove/).count()).toBe(0);
  });

  it('offers a copy of a new key pair, which can wait', async () => {
    const { page } = await preview.open('/keys', { scenario: 'empty' });
    await button(page, 'Generate keys').click();
    await page.getByLabel('Contact').fill('me@example.com');
    await dialog(page, 'Generate keys').getByRole('button', { name: 'Generate keys' }).click();
    await dialog(page, 'Save a copy').getByRole('button', { name: 'Not now' }).click();
    await page.getByText('You have no copy of “My site”.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('note').getByRole('button', { name: 'Save a copy' }).click();
    await page.getByText(/^Saved to /).waitFor();
    await expect.poll(() => page.getByText('You have no copy').count()).toBe(0);
  });

  it('says that keys are locked wherever they are missed, and never offers others instead', async () => {
    const { page } = await preview.open('/', { scenario: 'locked' });
    await page.getByText(/is locked, because your key ring is locked/).waitFor();
    expect(await button(page, 'Generate keys').count()).toBe(0);
    await button(page, 'Unlock key ring').click();
    await expect.poll(() => page.getByText(/is locked/).count()).toBe(0);
  });

  it('completes a bare address, warns of what Apple refuses, and refuses what is malformed', async () => {
    const { page } = await preview.open('/keys', { scenario: 'empty' });
    await button(page, 'Generate keys').click();
    const contact = page.getByLabel('Contact');
    await contact.fill('dev@localhost');
    await contact.press('Tab');
    await expect.poll(() => contact.inputValue()).toBe('mailto:dev@localhost');
    await dialog(page, 'Generate keys')
      .getByText(/Apple refuses/)
      .waitFor();
    await contact.fill('nobody');
    await contact.press('Enter');
    await dialog(page, 'Generate keys')
      .getByText(/neither mailto: nor https:/)
      .waitFor();
    expect(await contact.getAttribute('aria-invalid')).toBe('true');
  });
});

describe('Compose', () => {
  const title = (page: Page) => page.getByLabel('Title', { exact: true });
  const campaignCount = async (page: Page) => {
    await goTo(page, 'Campaigns');
    await rows(page, 'Campaigns').nth(1).waitFor();
    return (await rows(page, 'Campaigns').count()) - 1;
  };

  it('starts one campaign however often Send is pressed', async () => {
    const { page } = await preview.open('/campaigns');
    const before = await campaignCount(page);
    await goTo(page, 'Subscriptions');
    await rows(page, 'Subscriptions').nth(1).click();
    await button(page, 'Send to this one').click();
    await title(page).fill('Once');
    await button(page, 'Send').dblclick();
    await page.getByRole('heading', { level: 1, name: 'Once' }).waitFor();
    expect(await campaignCount(page)).toBe(before + 1);
  });

  it('breaks a word that is longer than the question of Send is wide', async () => {
    const { page } = await preview.open('/compose');
    await title(page).fill('Rindfleischetikettierungsüberwachungsaufgabenübertragung'.repeat(3));
    await page.keyboard.press('Control+Enter');
    await dialog(page, /^Send to/).waitFor();
    expect(await tooWideIn(page)).toEqual([]);
  });

  it('asks once above one recipient, and sends nothing after a no', async () => {
    const { page } = await preview.open('/campaigns');
    const before = await campaignCount(page);
    await goTo(page, 'Compose');
    await title(page).fill('Many');
    await page.keyboard.press('Control+Enter');
    await dialog(page, /^Send to \d+ recipients\?$/).waitFor();
    await button(page, 'Keep writing').click();
    expect(await title(page).inputValue()).toBe('Many');
    expect(await campaignCount(page)).toBe(before);
  });

  it('says what stands against sending, and does nothing', async () => {
    const { page } = await preview.open('/compose', { scenario: 'empty' });
    await button(page, 'Send').click();
    const alert = page.getByRole('alert');
    await alert.getByText('There is no key pair that can sign, so nothing can be sent.').waitFor();
    await alert.getByText('Fix 1 field: Title.').waitFor();
    expect(await title(page).getAttribute('aria-invalid')).toBe('true');
  });

  it('leads from a refused Send to each field that is wrong, wherever it is scrolled to', async () => {
    const { page } = await preview.open('/compose', { width: 1000 });
    await title(page).fill('Sale');
    await page.getByLabel('URL', { exact: true }).fill('shop');
    await button(page, 'Pictures').click();
    await button(page, 'Delivery').click();
    await page.getByRole('textbox', { name: 'Icon URL', exact: true }).fill('icon');
    await page.getByLabel('Topic').fill('not a topic');
    await button(page, 'Send').click();
    const alert = page.getByRole('alert');
    await alert.getByText('Fix 3 fields: URL, Icon URL, Topic.').waitFor();
    const isFocused = () => alert.evaluate((node) => document.activeElement?.contains(node) === true);
    await expect.poll(isFocused).toBe(true);
    const box = await alert.boundingBox();
    expect(box?.y).toBeLessThan(300);
    await alert.getByRole('button', { name: 'Topic', exact: true }).click();
    const topic = page.getByLabel('Topic');
    await expect.poll(() => topic.evaluate((node) => node === document.activeElement)).toBe(true);
    await topic.fill('sale');
    await alert.getByText('Fix 2 fields: URL, Icon URL.').waitFor();
    await button(page, 'Rehearse').click();
    await expect.poll(isFocused).toBe(true);
  });

  it('takes a message that was sent into a draft of its own, and keeps the one that was being written', async () => {
    const { page } = await preview.open('/compose');
    await title(page).fill('Half a thought');
    await goTo(page, 'Campaigns');
    await page.getByText('Weekend edition').click();
    await button(page, 'Use message again').click();
    await expect.poll(() => title(page).inputValue()).toBe('Weekend edition');
    await button(page, 'Draft: Weekend edition').click();
    await page.getByRole('menuitem', { name: /^Half a thought/ }).click();
    await expect.poll(() => title(page).inputValue()).toBe('Half a thought');
    await page.evaluate(() => {
      location.hash = '/compose/new';
    });
    await expect.poll(() => title(page).inputValue()).toBe('');
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/compose');
  });

  it('leads back to a rehearsal, and asks before a running one is ended', async () => {
    const { page } = await preview.open('/compose');
    const link = page.getByRole('link', { name: 'Rehearsal', exact: true });
    expect(await link.count()).toBe(0);
    await title(page).fill('Sale');
    await button(page, 'Rehearse').click();
    // No message is taken, so that it lasts until it is ended.
    for (const slider of await page.getByRole('slider').all()) {
      const isRateLimit = (await slider.getAttribute('aria-label')) === 'Rate limit';
      await slider.press(isRateLimit ? 'End' : 'Home');
    }
    await button(page, 'Start rehearsal').click();
    await goTo(page, 'Keys');
    await link.click();
    await button(page, 'End rehearsal').click();
    const question = dialog(page, 'End this rehearsal?');
    await button(question, 'Keep it running').click();
    await goTo(page, 'Keys');
    await link.click();
    await button(page, 'End rehearsal').click();
    await button(question, 'End rehearsal').click();
    await expect.poll(() => link.count()).toBe(0);
  });

  it('reads out each screen, and names it in the title of the window', async () => {
    const { page } = await preview.open('/');
    const said = page.getByRole('status', { name: 'Current screen' });
    for (const screen of ['Keys', 'Campaigns'] as const) {
      await goTo(page, screen);
      await expect.poll(() => said.textContent()).toBe(screen);
      expect(await page.title()).toBe(`${screen} – Pushdesk`);
    }
    await page.getByText('Weekend edition').click();
    await expect.poll(() => said.textContent()).toBe('Weekend edition');
  });

  it('keeps what was written while another screen is open', async () => {
    const { page } = await preview.open('/compose');
    await title(page).fill('Half a thou');
    await goTo(page, 'Server');
    await goTo(page, 'Compose');
    expect(await title(page).inputValue()).toBe('Half a thou');
  });

  it('fetches no picture before it is asked to', async () => {
    const { page, outside } = await preview.open('/compose');
    await button(page, 'Pictures').click();
    await page.getByRole('textbox', { name: 'Icon URL', exact: true }).fill(await pictureOf(page));
    await page.getByLabel('How it will look').getByText('Icon').waitFor();
    expect(outside).toEqual([]);
    await button(page, 'Load pictures').click();
    await page.getByLabel('How it will look').locator('img[src^="data:image/png"]').waitFor();
    // Not even then by the page: the engine fetches it.
    expect(outside).toEqual([]);
  });

  it('counts bytes, not letters, against the limit', async () => {
    const { page } = await preview.open('/compose');
    await page.getByLabel('Body', { exact: true }).fill('é'.repeat(2000));
    await page.getByText(/too many$/).waitFor();
  });
});

describe('a long list', () => {
  it('has only what is in view in the document, at both ends', async () => {
    const { page } = await preview.open('/subscriptions', { scenario: 'huge' });
    await page.getByRole('button', { name: 'All 10,000' }).waitFor();
    const grid = page.getByRole('grid', { name: 'Subscriptions' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('10001');
    await rows(page, 'Subscriptions').nth(1).waitFor();
    await grid.focus();
    await page.keyboard.press('End');
    await expect
      .poll(async () => Number(await rows(page, 'Subscriptions').last().getAttribute('aria-rowindex')))
      .toBeGreaterThan(150);
    expect(await rows(page, 'Subscriptions').count()).toBeLessThan(80);
  });
});

describe('a campaign', () => {
  it('shows for each push service what is done, and what waits for the person', async () => {
    const { page, complaints } = await preview.open(`/campaigns/${RUNNING}`);
    await page.getByRole('tab', { name: 'Summary' }).click();
    const table = page.getByRole('table', { name: 'Progress by push service' });
    const words = async (name: string) =>
      table.getByRole('row').filter({ hasText: name }).getByRole('cell').allInnerTexts();
    await expect.poll(() => words('Google (FCM)')).toHaveLength(7);
    expect((await words('Google (FCM)')).at(-1)).toMatch(/seconds?$/);
    expect((await words('Apple')).at(-1)).toBe('Needs attention');
    expect(complaints).toEqual([]);
  });

  it('says how many messages may have arrived twice, and leads to them', async () => {
    const { page } = await preview.open(`/campaigns/${WEEKEND}`);
    await page.getByText('3 messages may have arrived twice').waitFor();
    await button(page, 'Show them').click();
    await expect.poll(() => rows(page, 'Deliveries').count()).toBe(1 + 3);
    await rows(page, 'Deliveries').nth(1).click();
    await page.getByText('It may have arrived twice.').waitFor();
  });

  it('shows rows of its deliveries in a small window, also below a problem and while it sends', async () => {
    for (const id of [RUNNING, PAUSED, WEEKEND]) {
      const { page } = await preview.open(`/campaigns/${id}`, { width: 1000 });
      await page.setViewportSize({ width: 1000, height: 700 });
      await rows(page, 'Deliveries').nth(5).waitFor();
      const box = await rows(page, 'Deliveries').nth(5).boundingBox();
      expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(700);
    }
  });

  it('says for what it waits and until when', async () => {
    const { page } = await preview.open(`/campaigns/${RUNNING}`);
    await page.getByText(/Waiting for Mozilla until \d\d:\d\d:\d\d, rate limit/).waitFor();
    expect(await page.getByText(/ left$/).count()).toBe(0);
  });

  it('shows the message as it was sent, field by field and as payload, also long after', async () => {
    const { page } = await preview.open(`/campaigns/${PAUSED}`);
    await page.getByRole('tab', { name: 'Message' }).click();
    const message = page.getByRole('tabpanel', { name: 'Message' });
    await message.getByText('Everything about the fire in the old theatre').first().waitFor();
    await message.getByText('https://bakerstreet.example/series/never-was', { exact: true }).waitFor();
    await message.getByText('Button 1 text').waitFor();
    await message.getByRole('region', { name: 'Payload' }).getByText('bytes before encryption').waitFor();
    await message.getByRole('figure', { name: 'How it will look' }).waitFor();
  });

  it.each([WEEKEND, PAUSED, RUNNING])('takes 100 px at most for the head of campaign %d', async (id) => {
    const { page } = await preview.open(`/campaigns/${id}`, { width: 1000 });
    await page.setViewportSize({ width: 1000, height: 700 });
    await button(page, 'All campaigns').waitFor();
    const top = await page.getByRole('main').boundingBox();
    const bar = await page.getByRole('main').getByRole('img', { name: / of / }).first().boundingBox();
    expect((bar?.y ?? 0) + (bar?.height ?? 0) - (top?.y ?? 0)).toBeLessThanOrEqual(100);
    const title = await page.getByRole('heading', { level: 1 }).boundingBox();
    const pace = await page.locator('.pd-campaign__line').boundingBox();
    expect((title?.y ?? 0) + (title?.height ?? 0)).toBeLessThanOrEqual(pace?.y ?? 0);
  });

  it('keeps rows of its list in a low window', async () => {
    const { page } = await preview.open(`/campaigns/${WEEKEND}`, { width: 820 });
    await page.setViewportSize({ width: 820, height: 560 });
    await rows(page, 'Deliveries').nth(1).waitFor();
    await rows(page, 'Deliveries').nth(1).click();
    await page.getByText('Request and answer').waitFor();
  });
});

describe('the pictures of a message', () => {
  it('are looked for once the person stops typing: what is there quietly, what is not with its cure', async () => {
    const { page, outside } = await preview.open('/compose');
    await button(page, 'Pictures').click();
    await page.getByRole('textbox', { name: 'Icon URL', exact: true }).fill(await pictureOf(page));
    await page.getByText('Icon can be loaded.').waitFor();
    await page
      .getByRole('textbox', { name: 'Image URL', exact: true })
      .fill((await pictureOf(page)).replace('icon-192', 'nothing'));
    await page.getByText(/The image cannot be loaded/).waitFor();
    await page.getByRole('textbox', { name: 'Image URL', exact: true }).fill('');
    await page.getByRole('textbox', { name: 'Icon URL', exact: true }).fill('');
    await expect.poll(() => page.getByText('can be loaded').count()).toBe(0);
    // The engine asks, not the window.
    expect(outside).toEqual([]);
  });
});
