import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import { canaryRulesSchema, type Canary, type CanaryProgress } from '../../../electron/contract/canary.ts';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { Diagnosis } from '../../../electron/contract/diagnosis.ts';
import { formatClock } from '../../format/moments.ts';
import { formatShortHere } from '../../format/schedule-words.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { keyPairId, sampleCampaign, sampleCounts, sampleDetail } from '../../testing/samples.ts';
import { campaignStateWords } from '../../words/states.ts';
import { CampaignScreen } from './CampaignScreen.tsx';

const canary = (change: Partial<Canary> = {}): Canary => ({
  state: 'sending',
  recipients: 20,
  rules: canaryRulesSchema.parse({}),
  verdict: null,
  decidedBy: null,
  decidedAt: null,
  ...change,
});
const progress = (change: Partial<CanaryProgress> = {}): CanaryProgress => ({
  parts: [
    {
      ...{
        total: 20,
        accepted: 4,
        failed: 14,
        gone: 0,
        unknown: 0,
        cancelled: 0,
        retrying: 2,
        waiting: 0,
        open: 2,
      },
      pushService: 'fcm',
      keyPairId: keyPairId(1),
    },
  ],
  shown: null,
  waitsFor: { what: 'answers', until: null },
  ...change,
});
const UNTIL = new Date(2026, 0, 1, 19, 2).getTime();
const BAD = { outcome: 'bad', reason: 'Google (FCM) refused 14 of 20: HTTP 400.', at: 0 } as const;

function show(
  ofCanary: Partial<Canary>,
  ofProgress: Partial<CanaryProgress> = {},
  more: Partial<CampaignDetail> = {},
) {
  const campaign = {
    state: 'running' as const,
    finishedAt: null,
    recipients: 2000,
    counts: sampleCounts({ accepted: 4, failed: 14, retrying: 2, queued: 1980 }),
    isHeld: ofCanary.state === 'waiting',
    canary: canary(ofCanary),
    canaryProgress: progress(ofProgress),
    ...more,
  };
  return renderWith(
    <Route path="/campaigns/:id/:delivery?">
      <CampaignScreen />
    </Route>,
    {
      path: '/campaigns/1',
      answers: {
        campaigns: {
          get: ({ id }) => sampleDetail({ id, ...campaign }),
          deliveries: () => ({ items: [], nextCursor: null }),
          goOnAfterCanary: () => sampleCampaign(),
          stopAfterCanary: () => sampleCampaign(),
        },
      },
    },
  );
}

describe('the canary on the page of a campaign', () => {
  it('says how it goes at each push service, and lets the person decide before it is judged', async () => {
    const { user, engine } = show({});
    expect(await screen.findByText(/^Canary: 20 recipients first\. Waiting for its answers\.$/)).toBeTruthy();
    expect(screen.getByText('Google (FCM): 4 of 20 accepted, 14 failed, 2 retrying')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Send the rest' }));
    expect(engine.inputsOf('campaigns.goOnAfterCanary')).toEqual([{ id: 1 }]);
  });

  it('says why it waits for the person, and cancels the rest at a press', async () => {
    const { user, engine } = show({ state: 'waiting', verdict: BAD });
    expect(
      await screen.findByText(
        /^Canary: waiting for you\. Google \(FCM\) refused 14 of 20.* The other 1,982 wait\.$/,
      ),
    ).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Cancel the rest' }));
    expect(engine.inputsOf('campaigns.stopAfterCanary')).toEqual([{ id: 1 }]);
  });

  it('leaves the cause to the notice that says it in full, with its cure', async () => {
    const cause = 'Apple rejected the VAPID token (BadJwtToken): its contact, or the clock.';
    const diagnosis: Diagnosis = {
      code: 'token-refused',
      cause: `${cause} The contact in use is mailto:a@example.com.`,
      cure: 'Change the contact.',
      action: 'fix-subject',
    };
    show({ state: 'waiting', verdict: { ...BAD, reason: `Apple refused 1 of 1: ${cause}` } }, undefined, {
      diagnoses: [{ pushService: 'apple', diagnosis, count: 1, failed: 1 }],
    });
    expect(
      await screen.findByText('Canary: waiting for you. Apple refused 1 of 1. The other 1,982 wait.'),
    ).toBeTruthy();
    expect(screen.getByText(`1 at Apple: ${diagnosis.cause}`)).toBeTruthy();
  });

  it('tells parts that went well as one beside those that did not', async () => {
    const part = { failed: 0, gone: 0, unknown: 0, cancelled: 0, retrying: 0, waiting: 0, open: 0 };
    const well = { ...part, total: 20, accepted: 20, keyPairId: keyPairId(1) };
    show(
      { state: 'waiting', verdict: BAD },
      {
        parts: [
          { ...well, pushService: 'fcm' },
          { ...well, pushService: 'apple', accepted: 6, failed: 14 },
          { ...well, pushService: 'mozilla' },
        ],
      },
    );
    expect(
      await screen.findByText('Apple: 6 of 20 accepted, 14 failed · The others: 40 of 40 accepted'),
    ).toBeTruthy();
  });

  it.each([
    ['its recipients’ own time', 'hours', { retrying: 0, waiting: 16 }, '16 waiting for their own time'],
    [
      'its next try or its recipients’ own time',
      'retry-or-hours',
      { retrying: 1, waiting: 15 },
      '1 retrying, 15 waiting for their own time',
    ],
  ] as const)(
    'says that all of it waits for %s, and until when the first',
    async (words, what, open, part) => {
      const parts = progress().parts.map((one) => ({ ...one, ...open, failed: 0, open: 16 }));
      show({}, { parts, waitsFor: { what, until: UNTIL } });
      expect(
        await screen.findByText(
          new RegExp(
            `Everything left in it waits for ${words}, the first until ${formatShortHere(UNTIL)}\\.$`,
          ),
        ),
      ).toBeTruthy();
      expect(screen.getByText(`Google (FCM): 4 of 20 accepted, ${part}`)).toBeTruthy();
    },
  );

  it('says that all of it waits for a retry, and until when', async () => {
    show({}, { waitsFor: { what: 'retry', until: UNTIL } });
    expect(
      await screen.findByText(new RegExp(`waits for its next try until ${formatClock(UNTIL)}\\.$`)),
    ).toBeTruthy();
  });

  it('counts receipts while it waits for them', async () => {
    show({}, { shown: { canReport: 10, shown: 3 }, waitsFor: { what: 'receipts', until: UNTIL } });
    expect(
      await screen.findByText(
        new RegExp(`Waiting for receipts until ${formatClock(UNTIL)}: shown on 3 of 10\\.$`),
      ),
    ).toBeTruthy();
  });

  it('says who let the rest follow once it has, and offers nothing more', async () => {
    show({ state: 'passed', decidedBy: 'person', verdict: BAD });
    expect(await screen.findByText(/^Canary: you sent the rest\./)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Send the rest' })).toBeNull();
  });
});

it('a list says that a canary waits for the person', () => {
  const state = { state: 'running', isHeld: true, wait: null, schedule: null } as const;
  expect(campaignStateWords({ ...state, canary: canary({ state: 'waiting' }) }).word).toBe(
    'Canary: waiting for you',
  );
  expect(campaignStateWords({ ...state, isHeld: false, canary: canary() }).word).toBe('Canary');
  expect(campaignStateWords({ ...state, canary: canary({ state: 'passed' }) }).word).toBe('Needs attention');
  expect(
    campaignStateWords({ ...state, state: 'cancelled', isHeld: false, canary: canary({ state: 'stopped' }) })
      .word,
  ).toBe('Cancelled');
});
