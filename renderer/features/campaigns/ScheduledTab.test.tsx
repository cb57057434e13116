import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { canaryRulesSchema } from '../../../electron/contract/canary.ts';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import type { KeptSchedule } from '../../../electron/contract/schedule.ts';
import { localTimeOf } from '../../../electron/core/campaign/schedule-time.ts';
import { refuse } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleCampaign, sampleDetail, sampleMessage } from '../../testing/samples.ts';
import { ScheduledTab } from './ScheduledTab.tsx';

const HOUR = 3_600_000;

function waiting(startsAt: number, asks: KeptSchedule['asks'] = null): Campaign {
  const schedule = {
    at: localTimeOf(startsAt, 'UTC'),
    timeZone: 'UTC',
    perRecipient: false,
    startsAt,
    scheduledAt: 0,
    asks,
  };
  return sampleCampaign({
    state: 'scheduled',
    finishedAt: null,
    message: sampleMessage({ title: 'Sale' }),
    schedule,
  });
}

const LATE = {
  reason: 'late' as const,
  since: 0,
  problem: { code: 'schedule-late', cause: 'Pushdesk wasn’t running.', cure: 'Send it now.' },
};

it('shows what waits with its time, its zone and the wait', async () => {
  renderWith(<ScheduledTab />, {
    answers: { campaigns: { scheduled: () => [waiting(Date.now() + 14 * HOUR)] } },
  });
  const row = await screen.findByRole('listitem');
  expect(row.textContent).toContain('Coordinated Universal Time');
  expect(row.textContent).toContain('in 14 hours');
  expect(
    within(row)
      .getAllByRole('button')
      .map((button) => button.textContent || button.getAttribute('aria-label')),
  ).toEqual(['Duplicate Sale', 'Edit', 'Move', 'Cancel', 'Send now']);
});

it('says why one did not start, and each way out does what it says', async () => {
  const { user, engine } = renderWith(<ScheduledTab />, {
    answers: {
      campaigns: {
        scheduled: () => [waiting(Date.now() - 3 * HOUR, LATE)],
        sendNow: () => sampleCampaign({ state: 'preparing' }),
        cancel: () => sampleCampaign({ state: 'cancelled' }),
        changeScheduled: () => waiting(Date.now() + 20 * HOUR),
      },
    },
  });
  const row = await screen.findByRole('listitem');
  expect(row.textContent).toContain('3 hours ago');
  expect(row.textContent).toContain('Pushdesk wasn’t running.');
  await user.click(within(row).getByRole('button', { name: 'Send Sale now' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Send now' }));
  await expect.poll(() => engine.inputsOf('campaigns.sendNow')).toEqual([{ id: 1 }]);
  await user.click(screen.getByRole('button', { name: 'Move Sale' }));
  // Its own time has passed: the dialog begins with the next morning.
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Move' }));
  await expect
    .poll(() => engine.inputsOf('campaigns.changeScheduled'))
    .toMatchObject([{ id: 1, schedule: { at: expect.stringMatching(/T09:00$/) as string } }]);
  await user.click(screen.getByRole('button', { name: 'Cancel Sale' }));
  await user.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel campaign' }),
  );
  await expect.poll(() => engine.inputsOf('campaigns.cancel')).toEqual([{ id: 1 }]);
});

it('says before it sends one now what becomes of own times, quiet hours and the canary', async () => {
  const soon = waiting(Date.now() + 3 * HOUR);
  const missed = waiting(Date.now() - 3 * HOUR, LATE);
  const quiet = { from: '22:00', to: '07:00', timeZone: 'UTC' };
  const canary = {
    state: 'sending',
    recipients: 0,
    rules: canaryRulesSchema.parse({}),
    verdict: null,
    decidedBy: null,
    decidedAt: null,
  } as const;
  const perRecipient = ({ schedule }: Campaign) => schedule && { ...schedule, perRecipient: true };
  const campaigns = [
    soon,
    { ...soon, id: 2, schedule: perRecipient(soon) },
    { ...missed, id: 3, schedule: perRecipient(missed) },
    { ...soon, id: 4, canary, hours: { start: null, quiet } },
  ] as Campaign[];
  const { user } = renderWith(<ScheduledTab />, { answers: { campaigns: { scheduled: () => campaigns } } });
  const said: string[] = [];
  for (const button of await screen.findAllByRole('button', { name: 'Send Sale now' })) {
    await user.click(button);
    const dialog = await screen.findByRole('dialog');
    said.push(/“[^”]*”.*recalled\./.exec(dialog.textContent)?.[0] ?? '');
    await user.click(within(dialog).getByRole('button', { name: 'Keep waiting' }));
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  }
  expect(said).toEqual([
    '“Sale” is sent right away. Sent messages can’t be recalled.',
    '“Sale” is sent to everyone right away, whatever time it is where they are. Sent messages can’t be recalled.',
    '“Sale” is sent right away to those whose own time has passed. The others get it at their own time. Sent messages can’t be recalled.',
    '“Sale” is sent right away. The canary gets it first. Where the recipient has quiet hours (22:00 to 07:00), it waits until they end. Sent messages can’t be recalled.',
  ]);
});

it('is moved over a time that another window gave it only after saying so', async () => {
  const campaign = waiting(Date.now() + 3 * HOUR);
  const cause = 'This was changed elsewhere while you were editing it.';
  const { user, engine } = renderWith(<ScheduledTab />, {
    answers: {
      campaigns: {
        scheduled: () => [campaign],
        changeScheduled: ({ was }) =>
          was === undefined ? campaign : refuse({ code: 'changed-elsewhere', cause, cure: 'Save again.' }),
      },
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Move Sale' }));
  const move = within(await screen.findByRole('dialog')).getByRole('button', { name: 'Move' });
  await user.click(move);
  expect(await screen.findByText(cause, { exact: false })).toBeTruthy();
  await user.click(move);
  const { at, timeZone } = campaign.schedule ?? {};
  await expect
    .poll(() => engine.inputsOf('campaigns.changeScheduled'))
    .toMatchObject([{ was: { schedule: { at, timeZone } } }, { id: 1 }]);
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
});

it('teaches what appears here while there is nothing', async () => {
  renderWith(<ScheduledTab />, { answers: { campaigns: { scheduled: () => [] } } });
  expect(await screen.findByText('Nothing scheduled')).toBeTruthy();
});

it('is edited in Compose as it was scheduled, its canary included', async () => {
  const rules = canaryRulesSchema.parse({ sharePercent: 5 });
  const canary = {
    state: 'sending',
    recipients: 0,
    rules,
    verdict: null,
    decidedBy: null,
    decidedAt: null,
  } as const;
  const campaign = { ...waiting(Date.now() + 14 * HOUR), canary };
  const { user, engine, path } = renderWith(<ScheduledTab />, {
    answers: {
      campaigns: {
        scheduled: () => [campaign],
        get: () => sampleDetail({ ...campaign, messagesPerMinute: 60, edition: 'as seen' }),
        audienceOf: () => ({ kind: 'everyone' }),
      },
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Edit Sale' }));
  await expect.poll(path).toBe('/compose');
  expect(engine.inputsOf('drafts.create')).toMatchObject([
    {
      choices: {
        canary: { isOn: true, rules },
        when: { kind: 'at', perMinute: 60, editing: { id: 1, edition: 'as seen' } },
      },
    },
  ]);
});
