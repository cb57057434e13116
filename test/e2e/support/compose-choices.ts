import { visit, type ScreenState } from './screen-walk.ts';
import {
  button,
  press,
  field,
  fill,
  turn,
  sees,
  scrollToSection,
  dialog,
  leave,
  WORKER,
} from './compose-steps.ts';

/** What can be chosen besides the message, and what opens over it. */
export const COMPOSE_CHOICES: readonly ScreenState[] = [
  {
    name: 'compose variables with missing values',
    open: async (page) => {
      await visit(page, '/compose/new');
      await fill(page, { Title: 'Hello {{city}}', Body: 'Your plan: {{plan}}', URL: '/offers/{{plan}}' });
      await press(page, 'Send');
      await sees(page, /have no city/);
    },
  },
  {
    name: 'compose preview for a recipient',
    open: async (page) => {
      await press(page, 'Next recipient');
      await sees(page, /No value for city/);
      await scrollToSection(page, 'Preview');
    },
  },
  {
    name: 'compose insert a variable',
    open: async (page) => {
      await press(page, 'Insert a variable into Body');
      await page.getByRole('menuitem', { name: 'Label' }).waitFor();
    },
  },
  {
    name: 'compose add a language',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await press(page, 'Add a language');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'compose languages',
    open: async (page) => {
      for (const tag of ['de-CH', 'ar']) {
        if ((await page.getByRole('combobox', { name: 'Language tag' }).count()) === 0)
          await press(page, 'Add a language');
        await page.getByRole('combobox', { name: 'Language tag' }).fill(tag);
        await button(page, 'Add').press('Enter');
        await page.getByRole('dialog', { name: 'Add a language' }).waitFor({ state: 'detached' });
      }
      await fill(page, { Title: 'مرحبا {{city|بك}}', Body: 'الأبواب تفتح في السابعة' });
      await scrollToSection(page, 'Message');
    },
  },
  {
    name: 'compose at a set time',
    open: async (page) => {
      await page.getByText('At a set time').click();
      await page.getByLabel('Date', { exact: true }).fill('2027-03-28');
      await page.getByLabel('Time', { exact: true }).fill('02:30');
      await page.getByRole('combobox', { name: 'Time zone' }).fill('Oslo');
      await page.getByRole('option', { name: 'Europe/Oslo' }).click();
      await turn(page, 'Quiet hours');
      await scrollToSection(page, 'When');
    },
  },
  {
    name: 'compose a time that is over',
    open: async (page) => {
      await page.getByLabel('Date', { exact: true }).fill('2020-02-29');
      await page.getByRole('textbox', { name: 'Messages per minute' }).fill('600');
    },
  },
  {
    name: 'compose at the time of each recipient',
    open: async (page) => {
      await page.getByLabel('Date', { exact: true }).fill('2027-03-28');
      await turn(page, 'In each recipient’s own time zone');
      await scrollToSection(page, 'When');
    },
  },
  {
    name: 'compose recipients of segments less others',
    open: async (page) => {
      await turn(page, 'In each recipient’s own time zone');
      await page.getByText('Segments', { exact: true }).click();
      await page.getByRole('combobox', { name: 'Segments and tags' }).click();
      await page.getByRole('option').nth(0).click();
      await page.getByRole('option').nth(0).click();
      await page.keyboard.press('Escape');
      await press(page, 'Leave some out…');
      await page.getByRole('combobox', { name: 'Leave out' }).click();
      await page.getByRole('option').nth(1).click();
      await page.keyboard.press('Escape');
      await scrollToSection(page, 'Recipients');
    },
  },
  {
    name: 'compose chosen rows',
    open: async (page) => {
      await page.getByText('Chosen rows', { exact: true }).click();
      await scrollToSection(page, 'Recipients');
    },
  },
  {
    name: 'compose one recipient',
    open: async (page) => {
      await page.getByText('One', { exact: true }).click();
      await page.getByRole('combobox', { name: 'Subscription' }).click();
      await page.getByRole('option').nth(2).waitFor();
      await scrollToSection(page, 'Recipients');
    },
  },
  {
    name: 'compose canary rules',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await page.getByText('Everyone active').click();
      await turn(page, 'Send to a canary first');
      await press(page, 'Change rules');
      await turn(page, 'Count receipts from devices that send them');
      await page.getByLabel('Wait for receipts').waitFor();
      await scrollToSection(page, 'Recipients');
      await page.getByRole('combobox', { name: 'If it goes badly' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'compose question before the send',
    open: async (page) => {
      await page.getByRole('tab', { name: /^Default/ }).click();
      await fill(page, { Title: 'Hello {{city|there}}' });
      await page.getByLabel('Leave out recipients without a value').check();
      await press(page, 'Schedule');
      await page.getByRole('dialog', { name: /^Schedule for/ }).waitFor();
    },
  },
  {
    name: 'compose test send to nobody',
    open: async (page) => {
      await leave(page);
      await press(page, 'Send test');
      await sees(page, 'Your test group is empty.');
    },
  },
  {
    name: 'compose worker check',
    open: async (page) => {
      await press(page, 'Check your service worker');
      await dialog(page)
        .getByText(/^Runs your site’s own/)
        .waitFor();
    },
  },
  {
    name: 'compose worker check with a result',
    open: async (page) => {
      await fill(page, { Address: 'https://shop.example/sw.js', 'Service worker': WORKER });
      await dialog(page).getByRole('button', { name: 'Check', exact: true }).click();
      await dialog(page).getByRole('heading', { name: 'It shows a notification' }).waitFor();
    },
  },
  {
    name: 'compose worker check of a worker that fails',
    open: async (page) => {
      await field(page, 'Service worker').fill(
        `importScripts('https://cdn.example/${'push-sdk/'.repeat(8)}worker.js');\nself.addEventListener('push', (event) => { console.log('got it'); throw new Error('no data'); });`,
      );
      await dialog(page).getByRole('button', { name: 'Check again' }).click();
      await dialog(page).getByRole('heading', { name: 'Nothing appears' }).waitFor();
    },
  },
  {
    name: 'compose worker check that is refused',
    open: async (page) => {
      await fill(page, { Address: 'sw.js', 'Service worker': '' });
      await dialog(page).getByRole('button', { name: 'Check again' }).click();
      await dialog(page)
        .getByText(/^Paste the service worker/)
        .waitFor();
    },
  },
  {
    name: 'compose fill from a page',
    open: async (page) => {
      await leave(page);
      await press(page, 'Fill from a page');
      await field(page, 'Address of the page').fill('https://nobody.example/none');
      await press(page, 'Read page');
      await dialog(page).getByRole('alert').waitFor();
    },
  },
  {
    name: 'compose found on a page',
    open: async (page) => {
      const server = await page
        .getByText(/^localhost:\d+$/)
        .first()
        .innerText();
      await field(page, 'Address of the page').fill(`http://${server}/`);
      await press(page, 'Read page');
      await dialog(page).getByText('Found on the page').waitFor();
    },
  },
  {
    name: 'compose save as template',
    open: async (page) => {
      await leave(page);
      await press(page, 'Templates');
      await page.getByRole('menuitem', { name: 'Save as template' }).click();
      await field(page, 'Name').waitFor();
    },
  },
  {
    name: 'compose manage templates',
    open: async (page) => {
      await press(page, 'Save template');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await press(page, 'Templates');
      await page.getByRole('menuitem', { name: 'Manage templates' }).click();
      await dialog(page).getByRole('textbox').first().waitFor();
    },
  },
  {
    name: 'compose recent drafts',
    open: async (page) => {
      await leave(page);
      await press(page, /^Draft: /);
      await page.getByRole('menuitem', { name: 'All drafts' }).waitFor();
    },
  },
  {
    name: 'compose recipients with a tag that nobody has',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await visit(page, '/compose/new');
      await fill(page, { Title: 'Only for customers' });
      await page.getByRole('radiogroup', { name: 'Audience' }).getByText('Segments').click();
      const tags = page.getByRole('combobox', { name: 'Segments and tags' });
      await tags.fill('customers');
      await page.getByRole('option', { name: /^customers/ }).click();
      await sees(page, /^Saved/);
      await visit(page, '/subscriptions');
      await press(page, 'Segments');
      await press(page, /tags…$/);
      await press(page, 'Remove customers from all');
      await sees(page, /^“customers” removed from/);
      await leave(page);
      const told = page.getByRole('alert').filter({ hasText: /^“customers” removed from/ });
      await told.getByRole('button').last().click();
      await told.waitFor({ state: 'detached' });
      await visit(page, '/compose');
      await sees(page, /^Nobody has the tag “customers”/);
      await page.getByText(/^Nobody has the tag “customers”/).scrollIntoViewIfNeeded();
    },
  },
];
