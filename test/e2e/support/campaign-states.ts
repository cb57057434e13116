import type { Page } from 'playwright-core';
import { CANARY, MISSED, QUIET, RUNNING, WEEKEND } from '../../renderer-preview/samples.ts';
import { visit, type ScreenState } from './screen-walk.ts';

const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .first()
    .click();
const rowOf = (page: Page, table: string, at = 1) =>
  page.getByRole('grid', { name: table }).getByRole('row').nth(at);
const sees = (text: string | RegExp) => (page: Page) => page.getByText(text).first().waitFor();
const at = (name: string, screen: string, open: (page: Page) => Promise<unknown>): ScreenState => ({
  name,
  open: async (page) => {
    await visit(page, screen);
    await open(page);
  },
});
const then = (name: string, open: (page: Page) => Promise<unknown>): ScreenState => ({ name, open });
const leave = async (page: Page) => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

const LONG_WORD = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz';

/** Campaigns of a site in use: tabs, panels, answers, and a rehearsal. */
export const CAMPAIGN_STATES: readonly ScreenState[] = [
  at('a campaign', `/campaigns/${WEEKEND}`, (page) => rowOf(page, 'Deliveries').waitFor()),
  then('a delivery', async (page) => {
    await rowOf(page, 'Deliveries').click();
    await page.getByRole('dialog').first().waitFor();
  }),
  then('a delivery that was refused', async (page) => {
    await press(page, /^Failed/);
    await rowOf(page, 'Deliveries').click();
    await page
      .getByRole('region', { name: /^Answer: / })
      .first()
      .waitFor();
  }),
  at('a summary with a curve and causes', `/campaigns/${WEEKEND}/summary`, sees('Push service')),
  at('a message as it was sent', `/campaigns/${WEEKEND}/message`, sees('Weekend edition')),
  at('a summary with what was seen', '/campaigns/1/summary', sees('Shown')),
  at('a campaign that runs and is refused', `/campaigns/${RUNNING}/summary`, sees(/BadJwtToken|rejected/)),
  at('campaigns', '/campaigns', (page) => rowOf(page, 'Campaigns').waitFor()),
  then('a choice of dates', (page) => press(page, 'Any date')),
  then('a search that finds nothing', async (page) => {
    await page.keyboard.press('Escape');
    await page.getByLabel('Search campaigns').fill(LONG_WORD);
    await page
      .getByText(/^No campaign/)
      .first()
      .waitFor();
    await page.getByLabel('Search campaigns').blur();
  }),
  at('the presets of a rehearsal', '/compose', async (page) => {
    await press(page, 'Rehearse');
    await page.getByText('Last campaign', { exact: true }).click();
    await page.getByText(/^Like “/).waitFor();
  }),
  then('a rehearsal that takes long', async (page) => {
    await page.getByText('None', { exact: true }).click();
    await page.getByRole('slider', { name: 'Rate limit' }).press('End');
    await page.getByText('This can take hours.').waitFor();
    await page.getByText('This can take hours.').scrollIntoViewIfNeeded();
  }),
  then('a rehearsal that runs', async (page) => {
    await press(page, 'Start rehearsal');
    await page.getByRole('link', { name: 'Rehearsal', exact: true }).waitFor();
    await page.getByRole('button', { name: 'End rehearsal' }).waitFor();
  }),
  then('the summary of a rehearsal', async (page) => {
    await page.getByRole('tab', { name: 'Summary' }).click();
    await sees('Push service')(page);
  }),
  then('the question whether to end it', async (page) => {
    await press(page, 'End rehearsal');
    await page.getByRole('dialog', { name: 'End this rehearsal?' }).waitFor();
  }),
  then('a rehearsal in the list', async (page) => {
    await leave(page);
    await visit(page, '/campaigns/rehearsals');
    await rowOf(page, 'Rehearsals').waitFor();
  }),
];

/** What waits for the person: times that were missed, a canary, drafts; long texts, and texts in the other direction. */
export const WAITING_STATES: readonly ScreenState[] = [
  at('all campaigns', '/campaigns', (page) => rowOf(page, 'Campaigns').waitFor()),
  at('drafts', '/campaigns/drafts', sees('Half a thought')),
  at('scheduled campaigns', '/campaigns/scheduled', sees('Spring sale')),
  then('another time', async (page) => {
    await press(page, 'Move Spring sale');
    await page.getByRole('dialog', { name: 'Move to another time' }).waitFor();
  }),
  then('the question before a late send', async (page) => {
    await leave(page);
    await press(page, /^Send .* now$/);
    await page.getByRole('dialog').waitFor();
  }),
  then('the question before all get it at one time', async (page) => {
    await leave(page);
    await page
      .getByRole('button', { name: /^Send .* now$/ })
      .last()
      .click();
    await sees(/whatever time it is where they are/)(page);
  }),
  then('the question before a cancel', async (page) => {
    await leave(page);
    await press(page, 'Cancel Spring sale');
    await page.getByRole('dialog').waitFor();
  }),
  then('a scheduled campaign that is edited', async (page) => {
    await leave(page);
    await press(page, 'Edit Spring sale');
    await sees('You are editing a scheduled campaign.')(page);
  }),
  then('a draft that was changed elsewhere', async (page) => {
    await visit(page, '/compose/new');
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Written here');
    await sees(/^Saved/)(page);
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Written here and elsewhere');
    await sees('This draft was changed elsewhere since it was opened here.')(page);
  }),
  at('a campaign that is overdue', `/campaigns/${MISSED}/message`, (page) =>
    page
      .getByRole('button', { name: /^Send .* now$/ })
      .first()
      .waitFor(),
  ),
  at('a campaign that missed mornings', '/campaigns/2', sees(/ when some recipients were due\./)),
  at('a campaign whose recipients sleep', `/campaigns/${QUIET}`, (page) =>
    rowOf(page, 'Deliveries').waitFor(),
  ),
  then('a delivery that waits for the morning', async (page) => {
    await press(page, /^Pending/);
    await rowOf(page, 'Deliveries').click();
    await sees('Goes out')(page);
  }),
  at('a summary of those who sleep', `/campaigns/${QUIET}/summary`, sees('Push service')),
  at('a canary that waits', `/campaigns/${CANARY}/summary`, (page) =>
    page.getByRole('button', { name: 'Send the rest' }).waitFor(),
  ),
  at('a message with variables and languages', `/campaigns/${CANARY}/message`, sees(/Hallo|Hello/)),
  at('the overview with what is scheduled', '/', sees('Scheduled')),
];

export const EMPTY_STATES: readonly ScreenState[] = (
  ['', '/drafts', '/scheduled', '/rehearsals'] as const
).map((tab) =>
  at(`no campaigns${tab.replace('/', ' ')}`, `/campaigns${tab}`, (page) =>
    page.getByRole('heading', { level: 1 }).waitFor(),
  ),
);
