import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { canaryRulesSchema } from '../../../electron/contract/canary.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleDetail, sampleMessage } from '../../testing/samples.ts';
import { CampaignScreen } from './CampaignScreen.tsx';

const FULL = { code: 'full', cause: 'The disk is full.', cure: 'Make room.' };

function show(change: Parameters<typeof sampleDetail>[0], campaigns: Answers['campaigns'] = {}) {
  return renderWith(
    <Route path="/campaigns/:id/:delivery?">
      <CampaignScreen />
    </Route>,
    {
      path: '/campaigns/1',
      answers: {
        campaigns: {
          get: ({ id }) => sampleDetail({ id, ...change }),
          deliveries: () => ({ items: [], nextCursor: null }),
          ...campaigns,
        },
      },
    },
  );
}
const press = (name: string) => screen.findByRole('button', { name });

describe('duplicating a campaign', () => {
  const message = sampleMessage({ title: 'Good morning' });

  it.each([
    ['with its recipients', { kind: 'matching' as const, anyOf: [{ kind: 'tag' as const, tag: 'vip' }] }],
    ['with nobody chosen where its recipients cannot be read', null],
  ])('takes it to Compose as a new draft, %s', async (_name, audience) => {
    const { user, engine, path } = show({ message }, { audienceOf: () => audience });
    await user.click(await press('Duplicate'));
    await expect.poll(path).toBe('/compose');
    expect(engine.inputsOf('drafts.create')).toEqual([{ message, audience, choices: {} }]);
  });

  it('takes its canary along', async () => {
    const rules = canaryRulesSchema.parse({ sharePercent: 5 });
    const canary = {
      state: 'passed',
      recipients: 20,
      rules,
      verdict: null,
      decidedBy: 'rules',
      decidedAt: 0,
    } as const;
    const { user, engine } = show({ canary }, { audienceOf: () => ({ kind: 'everyone' }) });
    await user.click(await press('Duplicate'));
    await expect
      .poll(() => engine.inputsOf('drafts.create'))
      .toMatchObject([{ choices: { canary: { isOn: true, rules } } }]);
  });

  it('takes quiet hours and pace along, but not the time: it goes out when the person sends it', async () => {
    const quiet = { from: '21:30', to: '08:00', timeZone: 'Europe/Oslo' };
    const { user, engine } = show(
      { hours: { start: { at: '2026-01-01T09:00', timeZone: 'Asia/Tokyo' }, quiet }, messagesPerMinute: 60 },
      { audienceOf: () => ({ kind: 'everyone' }) },
    );
    await user.click(await press('Duplicate'));
    await expect
      .poll(() => engine.inputsOf('drafts.create'))
      .toMatchObject([
        {
          choices: {
            when: {
              kind: 'now',
              perMinute: 60,
              quiet: { isOn: true, from: '21:30', to: '08:00' },
              time: { timeZone: 'Europe/Oslo', perRecipient: false },
              editing: null,
            },
          },
        },
      ]);
  });

  it('stays and says why where its recipients cannot be asked for', async () => {
    const { user, engine, path } = show({ message }, { audienceOf: () => refuse(FULL) });
    const before = path();
    await user.click(await press('Duplicate'));
    expect(await screen.findByText('The disk is full. Make room.')).toBeTruthy();
    expect(engine.inputsOf('drafts.create')).toEqual([]);
    expect(path()).toBe(before);
  });

  it('is not offered for a rehearsal, which has no recipients', async () => {
    show({ message, kind: 'rehearsal' });
    await press('Use message again');
    expect(screen.queryByRole('button', { name: 'Duplicate' })).toBeNull();
  });
});
