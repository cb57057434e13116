import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerWith, compose, goTo, heading, rowsOf } from './support/person.ts';
import { launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';

let temp: ReturnType<typeof makeTempFolder>;
let pushdesk: Pushdesk;
beforeEach(async () => {
  temp = makeTempFolder();
  pushdesk = await launchPushdesk({ dataDir: temp.folder });
  await pushdesk.ready();
});
afterEach(() => {
  temp.remove();
});

const storeFile = () => path.join(temp.folder, 'rehearsal.db');

/** Fills in the dialog that is open, and starts. Shares are set by keyboard: all at once, or one percent per press from 0. */
async function rehearse(window: Page, devices: string, shares: Record<string, number>): Promise<void> {
  const dialog = window.getByRole('dialog', { name: 'Rehearse this message' });
  await dialog.getByLabel('Virtual devices').fill(devices);
  for (const slider of await dialog.getByRole('slider').all()) {
    const name = (await slider.getAttribute('aria-label')) ?? '';
    const share = shares[name] ?? 0;
    await slider.press(share === 100 ? 'End' : 'Home');
    for (let percent = 0; percent < share % 100; percent += 1) await slider.press('ArrowRight');
  }
  await dialog.getByRole('button', { name: 'Start rehearsal' }).click();
  await window.getByText('Rehearsal: nothing left this machine').waitFor();
}

it('shows a newcomer without keys and without a browser the whole of it', async () => {
  const { window } = pushdesk;
  await goTo(window, 'Overview');
  await window.getByRole('button', { name: 'Rehearse without a browser' }).click();
  await rehearse(window, '200', { Gone: 10 });

  await window.getByText('180 shown on virtual devices').waitFor({ timeout: 170_000 });
  await window.getByText('Finished', { exact: true }).waitFor();
  expect(await heading(window)).toBe('Hello from Pushdesk');
  await window
    .getByRole('button', { name: /^Gone/ })
    .or(window.getByRole('tab', { name: /^Gone/ }))
    .click();
  await expect
    .poll(async () => {
      const rows = await rowsOf(window, 'Deliveries');
      return rows.length > 5 && rows.every((row) => row.join(' ').includes('410'));
    })
    .toBe(true);
  await window.getByRole('grid', { name: 'Deliveries' }).getByRole('row').nth(1).click();
  await window.getByText('Request and answer').waitFor();

  // None of it is among the real ones.
  await goTo(window, 'Campaigns');
  expect(await window.getByText('Hello from Pushdesk').count()).toBe(0);
  await goTo(window, 'Keys');
  expect(await window.getByRole('grid', { name: 'Key pairs' }).count()).toBe(0);

  expect(existsSync(storeFile())).toBe(true);
  expect(await pushdesk.quit()).toBe(0);
  expect(existsSync(storeFile())).toBe(false);
});

it('sends what stands in Compose, one rehearsal at a time, and quits in the middle of it', async () => {
  const { window } = pushdesk;
  await compose(window, { Title: 'Dress rehearsal' });
  await window.getByRole('button', { name: 'Rehearse', exact: true }).click();
  // No message is taken, so that it lasts until it is ended.
  await rehearse(window, '200', { 'Rate limit': 100 });
  await expect.poll(() => heading(window), { timeout: 170_000 }).toBe('Dress rehearsal');

  await goTo(window, 'Compose');
  await window.getByRole('button', { name: 'Rehearse', exact: true }).click();
  await window.getByText('A rehearsal is already running.').waitFor();
  await window.getByRole('button', { name: 'Open rehearsal' }).click();
  await expect.poll(() => heading(window)).toBe('Dress rehearsal');

  await answerWith(pushdesk, 'End rehearsal and quit');
  expect(await pushdesk.quit()).toBe(0);
  expect(existsSync(storeFile())).toBe(false);
});
