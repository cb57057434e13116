import type { Page } from 'playwright-core';
import { visit, type ScreenState } from './screen-walk.ts';

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).first();
const press = (page: Page, name: string | RegExp) => button(page, name).click();
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const fill = async (page: Page, fields: Record<string, string>) => {
  for (const [name, text] of Object.entries(fields)) await field(page, name).fill(text);
};
const choose = async (page: Page, name: string, option: string | RegExp) => {
  await page.getByRole('combobox', { name, exact: true }).click();
  await page.getByRole('option', { name: option }).first().click();
};
const turn = (page: Page, name: string) => page.getByRole('switch', { name }).click();
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
/** Scrolls it to the top of whatever scrolls. */
const scrollTo = (page: Page, name: string | RegExp) =>
  button(page, name).evaluate((element) => {
    element.scrollIntoView({ block: 'start' });
  });
/** Opens a fold, and brings it into view. */
const unfold = async (page: Page, name: string) => {
  const fold = button(page, name);
  if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
  await scrollTo(page, name);
};
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const scrollToSection = (page: Page, name: string) =>
  section(page, name).evaluate((element) => {
    element.scrollIntoView({ block: 'start' });
  });
const dialog = (page: Page) => page.getByRole('dialog').last();
const leave = async (page: Page) => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

const WORKER = `
self.addEventListener('push', (event) => {
  const { title, body, url } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { body, data: { url } }));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data.url));
});
`;

const PREVIEWS = [
  'Chrome on macOS',
  'Chrome on Android',
  'Firefox',
  'Safari on macOS',
  'Safari on iOS',
  'Chrome on Windows',
] as const;
const FORMATS = [/^Declarative/, /^Angular/, /FCM|Firebase/] as const;

/** Compose, as a message grows from empty to one that uses everything. */
export const COMPOSE_STATES: readonly ScreenState[] = [
  {
    name: 'compose empty',
    open: async (page) => {
      await visit(page, '/compose');
      await field(page, 'Title').waitFor();
    },
  },
  {
    name: 'compose fields to fix',
    open: async (page) => {
      await fill(page, { URL: 'shop' });
      await unfold(page, 'Pictures');
      await fill(page, { 'Icon URL': 'icon' });
      await unfold(page, 'Delivery');
      await fill(page, { Topic: 'not a topic' });
      await press(page, 'Send');
      await sees(page, /^Fix 4 fields/);
    },
  },
  {
    name: 'compose filled',
    open: async (page) => {
      await fill(page, {
        Title: 'The doors open at seven',
        Body: 'Bring a friend: the second ticket is half price until Sunday, and the bar is open from six.',
        URL: 'https://bakerstreet.example/tonight',
        'Icon URL': '/icon-192.png',
        Topic: 'tonight',
      });
      await scrollToSection(page, 'Message');
      await sees(page, /Saved/);
    },
  },
  {
    name: 'compose pictures',
    open: async (page) => {
      await fill(page, { 'Badge URL': '/badge.png', 'Image URL': 'https://bakerstreet.example/theatre.jpg' });
      await unfold(page, 'Pictures');
    },
  },
  {
    name: 'compose buttons',
    open: async (page) => {
      await unfold(page, 'Buttons');
      for (const [at, text] of [
        'Buy a ticket',
        'Remind me later',
        'קנו כרטיס עכשיו',
        'Rindfleischetikettierungsüberwachungsaufgabe',
      ].entries()) {
        if ((await field(page, `Button ${at + 1} text`).count()) === 0) await press(page, 'Add a button');
        await fill(page, { [`Button ${at + 1} text`]: text });
      }
      await unfold(page, 'Buttons');
    },
  },
  {
    name: 'compose options',
    open: async (page) => {
      await unfold(page, 'Options');
      await fill(page, { Tag: 'tonight', Vibration: '200, 100, 200', Language: 'en' });
      await page.getByLabel('Stay on screen until closed').check();
    },
  },
  {
    name: 'compose delivery until a time',
    open: async (page) => {
      await unfold(page, 'Delivery');
      await choose(page, 'Keep trying', 'Until a date and time');
      await choose(page, 'Urgency', /^High/);
    },
  },
  {
    name: 'compose tracking',
    open: async (page) => {
      await unfold(page, 'Campaign tracking (UTM)');
      await fill(page, {
        'Source (utm_source)': 'pushdesk',
        'Medium (utm_medium)': 'web-push',
        'Name (utm_campaign)': 'tonight',
      });
      await scrollTo(page, 'Campaign tracking (UTM)');
    },
  },
  ...FORMATS.map((format) => ({
    name: `compose payload ${format.source}`,
    open: async (page: Page) => {
      await unfold(page, 'Payload');
      await choose(page, 'Payload format', format);
    },
  })),
  {
    name: 'compose payload of the person',
    open: async (page) => {
      await choose(page, 'Payload format', /own/i);
      await unfold(page, 'Payload');
      await field(page, 'Save as').fill('The worker of the shop');
      await press(page, 'Save format');
      await button(page, /^Remove “/).waitFor();
    },
  },
  {
    name: 'compose payload that is no JSON',
    open: async (page) => {
      await page.locator('#compose-ownFormat').fill('{"title": {{title}},\n "body": }');
      await unfold(page, 'Payload');
    },
  },
  ...PREVIEWS.map((system) => ({
    name: `compose preview ${system}`,
    open: async (page: Page) => {
      await choose(page, 'Payload format', /^Pushdesk/);
      await choose(page, 'Preview in', system);
      await scrollToSection(page, 'Preview');
    },
  })),
];

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
];
