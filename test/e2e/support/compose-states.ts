import type { Page } from 'playwright-core';
import { visit, type ScreenState } from './screen-walk.ts';
import {
  button,
  press,
  field,
  fill,
  choose,
  sees,
  scrollTo,
  unfold,
  scrollToSection,
} from './compose-steps.ts';

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
