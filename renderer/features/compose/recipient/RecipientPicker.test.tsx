import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { messageSchema } from '../../../../electron/contract/message.ts';
import type { RecipientPreview } from '../../../../electron/contract/recipient-preview.ts';
import { draftAnswers } from '../../../testing/draft-answers.ts';
import { refuse, type Answers } from '../../../testing/fake-engine.ts';
import { noticeTexts } from '../../../testing/notices.ts';
import { renderWith } from '../../../testing/render-with.tsx';
import { samplePreflight, sampleSubscription, subscriptionId } from '../../../testing/samples.ts';
import { ComposeScreen } from '../ComposeScreen.tsx';

const CITIES = ['', 'Oslo', 'Bergen'];

/** As the engine answers for two people. */
function previewOf(id: number, change: Partial<RecipientPreview> = {}): RecipientPreview {
  const city = CITIES[id] ?? '';
  const message = messageSchema.parse({ title: `Hi ${city}`, url: `https://shop.example/${city}` });
  return {
    subscription: {
      id: subscriptionId(id),
      label: `Person ${id}`,
      externalId: null,
      endpoint: 'https://a.example/',
      pushService: 'fcm',
    },
    isRecipient: true,
    language: '',
    values: { city },
    missing: [],
    message,
    payload: JSON.stringify({ v: 1, title: `Hi ${city}` }),
    payloadBytes: 70 + id,
    ...change,
  };
}

async function show(message: Record<string, unknown>, campaigns: Answers['campaigns'] = {}) {
  const rendered = renderWith(<ComposeScreen />, {
    path: '/compose',
    answers: {
      drafts: draftAnswers({ message }),
      campaigns: {
        preflight: () => samplePreflight(),
        checkPictures: () => ({ reachable: [], warnings: [], isOffline: false }),
        previewFor: ({ of = 0, step }) =>
          previewOf(step === undefined ? of : step === 'next' ? (of % 2) + 1 : of === 1 ? 2 : 1),
        findRecipients: () => ({
          items: [1, 2].map((id) => previewOf(id).subscription),
          hasMore: false,
        }),
        ...campaigns,
      },
      subscriptions: {
        list: () => ({ items: [], nextCursor: null }),
        get: ({ id }) =>
          sampleSubscription({ id, label: `Person ${id}`, endpoint: previewOf(id).subscription.endpoint }),
      },
    },
  });
  await screen.findByRole('textbox', { name: 'Title' });
  return rendered;
}

const PERSONAL = { title: 'Hi {{city}}', url: 'https://shop.example/{{city}}' };
const card = () => screen.getByRole('figure', { name: 'How it will look' }).textContent;
const group = () => within(screen.getByRole('group', { name: 'Preview for a recipient' }));
const next = () => group().getByRole('button', { name: 'Next recipient' });

describe('the preview for a recipient', () => {
  it('is not offered where all get the same', async () => {
    await show({ title: 'Hello' });
    expect(screen.queryByRole('group', { name: 'Preview for a recipient' })).toBeNull();
  });

  it('steps from the text as written through the recipients, with values, links and payload', async () => {
    const { user, engine } = await show(PERSONAL);
    expect(card()).toContain('Hi {{city}}');
    await user.click(next());
    await expect.poll(card).toContain('Hi Oslo');
    expect(group().getByText('city: Oslo · 71 bytes')).toBeTruthy();
    expect(group().getByText('https://shop.example/Oslo')).toBeTruthy();
    await user.click(next());
    await expect.poll(card).toContain('Hi Bergen');
    await user.click(group().getByRole('button', { name: 'Previous recipient' }));
    await expect.poll(card).toContain('Hi Oslo');
    expect(engine.inputsOf('campaigns.previewFor')).toMatchObject([
      { step: 'next', audience: { kind: 'everyone' } },
      { of: 1, step: 'next' },
      { of: 2, step: 'previous' },
    ]);
    await user.click(screen.getByRole('button', { name: 'Payload' }));
    const sent = screen.getByRole('figure', { name: 'Payload as it will be sent' });
    expect(sent.textContent).toContain('"title": "Hi Oslo"');
  });

  it('follows what is written, and goes back to the text as written', async () => {
    const { user, engine } = await show(PERSONAL);
    await user.click(next());
    await expect.poll(card).toContain('Hi Oslo');
    fireEvent.change(screen.getByRole('textbox', { name: 'Body' }), { target: { value: 'Sale' } });
    await expect.poll(() => engine.inputsOf('campaigns.previewFor').length).toBe(2);
    expect(engine.inputsOf('campaigns.previewFor').at(-1)).toMatchObject({ message: { body: 'Sale' } });
    const picker = group().getByRole('combobox', { name: 'Preview for' });
    await user.click(picker);
    await expect
      .poll(() => engine.inputsOf('campaigns.findRecipients').at(-1))
      .toEqual({ audience: { kind: 'everyone' }, search: '', limit: 20 });
    await user.click(await screen.findByRole('option', { name: /^Person 2/ }));
    await expect.poll(card).toContain('Hi Bergen');
    await user.click(group().getByRole('button', { name: 'Show the text as written' }));
    await expect.poll(card).toContain('Hi {{city}}');
  });

  it('says who misses a value, who is no recipient, and in which language somebody gets it', async () => {
    const texts = { de: { title: 'Hallo', body: '', url: '', actions: [] } };
    const { user } = await show(
      { ...PERSONAL, texts },
      { previewFor: () => previewOf(1, { missing: ['name'], isRecipient: false, language: 'de' }) },
    );
    await user.click(next());
    expect(await group().findByText(/^No value for name\. Nothing can be sent like this/)).toBeTruthy();
    expect(group().getByText(/^Not in this audience/)).toBeTruthy();
    expect(group().getByText('Text in German · city: Oslo · 71 bytes')).toBeTruthy();
  });

  it('says that there is nobody, and why it could not be asked', async () => {
    const { user, engine } = await show(PERSONAL, { previewFor: () => null });
    await user.click(next());
    expect(await group().findByText('Nobody in this audience can be reached.')).toBeTruthy();
    engine.answer({
      campaigns: { previewFor: () => refuse({ code: 'x', cause: 'It broke.', cure: 'Wait.' }) },
    });
    await user.click(group().getByRole('button', { name: 'Previous recipient' }));
    await expect.poll(() => noticeTexts().join(' ')).toContain('It broke.');
  });
});
