import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleCampaign } from '../../testing/samples.ts';
import { CampaignActions } from './CampaignActions.tsx';
import { HoursMissed } from './HoursMissed.tsx';
import { useCampaignActs } from './use-campaign-acts.ts';

const schedule = {
  at: '2026-03-03T09:00',
  timeZone: 'UTC',
  perRecipient: true,
  startsAt: 0,
  scheduledAt: 0,
  asks: {
    reason: 'late' as const,
    since: 0,
    problem: { code: 'schedule-hours-missed', cause: 'Some recipients were due.', cure: 'Decide.' },
  },
};

const startMissed = {
  ...schedule.asks,
  problem: { code: 'schedule-start-missed', cause: 'Pushdesk ended.', cure: 'Resume.' },
};

function Both({ asks }: { asks: NonNullable<Campaign['schedule']>['asks'] }) {
  const campaign = sampleCampaign({
    state: 'paused',
    finishedAt: null,
    hours: { start: { at: '2026-03-03T09:00', timeZone: 'UTC' }, quiet: null },
    schedule: { ...schedule, asks },
  });
  const acts = useCampaignActs(campaign.id);
  return (
    <>
      <HoursMissed campaign={campaign} acts={acts} />
      <CampaignActions campaign={campaign} acts={acts} />
    </>
  );
}

it.each([
  ['Send to them now', {}],
  ['Leave them out', { missed: 'leave-out' }],
])('%s decides about those whose time has passed', async (name, more) => {
  const { user, engine } = renderWith(<Both asks={schedule.asks} />, {
    answers: { campaigns: { resume: () => sampleCampaign({ state: 'running' }) } },
  });
  expect(screen.getByText('Some recipients were due.')).toBeTruthy();
  // A bare "Resume" would not say to whom it sends.
  expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull();
  await user.click(screen.getByRole('button', { name }));
  await expect.poll(() => engine.inputsOf('campaigns.resume')).toEqual([{ id: 1, ...more }]);
});

it('is not there where nothing was missed', () => {
  renderWith(<Both asks={null} />);
  expect(screen.queryByText('Some recipients were due.')).toBeNull();
  expect(screen.getByRole('button', { name: 'Resume' })).toBeTruthy();
});

it('offers Resume, and nobody to leave out, where the start itself was cut off', () => {
  renderWith(<Both asks={startMissed} />);
  expect(screen.getByText('Pushdesk ended.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Leave them out' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Resume' })).toBeTruthy();
});
