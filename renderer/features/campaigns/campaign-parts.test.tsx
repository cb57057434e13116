import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import {
  keyPairId,
  sampleAttempt,
  sampleCampaign,
  sampleCounts,
  sampleDelivery,
  sampleMessage,
  sampleService,
  TOKEN_REFUSED,
} from '../../testing/samples.ts';
import { button, part, press, running, show, type Change } from './testing/show-campaign.tsx';

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

  it('counts those who wait for their hour apart from retries, where there are any', async () => {
    const heads = () => screen.queryAllByRole('columnheader').map(({ textContent }) => textContent);
    await summary({
      ...running,
      services: [
        sampleService({ done: 0, total: 9, counts: sampleCounts({ retrying: 2, waiting: 7 }) }),
        sampleService({ pushService: 'apple', done: 0, total: 1, counts: sampleCounts({ queued: 1 }) }),
      ],
    });
    expect(heads().slice(-4)).toEqual(['Retrying', 'Waiting', 'Speed', 'Time left']);
    expect(rows()).toEqual([expect.stringMatching(/0 of 90027/), expect.stringMatching(/0 of 10000/)]);
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
