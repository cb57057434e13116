import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { CampaignSource } from '../../api/CampaignSource.tsx';
import { refuse } from '../../testing/fake-engine.ts';
import { noticeTexts, noticeWith } from '../../testing/notices.ts';
import { renderWith } from '../../testing/render-with.tsx';
import {
  deliveryId,
  sampleAttempt,
  sampleCampaign,
  sampleDelivery,
  sampleMessage,
  TOKEN_REFUSED,
} from '../../testing/samples.ts';
import type { DeliveryDetail } from './delivery-detail.ts';
import { DeliveryPanel } from './DeliveryPanel.tsx';

const panel = <DeliveryPanel id={deliveryId(7)} campaign={sampleCampaign()} onClose={vi.fn()} />;

async function show(change: Partial<Omit<DeliveryDetail, 'id'>> = {}, source: 'real' | 'rehearsal' = 'real') {
  const delivery = () => ({
    ...sampleDelivery({ id: 7 }),
    publicKey: null,
    personal: null,
    attempts: [],
    ...change,
  });
  const rendered = renderWith(<CampaignSource of={source}>{panel}</CampaignSource>, {
    answers: source === 'real' ? { campaigns: { delivery } } : { rehearsal: { campaigns: { delivery } } },
  });
  await screen.findByText('State', { selector: 'dt' });
  return rendered;
}

const fact = (name: string) => screen.queryByText(name, { selector: 'dt' })?.nextElementSibling?.textContent;
const attempt = (number: number) => within(screen.getByRole('region', { name: `Attempt ${number}` }));

describe('the panel of a delivery', () => {
  it('says why it cannot be read, and reads again', async () => {
    const { user, engine } = renderWith(panel, {
      answers: {
        campaigns: { delivery: () => refuse({ code: 'x', cause: 'It cannot be read.', cure: 'Wait.' }) },
      },
    });
    await screen.findByText('It cannot be read.');
    engine.answer({
      campaigns: {
        delivery: () => ({ ...sampleDelivery({ id: 7 }), publicKey: null, personal: null, attempts: [] }),
      },
    });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('dialog', { name: 'Delivery at Mozilla' })).toBeTruthy();
  });

  it('says what became of it: the meaning of its state, or the reason with its cure', async () => {
    const { engine } = await show();
    expect(noticeTexts()).toEqual([
      'The push service accepted it. It does not report whether the device showed it.',
    ]);
    engine.answer({
      campaigns: {
        delivery: () => ({
          ...sampleDelivery({ id: 7, state: 'failed', diagnosis: TOKEN_REFUSED }),
          publicKey: null,
          personal: null,
          attempts: [],
        }),
      },
    });
    engine.publish('deliveries');
    await expect.poll(noticeTexts).toEqual(['The token was rejected.Change the contact.Open Keys']);
  });

  it('promises the next try instead of a cure, and when it comes', async () => {
    await show({ state: 'retrying', diagnosis: TOKEN_REFUSED, nextAttemptAt: Date.now() + 120_000 });
    expect(noticeWith('The token was rejected.').textContent).toContain(
      'It will be tried again automatically.',
    );
    expect(fact('Next attempt')).toBe('in 2 min');
  });

  it('says that one waits for its recipient’s hour, and speaks of no attempt', async () => {
    const cause = 'It waits until its time in the recipient’s time zone.';
    await show({
      state: 'waiting',
      diagnosis: { ...TOKEN_REFUSED, code: 'recipient-hours', cause },
      nextAttemptAt: Date.now() + 7_200_000,
    });
    expect(noticeWith(cause).textContent).toContain('It goes out on');
    expect(fact('State')).toBe('Waiting');
    expect(fact('Goes out')).toBe('in 2 h');
    expect(fact('Next attempt')).toBeUndefined();
  });

  it('says that it may have arrived twice', async () => {
    await show({ mayHaveArrivedTwice: true });
    expect(noticeWith('It may have arrived twice.')).toBeTruthy();
  });

  it.each([
    [[], 'None recorded'],
    [[sampleAttempt()], '1 request'],
    [[sampleAttempt(), sampleAttempt({ number: 2 })], '2 requests'],
  ])('counts its requests', async (attempts, words) => {
    await show({ attempts });
    expect(fact('Attempts')).toBe(words);
  });

  it.each([
    ['fix-subject', '/keys'],
    ['choose-key', '/keys'],
    ['allow-private-endpoints', '/settings'],
    ['ask-to-resubscribe', '/server'],
  ] as const)('leads to the cure: %s', async (action, wanted) => {
    const { user, path } = await show({ state: 'failed', diagnosis: { ...TOKEN_REFUSED, action } });
    await user.click(within(noticeWith('The token was rejected.')).getByRole('button'));
    expect(path()).toBe(wanted);
  });

  it('leads to its subscription', async () => {
    await show();
    expect(screen.getByRole('link', { name: 'Firefox #7' }).getAttribute('href')).toBe('/subscriptions/7');
  });

  it('leads nowhere in a rehearsal: its devices are virtual, and nothing there needs a cure', async () => {
    await show({ state: 'failed', diagnosis: TOKEN_REFUSED }, 'rehearsal');
    expect(fact('Subscription')).toBeUndefined();
    expect(screen.queryByRole('button', { name: 'Open Keys' })).toBeNull();
  });
});

describe('an attempt', () => {
  it('is shown with its request and answer, which can be copied', async () => {
    const { user } = await show({ attempts: [sampleAttempt()] });
    expect(screen.getByRole('heading', { name: /^Request and answer/ }).textContent).toContain('took 48 ms');
    expect(screen.getByRole('region', { name: 'Answer: 201 Created' }).textContent).toContain('No body');
    await user.click(screen.getByRole('button', { name: 'Copy answer' }));
    expect(await navigator.clipboard.readText()).toBe('HTTP 201 Created\nlocation: /m/1');
    await user.click(screen.getByRole('button', { name: 'Copy request' }));
    expect(await navigator.clipboard.readText()).toMatch(/^POST https:\/\/updates\.push.*\nTTL: 86400$/);
  });

  it('says that no answer came, or not all of it', async () => {
    const answer = { status: 201, headers: [], body: '', cut: null };
    await show({
      attempts: [
        sampleAttempt({ answer: null, error: 'ECONNRESET \u202Exe' }),
        sampleAttempt({ number: 2, answer, error: 'It broke off.' }),
      ],
    });
    expect(noticeWith('No answer came back.').textContent).toContain('ECONNRESET \\u202Exe');
    expect(noticeWith('The answer is incomplete.').textContent).toContain('It broke off.');
    expect(attempt(1).queryByRole('button', { name: 'Copy answer' })).toBeNull();
  });

  it('says how much of a long answer is kept, and does not call a body empty of which nothing was', async () => {
    const answer = { status: 403, headers: [], body: '', cut: { receivedBytes: 81_234, keptBytes: 0 } };
    await show({ attempts: [sampleAttempt({ answer })] });
    expect(screen.getByText('The answer was longer: 81,234 bytes came, 0 are kept.')).toBeTruthy();
    expect(screen.getByRole('region', { name: /^Answer: 403/ }).textContent).toContain('No body was kept');
  });

  it('lays out JSON for reading, and writes out what a terminal would obey', async () => {
    const answer = {
      status: 403,
      headers: [['x-debug', '\u001B[31m']] as [string, string][],
      body: '{"reason":"Bad"}',
      cut: null,
    };
    await show({ attempts: [sampleAttempt({ answer })] });
    const region = screen.getByRole('region', { name: /^Answer: 403/ });
    expect(region.textContent).toContain('{\n  "reason": "Bad"\n}');
    expect(region.textContent).toContain('\\u001B[31m');
  });

  it('has its own reason and notes beside it where there are several', async () => {
    await show({
      state: 'failed',
      diagnosis: TOKEN_REFUSED,
      attempts: [
        sampleAttempt({ diagnosis: { ...TOKEN_REFUSED, cause: 'It was slow.', cure: 'Wait.' } }),
        sampleAttempt({ number: 2, diagnosis: TOKEN_REFUSED, notes: ['Apple takes no TTL of 0.'] }),
      ],
    });
    expect(attempt(1).getByText('It was slow. Wait.')).toBeTruthy();
    expect(attempt(2).getByText('Apple takes no TTL of 0.')).toBeTruthy();
  });

  it('shows the text and payload of its own recipient', async () => {
    const values = { city: 'Oslo' };
    await show({
      personal: {
        language: '',
        values,
        title: 'Hi Oslo',
        body: 'News',
        message: sampleMessage({ title: 'Hi Oslo', body: 'News' }),
        payload: '{"title":"Hi Oslo"}',
      },
    });
    expect(fact('Message')).toBe('Hi Oslo · News');
    expect(fact('Payload')).toBe('{"title":"Hi Oslo"}');
  });
});
