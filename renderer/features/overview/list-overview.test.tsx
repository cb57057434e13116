import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useLocation } from 'wouter';
import type { ListOverview } from '../../../electron/contract/list-overview.ts';
import { subscriptionFilterSchema } from '../../../electron/contract/subscriptions.ts';
import { useKeptView } from '../../audience/kept-view.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import {
  sampleCampaign,
  sampleCounts,
  sampleListDay,
  sampleListOverview,
  sampleOverview,
} from '../../testing/samples.ts';
import { OverviewScreen } from './OverviewScreen.tsx';

const DAY = 86_400_000;
const at = (index: number) => Date.UTC(2026, 2, 1) + index * DAY;

/** The overview, and in place of Subscriptions what that screen would list. */
function ByPath() {
  const [path] = useLocation();
  return path === '/subscriptions' ? <Listed /> : <OverviewScreen />;
}
function Listed() {
  const [{ filter }] = useKeptView();
  return <output aria-label="kept">{JSON.stringify(filter)}</output>;
}

function show(list: Partial<ListOverview>, answers: Answers['app'] = {}) {
  const totals = { ...sampleOverview().totals, subscriptions: 20, activeSubscriptions: list.active ?? 0 };
  return renderWith(<OverviewScreen />, {
    answers: {
      app: {
        overview: () => sampleOverview({ totals }),
        listOverview: () => sampleListOverview(list),
        ...answers,
      },
    },
  });
}
const growth = () => screen.findByRole('slider', { name: /^Growth/ });
const says = async () => (await growth()).getAttribute('aria-valuetext');

const DAYS = [
  sampleListDay({ day: at(0), joined: 12, net: 12, total: 12 }),
  sampleListDay({
    day: at(1),
    joined: 3,
    returned: 1,
    left: 4,
    leftAs: { gone: 3, expired: 0, unsubscribed: 1, mismatched: 0, binned: 0 },
    net: 0,
    total: 12,
  }),
  sampleListDay({ day: at(2), total: 12 }),
];

it('tells how the list grew: all days together, each by the arrow keys, and all of them in a table', async () => {
  const { user } = show({ active: 12, days: DAYS });
  expect(await says()).toBe('15 joined, 1 returned, 4 left, net +12');
  expect(screen.getByText('How they left: 3 gone, 1 unsubscribed.')).toBeTruthy();
  (await growth()).focus();
  await user.keyboard('{ArrowLeft}');
  expect(await says()).toBe('3 Mar 2026: 0 joined, 0 returned, 0 left, 12 active');
  await user.keyboard('{ArrowLeft}');
  expect(await says()).toBe('2 Mar 2026: 3 joined, 1 returned, 4 left, 12 active');
  await user.keyboard('{Home}{ArrowLeft}');
  expect(await says()).toBe('1 Mar 2026: 12 joined, 0 returned, 0 left, 12 active');
  await user.keyboard('{End}');
  expect(await says()).toContain('3 Mar 2026');
  await user.tab();
  expect(await says()).toContain('net +12');
  await user.click(screen.getAllByRole('button', { name: 'Show as table' })[0] as HTMLElement);
  const table = screen.getByRole('region', { name: 'Growth over 3 days, as a table' });
  expect(
    within(table)
      .getAllByRole('row')
      .map(({ textContent }) => textContent),
  ).toEqual(['DayJoinedReturnedLeftActive', '3 Mar 202600012', '2 Mar 202631412', '1 Mar 2026120012']);
});

it('says what it will show where all came on one day', async () => {
  show({ active: 12, days: DAYS.slice(0, 1) });
  expect(
    await screen.findByText(/^12 subscriptions joined on one day\. Your list’s growth will show here/),
  ).toBeTruthy();
  expect(screen.getByText('+12 in 7 days')).toBeTruthy();
});

it.each([
  ['Google (FCM): 20 subscriptions, 100%', { pushServices: ['fcm'] }],
  ['Chrome: 14 subscriptions, 70%', { attributes: [{ name: 'browser', anyOf: ['Chrome'] }] }],
  [
    'English (United Kingdom): 15 subscriptions, 75%',
    { attributes: [{ name: 'language', anyOf: ['en-GB'] }] },
  ],
  ['Unknown: 5 subscriptions, 25%', { attributes: [{ name: 'language', isSet: false }] }],
  [
    'Other: 4 subscriptions, 20%',
    {
      attributes: [
        { name: 'browser', isSet: true },
        { name: 'browser', noneOf: ['Chrome'] },
      ],
    },
  ],
])('%s leads to the subscriptions that it counts', async (name, filter) => {
  const { user, path } = renderWith(<ByPath />, {
    answers: {
      app: {
        overview: () => sampleOverview({ totals: { ...sampleOverview().totals, subscriptions: 20 } }),
        listOverview: () =>
          sampleListOverview({
            active: 20,
            services: [{ pushService: 'fcm', active: 20 }],
            browsers: { top: [{ value: 'Chrome', active: 14 }], others: 4, unknown: 2 },
            languages: { top: [{ value: 'en-GB', active: 15 }], others: 0, unknown: 5 },
          }),
      },
    },
  });
  await user.click(await screen.findByRole('button', { name }));
  expect(path()).toBe('/subscriptions');
  expect(JSON.parse((await screen.findByLabelText('kept')).textContent)).toEqual({
    ...subscriptionFilterSchema.parse({}),
    states: ['active'],
    ...filter,
  });
});

it('says how to get to know platforms where none is known', async () => {
  const unknown = { top: [], others: 0, unknown: 20 };
  show({ active: 20, days: DAYS, platforms: unknown, browsers: unknown, languages: unknown });
  expect(await screen.findByText(/The subscribe page reports platform, browser and language/)).toBeTruthy();
});

it('shows the campaigns in progress, each with a way to pause it, and how many more there are', async () => {
  const { user, engine } = renderWith(<OverviewScreen />, {
    answers: {
      app: {
        overview: () =>
          sampleOverview({
            totals: { ...sampleOverview().totals, subscriptions: 20, campaigns: 9, campaignsUnderWay: 3 },
          }),
      },
      campaigns: {
        list: () => ({
          items: [
            sampleCampaign({
              id: 3,
              state: 'running',
              recipients: 20,
              counts: sampleCounts({ accepted: 5, queued: 15 }),
            }),
            sampleCampaign({ id: 2, state: 'paused' }),
            sampleCampaign({ id: 1, state: 'finished' }),
          ],
          nextCursor: null,
        }),
        pause: () => refuse({ code: 'x', cause: 'It is over already.', cure: 'Look again.' }),
      },
    },
  });
  const progress = within(await screen.findByRole('region', { name: 'In progress' }));
  expect(progress.getAllByRole('listitem')).toHaveLength(2);
  expect(progress.getByText('5 of 20 done, 100% accepted')).toBeTruthy();
  expect(progress.getByRole('link', { name: '1 more campaign' })).toBeTruthy();
  await user.click(progress.getByRole('button', { name: 'Pause Good morning' }));
  expect(engine.inputsOf('campaigns.pause')).toEqual([{ id: 3 }]);
  expect(await progress.findByText('It is over already.')).toBeTruthy();
});

it('shows the three campaigns that start next, and leads to the others', async () => {
  const start = Date.now() + 14 * 3_600_000;
  const schedule = {
    at: '2026-11-30T09:00',
    timeZone: 'UTC',
    perRecipient: false,
    startsAt: start,
    scheduledAt: 0,
    asks: null,
  };
  renderWith(<OverviewScreen />, {
    answers: {
      app: { overview: () => sampleOverview({ totals: { ...sampleOverview().totals, subscriptions: 20 } }) },
      campaigns: {
        scheduled: () => [1, 2, 3, 4].map((id) => sampleCampaign({ id, state: 'scheduled', schedule })),
      },
    },
  });
  const scheduled = within(await screen.findByRole('region', { name: 'Scheduled' }));
  const rows = scheduled.getAllByRole('listitem');
  expect(rows).toHaveLength(3);
  expect(rows[0]?.textContent).toMatch(/30 November 2026 at 09:00, .* · in 14 hours$/);
  expect(scheduled.getByRole('link', { name: '1 more campaign' }).getAttribute('href')).toMatch(
    /campaigns\/scheduled$/,
  );
});

it('tells what the next send will lose, and of whom that is not known', async () => {
  show({
    active: 1200,
    days: DAYS,
    nextSend: {
      covered: 1000,
      expected: 40,
      enoughAnswers: 100,
      services: [
        {
          pushService: 'fcm',
          active: 1200,
          covered: 1000,
          expected: 40,
          ages: [
            { fromDays: null, toDays: null, active: 200, answers: 3, gone: 3, share: null },
            { fromDays: 7, toDays: 30, active: 1000, answers: 500, gone: 20, share: 0.04 },
          ],
        },
      ],
    },
  });
  await screen.findByText(
    'A send to everyone is likely to find about 40 subscriptions gone (4%). 200 others are not counted: not enough history.',
  );
  const table = within(screen.getByRole('region', { name: /^Share gone/ }));
  expect(table.getAllByRole('row').map(({ textContent }) => textContent)).toEqual([
    'Push serviceShare gone, by days since the last accepted messageActiveExpected loss',
    '7–30Never',
    'Google (FCM)4%too few1,20040',
  ]);
});

it('says that it does not know yet what a send would lose', async () => {
  show({ active: 12, days: DAYS });
  expect(
    await screen.findByText(/^Not enough history yet\. After a push service has answered about 100/),
  ).toBeTruthy();
});

it('says why the list cannot be counted, with a way out, and shows the rest', async () => {
  show({}, { listOverview: () => refuse({ code: 'x', cause: 'The disk is broken.', cure: 'Mend it.' }) });
  expect(await screen.findByText('The disk is broken.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  expect(screen.getByText('Subscriptions')).toBeTruthy();
});
