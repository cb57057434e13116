import type { Page } from 'playwright-core';
import { CANARY, MISSED, RUNNING, WEEKEND } from '../../renderer-preview/samples.ts';
import type { Scenario } from '../../renderer-preview/scenario.ts';

/** One look of a screen, and how a person comes to it. */
interface ScreenState {
  readonly name: string;
  readonly screen: string;
  readonly scenario: Scenario;
  readonly open: (page: Page) => Promise<unknown>;
}

const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .first()
    .click();
const rowOf = (page: Page, table: string, at = 1) =>
  page.getByRole('grid', { name: table }).getByRole('row').nth(at);
const openRow = (page: Page, table: string, at?: number) => rowOf(page, table, at).click();
const isOpen = (page: Page) => page.getByRole('dialog').first().waitFor();
const sees = (text: string | RegExp) => (page: Page) => page.getByText(text).first().waitFor();

type Opens = (page: Page) => Promise<unknown>;
const on =
  (scenario: Scenario) =>
  (name: string, screen: string, open: Opens): ScreenState => ({ name, screen, scenario, open });
const [full, eventful, empty] = [on('full'), on('eventful'), on('empty')];

const LONG_WORD = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz';

/** What the plain list of campaigns is not: tabs, panels, what waits for the person, long texts and those of the other direction. */
export const CAMPAIGN_STATES: readonly ScreenState[] = [
  full('a campaign', '/campaigns', (page) => openRow(page, 'Campaigns')),
  full('a delivery', '/campaigns', async (page) => {
    await openRow(page, 'Campaigns');
    await page.getByRole('grid', { name: 'Deliveries' }).waitFor();
    await openRow(page, 'Deliveries');
    await isOpen(page);
  }),
  full('a summary with a curve and causes', `/campaigns/${WEEKEND}/summary`, sees('Push service')),
  full('a summary with what was seen', '/campaigns/1/summary', sees('Shown')),
  full('a campaign that runs and is refused', `/campaigns/${RUNNING}/summary`, sees(/BadJwtToken|rejected/)),
  full('a message as it was sent', `/campaigns/${WEEKEND}/message`, sees('Weekend edition')),
  full('a search that finds nothing', '/campaigns', async (page) => {
    await page.getByLabel('Search campaigns').fill(LONG_WORD);
    await page
      .getByText(/^No campaign/)
      .first()
      .waitFor();
  }),
  full('a choice of dates', '/campaigns', (page) => press(page, 'Any date')),
  eventful('all campaigns', '/campaigns', (page) => rowOf(page, 'Campaigns').waitFor()),
  eventful('scheduled campaigns, of which one is overdue', '/campaigns/scheduled', sees('Spring sale')),
  eventful('a campaign that is overdue', `/campaigns/${MISSED}/message`, (page) =>
    page
      .getByRole('button', { name: /^Send .* now$/ })
      .first()
      .waitFor(),
  ),
  eventful('a canary that waits', `/campaigns/${CANARY}/summary`, (page) =>
    page.getByRole('button', { name: 'Send the rest' }).waitFor(),
  ),
  eventful('a message with variables and languages', `/campaigns/${CANARY}/message`, sees(/Hallo|Hello/)),
  ...(['/drafts', '/scheduled', '/rehearsals'] as const).map((tab) =>
    empty(`no campaigns${tab.replace('/', ' ')}`, `/campaigns${tab}`, (page) =>
      page.getByRole('heading', { level: 1 }).waitFor(),
    ),
  ),
];
