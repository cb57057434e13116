import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Campaign } from '../../electron/contract/campaigns.ts';
import { renderWith } from '../testing/render-with.tsx';
import { sampleCampaign, sampleMessage } from '../testing/samples.ts';
import { ScheduleTrouble } from './ScheduleTrouble.tsx';

const asking = (
  id: number,
  state: 'scheduled' | 'paused',
  title: string,
  code = state === 'paused' ? 'schedule-hours-missed' : 'schedule-late',
): Campaign =>
  sampleCampaign({
    id,
    state,
    finishedAt: null,
    hours: state === 'paused' ? { start: { at: '2026-03-03T09:00', timeZone: 'UTC' }, quiet: null } : null,
    message: sampleMessage({ title }),
    schedule: {
      at: '2026-03-03T09:00',
      timeZone: 'UTC',
      perRecipient: state === 'paused',
      startsAt: 0,
      scheduledAt: 0,
      asks: { reason: 'late', since: 0, problem: { code, cause: 'Cause.', cure: 'Cure.' } },
    },
  });

const show = (...campaigns: Campaign[]) =>
  renderWith(<ScheduleTrouble />, { answers: { campaigns: { asking: () => campaigns } } });

it('says which campaign did not start, and leads to where that is decided', async () => {
  const { user } = show(asking(1, 'scheduled', 'Sale'), asking(2, 'scheduled', 'News'));
  expect(await screen.findByText(/did not start on time/)).toBeTruthy();
  expect(screen.getByRole('status').textContent).toContain('“Sale” and 1 other campaign did not start');
  await user.click(screen.getByRole('button', { name: 'Decide' }));
  // It says so itself there.
  await expect.poll(() => screen.queryByText(/did not start on time/)).toBeNull();
});

it('says which campaign missed the time of some recipients, beside those that did not start', async () => {
  show(asking(1, 'scheduled', 'Sale'), asking(2, 'paused', 'Morning'));
  expect(await screen.findByText(/missed the time of some recipients and is paused/)).toBeTruthy();
  expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('“Sale” did not start on time. Nothing was sent.'),
    expect.stringContaining('“Morning” missed the time of some recipients and is paused. They got nothing.'),
  ]);
});

it('says which campaign was cut off as it started', async () => {
  show(asking(3, 'paused', 'News', 'schedule-start-missed'));
  expect(await screen.findByText(/was cut off as it started and is paused/)).toBeTruthy();
});

it('is silent where nothing asks', () => {
  show();
  expect(screen.queryByRole('status')).toBeNull();
});
