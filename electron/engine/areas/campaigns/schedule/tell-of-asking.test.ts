import { expect, it } from 'vitest';
import type { CampaignId } from '../../../../contract/ids.ts';
import { fakeHost } from '../../../testing/fake-host.ts';
import { message } from '../testing/campaign-rig.ts';
import { hoursMissed, wasLate } from './schedule-problems.ts';
import { createTellOfAsking } from './tell-of-asking.ts';

const id = 7 as CampaignId;

it('says what was not sent and why, and leads to where that is decided', () => {
  const { desktop, notices } = fakeHost();
  const tell = createTellOfAsking(desktop);
  tell({ id, state: 'scheduled', message: message({ title: 'Sale' }) }, wasLate);
  tell({ id, state: 'paused', message: message({ title: 'x'.repeat(200) }) }, hoursMissed);
  expect(notices).toEqual([
    {
      title: 'A campaign did not start on time',
      body: `Sale: ${wasLate.cause} ${wasLate.cure}`,
      screen: '/campaigns/scheduled',
    },
    {
      title: 'A campaign is paused',
      body: `${'x'.repeat(60)}…: ${hoursMissed.cause} ${hoursMissed.cure}`,
      screen: '/campaigns/7',
    },
  ]);
});

it('is silent without a desktop, and where the desktop cannot show it', () => {
  const campaign = { id, state: 'scheduled', message: message() } as const;
  createTellOfAsking(null)(campaign, wasLate);
  const { desktop } = fakeHost();
  createTellOfAsking({ ...desktop, notify: () => Promise.reject(new Error('no')) })(campaign, wasLate);
});
