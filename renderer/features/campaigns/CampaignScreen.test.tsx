import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { isPressable } from '../../testing/is-pressable.ts';
import { held, refuse } from '../../testing/fake-engine.ts';
import { noticeTexts } from '../../testing/notices.ts';
import {
  sampleCampaign,
  sampleCounts,
  sampleDelivery,
  sampleDetail,
  sampleMessage,
  sampleService,
  TOKEN_REFUSED,
} from '../../testing/samples.ts';
import { button, FULL, part, press, running, show, type Change } from './testing/show-campaign.tsx';

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
