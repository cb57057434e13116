import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { isPressable } from '../../testing/is-pressable.ts';
import { held, refuse, type Answers } from '../../testing/fake-engine.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import {
  keyPairId,
  sampleAttempt,
  sampleCampaign,
  sampleCounts,
  sampleDelivery,
  sampleDetail,
  sampleMessage,
  sampleService,
  TOKEN_REFUSED,
} from '../../testing/samples.ts';
import { CampaignScreen } from './CampaignScreen.tsx';

const FULL = { code: 'full', cause: 'The disk is full.', cure: 'Make room.' };
type Change = Parameters<typeof sampleDetail>[0];

/** A campaign at its address, as the engine has it. */
function show(change: Change = {}, campaigns: Answers['campaigns'] = {}, path = '/campaigns/1') {
  return renderWith(
    <Route path="/campaigns/:id/:delivery?">
      <CampaignScreen />
    </Route>,
    {
      path,
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

const running: Change = {
  state: 'running',
  finishedAt: null,
  recipients: 100,
  counts: sampleCounts({ accepted: 40, queued: 60 }),
};
const button = (name: string) => screen.queryByRole<HTMLButtonElement>('button', { name });
const press = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name });
const part = (name: string) => screen.findByRole('tab', { name });

describe('the address of a campaign', () => {
  it('that is none leads to the list', async () => {
    const { path } = show({}, {}, '/campaigns/nonsense');
    await expect.poll(path).toBe('/campaigns');
  });

  it('of one that is gone says so, with a way back', async () => {
    const { user, path } = show(
      {},
      {
        get: () =>
          refuse(
            { code: 'gone', cause: 'There is no such campaign.', cure: 'Look in the list.' },
            'NOT_FOUND',
          ),
      },
    );
    expect(await screen.findByText('There is no such campaign.')).toBeTruthy();
    await user.click(await press('All campaigns'));
    expect(path()).toBe('/campaigns');
  });
});

describe('what can be done with a campaign', () => {
  it.each([
    ['preparing', ['Cancel campaign', 'Pause']],
    ['running', ['Cancel campaign', 'Pause']],
    ['paused', ['Cancel campaign', 'Resume']],
    ['finished', []],
    ['cancelled', []],
  ] as const)('while it is %s', async (state, wanted) => {
    show({ ...running, state });
    await press('Use message again');
    expect(['Cancel campaign', 'Pause', 'Resume'].filter((name) => button(name) !== null)).toEqual(wanted);
  });

  it('happens once, and says why it did not', async () => {
    const paused = held(sampleCampaign());
    const { user, engine } = show(running, { pause: paused.answer });
    await user.click(await press('Pause'));
    await expect.poll(() => isPressable(button('Pause'))).toBe(false);
    expect(isPressable(button('Cancel campaign'))).toBe(false);
    await user.click(await press('Pause'));
    expect(engine.inputsOf('campaigns.pause')).toHaveLength(1);
    paused.release();
    await expect.poll(() => isPressable(button('Pause'))).toBe(true);
    engine.answer({ campaigns: { pause: () => refuse(FULL) } });
    await user.click(await press('Pause'));
    await expect.poll(noticeTexts).toContain('The disk is full.Make room.');
  });

  it.each([
    [60, '60 unsent messages will be discarded.'],
    [1, '1 unsent message will be discarded.'],
  ])('is cancelling it, after a question that counts what is discarded: %i', async (queued, words) => {
    const { user, engine } = show(
      { ...running, counts: sampleCounts({ accepted: 100 - queued, queued }) },
      { cancel: () => sampleCampaign() },
    );
    await user.click(await press('Cancel campaign'));
    const dialog = await screen.findByRole('dialog', { name: 'Cancel this campaign?' });
    expect(dialog.textContent).toContain(words);
    await user.click(within(dialog).getByRole('button', { name: 'Keep sending' }));
    expect(engine.inputsOf('campaigns.cancel')).toEqual([]);
    await user.click(await press('Cancel campaign'));
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel campaign' }),
    );
    await expect.poll(() => engine.inputsOf('campaigns.cancel')).toEqual([{ id: 1 }]);
  });

  it('is no longer asked once it has come to its end meanwhile', async () => {
    const { user, engine } = show(running);
    await user.click(await press('Cancel campaign'));
    await screen.findByRole('dialog', { name: 'Cancel this campaign?' });
    engine.answer({ campaigns: { get: () => sampleDetail() } });
    engine.publish('campaigns');
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  });

  it('is sending again what failed or is unknown, as far as there is any, after a question', async () => {
    const { user, engine } = show(
      { counts: sampleCounts({ accepted: 8, failed: 1, unknown: 2 }) },
      { sendAgain: () => sampleCampaign() },
    );
    await user.click(await press('Send unknown again'));
    const dialog = within(await screen.findByRole('dialog', { name: 'Send the unknown messages again?' }));
    await user.click(dialog.getByRole('button', { name: 'Don’t send again' }));
    expect(engine.inputsOf('campaigns.sendAgain')).toEqual([]);
    await user.click(await press('Send failed again'));
    await user.click(await press('Send 1 message again'));
    await expect.poll(() => engine.inputsOf('campaigns.sendAgain')).toEqual([{ id: 1, state: 'failed' }]);
  });

  it('is sending again what failed for one reason, from its place in the summary', async () => {
    const { user, engine, path } = show(
      {
        counts: sampleCounts({ accepted: 8, failed: 41 }),
        diagnoses: [{ pushService: 'fcm', diagnosis: TOKEN_REFUSED, count: 41, failed: 41 }],
      },
      { sendAgain: () => sampleCampaign() },
      '/campaigns/1/summary',
    );
    await user.click(await press('Send these 41 again'));
    await user.click(await press('Send 41 messages again'));
    await expect
      .poll(() => engine.inputsOf('campaigns.sendAgain'))
      .toEqual([{ id: 1, state: 'failed', cause: { pushService: 'fcm', diagnosis: TOKEN_REFUSED.code } }]);
    await user.click(await part('Message'));
    expect(path()).toBe('/campaigns/1/message');
    await user.click(await part('Deliveries'));
    expect(path()).toBe('/campaigns/1');
  });

  it.each([{}, { state: 'cancelled', counts: sampleCounts({ failed: 3, cancelled: 7 }) } as const])(
    'is not sending again where nothing failed, or all was called off: %o',
    async (change) => {
      show(change);
      await press('Use message again');
      expect(button('Send failed again')).toBeNull();
    },
  );
});

describe('while nothing can be stored', () => {
  it('the campaign waits, and what is out is unsaved rather than being sent', async () => {
    const wait = { reason: 'store', until: 1 } as const;
    const items = [
      sampleDelivery({ state: 'sending', label: 'Front desk' }),
      sampleDelivery({ id: 2, state: 'queued', externalId: 'u2' }),
    ];
    const { user } = show(
      { ...running, wait, services: [sampleService({ wait })] },
      { deliveries: () => ({ items, nextCursor: null }) },
    );
    expect(await screen.findByText('Waiting until results can be saved')).toBeTruthy();
    await user.click(await part('Deliveries'));
    expect(await screen.findByText('Unsaved')).toBeTruthy();
    expect(screen.getByText('Queued')).toBeTruthy();
    expect(screen.queryByText('Sending')).toBeNull();
    expect(screen.getByText('Front desk')).toBeTruthy();
    expect(screen.getByText('u2')).toBeTruthy();
  });
});

describe('using a message again', () => {
  const message = sampleMessage({ title: 'Good morning' });

  it('takes it to Compose as a new draft', async () => {
    const { user, engine, path } = show({ message });
    await user.click(await press('Use message again'));
    await expect.poll(path).toBe('/compose');
    expect(engine.inputsOf('drafts.create')).toEqual([
      { message, audience: { kind: 'everyone' }, choices: {} },
    ]);
  });

  it('stays and says why where it cannot be kept', async () => {
    const { user, engine, path } = show({ message });
    engine.answer({ drafts: { create: () => refuse(FULL) } });
    const before = path();
    await user.click(await press('Use message again'));
    expect(await screen.findByText('The disk is full. Make room.')).toBeTruthy();
    expect(path()).toBe(before);
  });
});

describe('what went wrong', () => {
  const waiting: Change = {
    ...running,
    parts: [
      {
        pushService: 'apple',
        keyPairId: keyPairId(1),
        counts: sampleCounts({ queued: 60 }),
        pausedBecause: TOKEN_REFUSED,
      },
    ],
  };

  it('is why a part is on hold, with the way to its cure and to going on', async () => {
    const { user, engine, path } = show(waiting, { resumePart: () => sampleCampaign() });
    await user.click(await press('Try again'));
    await expect
      .poll(() => engine.inputsOf('campaigns.resumePart'))
      .toEqual([{ id: 1, pushService: 'apple', keyPairId: 1 }]);
    expect(noticeWith('Sending to Apple is on hold: The token was rejected.').textContent).toContain(
      'Change the contact.',
    );
    await user.click(await press('Open Keys'));
    expect(path()).toBe('/keys');
  });

  it.each([
    [
      { unknown: 1 },
      '1 message may or may not have arrived.',
      'Sending stopped in the middle of it. It is not sent again',
    ],
    [
      { unknown: 1204 },
      '1,204 messages may or may not have arrived.',
      'Sending stopped in the middle of them. They are not sent again',
    ],
  ])('is that nobody knows what became of some: %o', async (counts, cause, cure) => {
    show({ counts: sampleCounts(counts) });
    await expect.poll(noticeTexts).toHaveLength(1);
    expect(noticeWith(cause).textContent).toContain(cure);
  });

  it('is told once in the head, and whole in the summary', async () => {
    const { user } = show({ ...waiting, counts: sampleCounts({ accepted: 30, queued: 60, unknown: 10 }) });
    await user.click(await press('Show all 2 problems'));
    expect((await part('Summary')).getAttribute('aria-selected')).toBe('true');
    expect(noticeTexts()).toHaveLength(2);
    expect(button('Show all 2 problems')).toBeNull();
  });
});

describe('a campaign from a backup', () => {
  const paused = { state: 'paused', restoredFrom: { madeAt: Date.UTC(2026, 10, 29, 12) } } as const;

  it('says why it is paused, and what Resume would do', async () => {
    show({ ...paused, counts: sampleCounts({ accepted: 60, queued: 40 }), recipients: 100 });
    expect(await screen.findByText(/^This campaign comes from a backup made on .*2026/)).toBeTruthy();
    expect(
      screen.getByText(/^Resume sends 40 more messages, and some may arrive a second time/),
    ).toBeTruthy();
  });

  it('says so only until it is resumed', async () => {
    show({ ...paused, state: 'finished', possibleRepeats: 2 });
    expect(
      await screen.findByText(/2 messages may have arrived twice: the backup had no record/),
    ).toBeTruthy();
    expect(screen.queryByText(/comes from a backup/)).toBeNull();
  });
});

describe('the deliveries of a campaign', () => {
  it('are asked for by outcome, and say where there are none', async () => {
    const { user, engine } = show({ counts: sampleCounts({ accepted: 9, failed: 1 }), recipients: 10 });
    expect(await screen.findByRole('heading', { name: 'Nothing here' })).toBeTruthy();
    await user.click(await press('Failed1'));
    await expect
      .poll(() => engine.inputsOf('campaigns.deliveries').at(-1))
      .toMatchObject({ campaignId: 1, states: ['failed'], mayHaveArrivedTwice: false });
  });

  it.each([
    [1, '1 message may have arrived twice: no answer came, so it was sent again.'],
    [3, '3 messages may have arrived twice: no answer came, so they were sent again.'],
  ])('lead to those that may have arrived twice: %i', async (possibleRepeats, words) => {
    const { user, engine } = show({ possibleRepeats });
    expect(await screen.findByText((text) => text.startsWith(words))).toBeTruthy();
    await user.click(await press('Show them'));
    await expect
      .poll(() => engine.inputsOf('campaigns.deliveries').at(-1))
      .toMatchObject({ states: [], mayHaveArrivedTwice: true });
    expect(button('Show them')).toBeNull();
  });

  it('open at an address of their own, and close back to that of the campaign', async () => {
    const { user, path } = show(
      {},
      {
        deliveries: () => ({
          items: [sampleDelivery({ id: 7, state: 'failed', lastStatus: 403, diagnosis: TOKEN_REFUSED })],
          nextCursor: null,
        }),
        delivery: ({ id }) => ({
          ...sampleDelivery({ id, state: 'failed', diagnosis: TOKEN_REFUSED }),
          publicKey: null,
          personal: null,
          attempts: [],
        }),
      },
    );
    const cell = await screen.findByRole('gridcell', { name: 'The token was rejected.' });
    expect(cell.closest('[role="row"]')?.textContent).toContain('403');
    await user.click(cell);
    expect(path()).toBe('/campaigns/1/7');
    expect(await screen.findByRole('dialog', { name: 'Delivery at Mozilla' })).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(path()).toBe('/campaigns/1');
  });

  it('show a delivery by its address, and nothing of it in another part', async () => {
    const { user } = show(
      {},
      {
        delivery: ({ id }) => ({
          ...sampleDelivery({ id }),
          publicKey: null,
          personal: null,
          attempts: [sampleAttempt()],
        }),
      },
      '/campaigns/1/7',
    );
    expect(await screen.findByRole('dialog', { name: 'Delivery at Mozilla' })).toBeTruthy();
    await user.click(await part('Message'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('the summary of a campaign', () => {
  const summary = async (change: Change) => {
    const { user } = show(change);
    await user.click(await part('Summary'));
  };
  const rows = () =>
    within(screen.getByRole('table', { name: 'Progress by push service' }))
      .getAllByRole('row')
      .slice(1)
      .map(({ textContent }) => textContent);

  it('tells for each push service what is done, what waits for the person, and what nobody knows', async () => {
    await summary({
      ...running,
      services: [
        sampleService({ done: 40, total: 100, ratePerSecond: 12, timeLeftMs: 5_000 }),
        sampleService({ pushService: 'apple', done: 0, total: 9, pausedBecause: TOKEN_REFUSED }),
        sampleService({ pushService: 'wns', done: 0, total: 5 }),
        sampleService({ pushService: 'fcm', done: 10, total: 10 }),
      ],
    });
    expect(rows()).toEqual([
      expect.stringMatching(/^Mozilla40 of 100.*12 a second5 seconds$/),
      expect.stringMatching(/^Apple0 of 9.*–Needs attention$/),
      expect.stringMatching(/0 of 5.*––$/),
      expect.stringMatching(/10 of 10.*–Done$/),
    ]);
  });

  it.each([
    [1, /^1 long answer is not kept in full/],
    [1204, /^1,204 long answers are not kept in full/],
  ])('says what is not kept of %i long answers', async (shortenedAnswers, words) => {
    await summary({ shortenedAnswers });
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('says what accepted means where something was', async () => {
    await summary({});
    expect(screen.getByText(/^Accepted means that the push service took the message\./)).toBeTruthy();
  });

  it('says who got nothing because a value was missing', async () => {
    show({ leftOut: 2 }, {}, '/campaigns/1/summary');
    expect(await screen.findByText(/^2 subscriptions were left out: a variable/)).toBeTruthy();
  });

  it('says nothing of it where nothing was', async () => {
    await summary({ counts: sampleCounts({ failed: 10 }) });
    expect(screen.queryByText(/^Accepted means/)).toBeNull();
    expect(screen.queryByRole('table', { name: 'From accepted to clicked' })).toBeNull();
    expect(screen.getByRole('table', { name: 'From recipients to accepted' }).textContent).toMatch(
      /Accepted0/,
    );
  });
});

describe('the head of a campaign', () => {
  it.each<[Change, RegExp]>([
    [{}, /^Finished10 of 10 done, 100% accepted$/],
    [
      { ...running, ratePerSecond: 12, timeLeftMs: 5_000, messagesPerMinute: 720 },
      /^Sending40 of 100 done, 100% accepted12 a second \(limit 720 a minute\), about 5 seconds left$/,
    ],
    [{ ...running, isHeld: true }, /^Needs attention40 of 100/],
    [{ ...running, wait: { reason: 'rate-limit', until: Date.UTC(2026, 2, 3) } }, /^Waiting40 of 100/],
    [{ ...running, counts: sampleCounts({ queued: 100 }) }, /^Sending0 of 100 done$/],
  ])('says where it stands: %o', async (change, words) => {
    show(change);
    const state = await screen.findByText(/ done/);
    expect(state.parentElement?.textContent).toMatch(words);
  });

  it('keeps to the direction of what was written, and writes out what would turn it round', async () => {
    show({ message: { ...sampleMessage(), title: 'صباح الخير', body: 'خبر \u202Eاليوم' } });
    const title = await screen.findByRole('heading', { level: 1, name: 'صباح الخير' });
    expect(title.dir).toBe('auto');
    expect(screen.getByText(/\\u202E/).tagName).toBe('BDI');
  });
});

describe('the message of a campaign', () => {
  it('is shown field by field and as it was encrypted', async () => {
    const campaign: Partial<CampaignDetail> = {
      message: sampleMessage({ ttlSeconds: 0, actions: [{ title: 'Read' }], requireInteraction: true }),
      payload: '{"v":1}',
      payloadBytes: 1204,
    };
    const { user } = show(campaign);
    await user.click(await part('Message'));
    const fact = (name: string) => screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;
    expect(fact('TTL')).toBe('Not kept: only for devices that are online');
    expect(fact('Button 1 text')).toBe('Read');
    expect(screen.queryByText('Topic', { selector: 'dt' })).toBeNull();
    expect(screen.getByRole('region', { name: 'Payload' }).textContent).toContain(
      '1,204 of 3,993 bytes before encryption',
    );
    await user.click(await press('Copy payload'));
    expect(await navigator.clipboard.readText()).toBe('{"v":1}');
  });

  it('is shown in each of its languages, with the format of its payload', async () => {
    const { user } = show({
      message: sampleMessage({
        title: 'Good morning',
        texts: { de: { title: 'Guten Morgen', body: 'Frisches Brot' }, ar: { title: 'صباح الخير' } },
        format: 'angular',
      }),
    });
    await user.click(await part('Message'));
    const fact = (name: string) => screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;
    expect(fact('Other languages')).toBe('de: Guten Morgen · Frisches Brot\nar: صباح الخير');
    expect(fact('Payload format')).toBe('Angular');
  });
});
