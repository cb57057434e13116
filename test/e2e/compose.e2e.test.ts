import path from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localTimeOf } from '../../electron/core/campaign/schedule-time.ts';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import {
  answerWith,
  compose,
  generateKeys,
  goTo,
  heading,
  importSubscriptions,
  rowsOf,
} from './support/person.ts';
import { startNotificationDaemon, type NotificationDaemon } from './support/notification-daemon.ts';
import { launchPushdesk, makeTempFolder, ROOT, type Pushdesk } from './support/pushdesk.ts';

/** One person, one list, and all that Compose does beyond a plain message, in the real app with a push service on this machine. */
const DEVICES = 60;
/** Nobody knows the name of these; a third of the others read German. */
const NAMELESS = 2;
const GERMAN = 20;
const temp = makeTempFolder();
let service: PushService;
let desktop: NotificationDaemon;
let pushdesk: Pushdesk;
let window: Page;

beforeAll(async () => {
  service = await createPushService();
  await service.writeCertificate(path.join(temp.folder, 'push-service.pem'));
  desktop = await startNotificationDaemon();
  await open();
});
afterAll(async () => {
  await service.close();
  await desktop.end();
  temp.remove();
});

const dataDir = () => path.join(temp.folder, 'data');
async function open(): Promise<void> {
  pushdesk = await launchPushdesk({
    dataDir: dataDir(),
    // The bus has no key ring.
    args: ['--password-store=basic', ROOT],
    env: {
      ...desktop.env,
      NODE_EXTRA_CA_CERTS: path.join(temp.folder, 'push-service.pem'),
      PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1',
    },
  });
  ({ window } = pushdesk);
  await pushdesk.ready();
}

const button = (name: string | RegExp) => window.getByRole('button', { name, exact: true });
const field = (name: string) => window.getByRole('textbox', { name, exact: true });
const dialog = (name: string | RegExp) => window.getByRole('dialog', { name });
/** What the devices have shown since the last look, sorted. */
let seen = 0;
function newTitles(): string[] {
  const fresh = service.requests.entries().slice(seen);
  seen += fresh.length;
  return fresh
    .flatMap(({ payload }) => (payload === null ? [] : [(JSON.parse(payload) as { title: string }).title]))
    .toSorted();
}
async function newMessage(title: string): Promise<void> {
  await goTo(window, 'Compose');
  await button('New').click();
  await expect.poll(() => field('Title').inputValue()).toBe('');
  await field('Title').fill(title);
}
const titlesIn = async (tab: string) => {
  await goTo(window, 'Campaigns');
  await window
    .getByRole('group', { name: 'Campaigns by state' })
    .getByRole('button', { name: new RegExp(`^${tab}`) })
    .click();
};
const canary = () => window.getByRole('switch', { name: 'Send to a canary first' });
const scheduled = () => window.getByRole('list', { name: 'Scheduled campaigns' });

it('begins with keys and a list of people, of whom something is known', async () => {
  await generateKeys(window, 'mailto:owner@example.com');
  const { publicKey } = (await (await fetch(new URL('config.json', await pushdesk.ready()))).json()) as {
    publicKey: string;
  };
  const fleet = service.registerFleet({ count: DEVICES, applicationServerKey: publicKey });
  const rows = [...fleet.subscriptions()].map((subscription, at) => ({
    ...subscription,
    applicationServerKey: publicKey,
    label: `Device ${at}`,
    attributes: {
      ...(at < NAMELESS ? {} : { name: `Person ${at}` }),
      language: at % 3 === 2 ? 'de-AT' : 'nb',
    },
  }));
  await importSubscriptions(pushdesk, rows.map((row) => JSON.stringify(row)).join('\n'));
  await expect.poll(() => rowsOf(window, 'Subscriptions').then((all) => all.length)).toBeGreaterThan(10);
});

it('sends a test to the test group, once somebody is in it', async () => {
  await compose(window, { Title: 'Hello {{name|there}}' });
  await button('Send test').click();
  await window.getByText('Your test group is empty.').waitFor();

  await goTo(window, 'Subscriptions');
  await window
    .getByRole('grid', { name: 'Subscriptions' })
    .getByRole('row')
    .filter({ hasText: 'Device 59' })
    .click();
  const isMine = window.getByRole('switch', { name: 'In my test group' });
  await isMine.click();
  await expect.poll(() => isMine.isChecked()).toBe(true);

  await goTo(window, 'Compose');
  expect(await field('Title').inputValue()).toBe('Hello {{name|there}}');
  await button('Send test').click();
  await window.getByText('Test to 1 browser in your test group: 1 accepted.').waitFor();
  expect(newTitles()).toEqual(['Hello Person 59']);
});

it('keeps a template, starts from it, renames and deletes it', async () => {
  await newMessage('Greetings to {{name}}');
  const menu = async (item: string) => {
    await button('Templates').click();
    await window.getByRole('menuitem', { name: item, exact: true }).click();
  };
  await menu('Save as template');
  await dialog('Save as template').getByLabel('Name').fill('Greeting');
  await dialog('Save as template').getByRole('button', { name: 'Save template' }).click();
  await dialog('Save as template').waitFor({ state: 'hidden' });

  await newMessage('Something else');
  await menu('Manage templates');
  const manage = dialog('Manage templates');
  const name = manage.getByRole('textbox', { name: 'Name of Greeting' });
  await name.fill('Warm greeting');
  await name.press('Enter');
  await manage.getByRole('button', { name: 'Delete Warm greeting' }).waitFor();
  await window.keyboard.press('Escape');
  await manage.waitFor({ state: 'hidden' });

  await menu('Warm greeting');
  await expect.poll(() => field('Title').inputValue()).toBe('Greetings to {{name}}');
  await menu('Manage templates');
  await manage.getByRole('button', { name: 'Delete Warm greeting' }).click();
  await manage.getByText('No templates yet.').waitFor();
  await window.keyboard.press('Escape');
  await manage.waitFor({ state: 'hidden' });
  // The message that began from it stays.
  expect(await field('Title').inputValue()).toBe('Greetings to {{name}}');
});

it('says whom a value is missing of, leaves them out when told, and gives each the own text in the own language', async () => {
  await newMessage('Hello {{name}}');
  await button('Add a language').click();
  await window.getByRole('combobox', { name: 'Language tag' }).fill('de');
  await button('Add').press('Enter');
  await window.getByRole('tab', { name: /^German/ }).waitFor();
  await field('Title').fill('Hallo {{name}}');
  await button('Send').click();
  await window
    .getByRole('alert')
    .filter({ hasText: 'Fix 1 field:' })
    .getByRole('button', { name: 'Leave out recipients without a value' })
    .click();
  await window.getByText(`${NAMELESS} of ${DEVICES} recipients have no name.`).waitFor();
  const leaveOut = window.getByLabel('Leave out recipients without a value');
  await expect.poll(() => leaveOut.evaluate((box) => box === document.activeElement)).toBe(true);
  expect(newTitles()).toEqual([]);

  await leaveOut.check();
  await button('Send').click();
  await button(`Send to ${DEVICES - NAMELESS}`).click();
  await window.getByText('Finished', { exact: true }).waitFor();
  const people = Array.from({ length: DEVICES }, (_, at) => at).slice(NAMELESS);
  expect(newTitles()).toEqual(
    people.map((at) => `${at % 3 === 2 ? 'Hallo' : 'Hello'} Person ${at}`).toSorted(),
  );
  expect(people.filter((at) => at % 3 === 2)).toHaveLength(GERMAN);
});

it('sends to a canary first, by rules that the person changes, and the rest when the person says so', async () => {
  // The first ones are refused, whoever they are.
  service.faults.add({ times: 3, effect: { kind: 'answer', status: 413 } });
  await newMessage('Careful');
  await canary().click();
  await window.getByText(`20 of ${DEVICES} go first.`).waitFor();
  await button('Change rules').click();
  await window.getByLabel('At least, for each part').fill('30');
  await window.getByLabel('Failed, at most').fill('5');
  await window.getByText(`30 of ${DEVICES} go first.`).waitFor();
  await window.getByText(/over 5% failed or under 50% accepted: wait for you/).waitFor();
  await button('Send').click();
  await button(`Send to ${DEVICES}`).click();
  const notice = window.getByRole('status').filter({ hasText: 'Canary: waiting for you.' });
  await notice.filter({ hasText: /\d+ of 30 accepted, 3 failed/ }).waitFor();
  // It is judged as soon as it goes badly: those of its messages that had not gone out by then wait with the others.
  const made = () => service.requests.entries().length - seen;
  await expect.poll(() => notice.innerText()).toContain(`The other ${DEVICES - made()} wait.`);
  expect(made()).toBeLessThanOrEqual(30);

  await button('Send the rest').click();
  await window.getByText('Canary: you sent the rest.').waitFor();
  await window.getByText('Finished', { exact: true }).waitFor();
  expect(service.requests.entries().slice(seen)).toHaveLength(DEVICES);
  expect(newTitles()).toHaveLength(DEVICES - 3);

  await goTo(window, 'Compose');
  await canary().click();
});

it('schedules, edits, moves and cancels, and asks where nothing was running at the time', async () => {
  const day = (ahead: number) => localTimeOf(Date.now() + ahead * 86_400_000, 'UTC').slice(0, 10);
  const schedule = async (title: string) => {
    await newMessage(title);
    await window.getByText('At a set time').click();
    await window.getByLabel('Date', { exact: true }).fill(day(2));
    await window.getByLabel('Time', { exact: true }).fill('09:00');
    await button('Schedule').click();
    await dialog(/^Schedule for/)
      .getByRole('button', { name: 'Schedule' })
      .click();
    await scheduled().getByText(title).waitFor();
  };
  await schedule('Sale');
  await schedule('News');

  await button('Edit Sale').click();
  await expect.poll(() => heading(window)).toBe('Compose');
  await window.getByText('You are editing a scheduled campaign.').waitFor();
  await expect.poll(() => field('Title').inputValue()).toBe('Sale');
  await field('Title').fill('Big sale');
  await button('Save changes').click();
  await dialog(/^Save for/)
    .getByRole('button', { name: 'Save changes' })
    .click();
  await button('Move Big sale').click();
  await dialog('Move to another time').getByLabel('Date', { exact: true }).fill(day(3));
  await dialog('Move to another time').getByRole('button', { name: 'Move' }).click();
  await dialog('Move to another time').waitFor({ state: 'hidden' });
  await scheduled()
    .getByText(/in 3 days/)
    .or(scheduled().getByText(/in 2 days/))
    .first()
    .waitFor();
  await button('Cancel News').click();
  await button('Cancel campaign').click();
  await scheduled().getByText('News').waitFor({ state: 'hidden' });
  expect(newTitles()).toEqual([]);

  const asked = await answerWith(pushdesk, 'Cancel');
  await pushdesk.app.evaluate(({ app }) => {
    app.quit();
  });
  await expect.poll(asked).toEqual([expect.stringMatching(/^A campaign is scheduled: “Big sale” starts/)]);
  await answerWith(pushdesk, 'Quit');
  expect(await pushdesk.quit()).toBe(0);
  // The clock of the app cannot be set: it was due an hour ago instead.
  const store = new Database(path.join(dataDir(), 'pushdesk.db'));
  const due = Date.now() - 3_600_000;
  store
    .prepare(`UPDATE campaign_schedules SET local_time = ?, time_zone = 'UTC', starts_at = ?`)
    .run(localTimeOf(due, 'UTC'), due - (due % 60_000));
  store.close();
  await open();
  await window.getByText('did not start on time. Nothing was sent.').waitFor();
  // A person who is not looking at the window is told by the desktop, and a press leads to where it is decided.
  const told = await desktop.whenShown('A campaign did not start on time');
  expect(told.text).toMatch(/^Big sale: Pushdesk wasn’t running, or the computer was asleep,/);
  expect(desktop.shown()).toHaveLength(1);
  await desktop.press(told.title);
  await scheduled()
    .getByText(/Pushdesk wasn’t running, or the computer was asleep, when this campaign was due\./)
    .waitFor();
  expect(newTitles()).toEqual([]);
  await button('Send Big sale now').click();
  await dialog(/^Send to about/)
    .getByRole('button', { name: 'Send now' })
    .click();
  await window.getByText('Nothing scheduled').waitFor();
  await titlesIn('Finished');
  await expect
    .poll(async () => (await rowsOf(window, 'Campaigns')).map((row) => row.join(' ')))
    .toContainEqual(expect.stringMatching(/^Big sale.*Finished/s));
  expect(newTitles()).toEqual(Array.from({ length: DEVICES }, () => 'Big sale'));
  expect(await pushdesk.quit()).toBe(0);
});
