import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderWith } from '../../testing/render-with.tsx';
import { deliveryId, sampleDelivery, sampleDetail, sampleMessage } from '../../testing/samples.ts';
import { MessageView } from './MessageView.tsx';

const WRITTEN = sampleMessage({
  title: 'Hello {{name|there}}',
  texts: { de: { title: 'Hallo {{name|du}}', body: '' } },
});

const personal = {
  language: 'de',
  values: { name: 'Ada' },
  title: 'Hallo Ada',
  body: '',
  message: sampleMessage({ title: 'Hallo Ada' }),
  payload: '{"title":"Hallo Ada"}',
};

function show(change: Parameters<typeof sampleDetail>[0], more: { personal?: typeof personal | null } = {}) {
  const given = { personal, ...more };
  return renderWith(<MessageView campaign={sampleDetail(change)} />, {
    answers: {
      campaigns: {
        deliveries: () => ({ items: [sampleDelivery({ id: 7, label: 'Phone of Ada' })], nextCursor: null }),
        delivery: () => ({
          ...sampleDelivery({ id: 7 }),
          id: deliveryId(7),
          publicKey: null,
          attempts: [],
          personal: given.personal,
        }),
      },
    },
  });
}

it('says that a text with placeholders is as written, and shows what one recipient got', async () => {
  const { user } = show({ message: WRITTEN, payload: '{"title":"Hello {{name|there}}"}' });
  const choice = await screen.findByRole('combobox', { name: 'Show' });
  expect((choice as HTMLInputElement).value).toBe('As written, with placeholders');
  expect(screen.getByText(/as written, with its placeholders/)).toBeTruthy();
  await user.click(choice);
  await user.click(await screen.findByRole('option', { name: 'As sent to Phone of Ada' }));
  expect(await screen.findByText(/exactly as this recipient got it/)).toBeTruthy();
  expect((await screen.findAllByText('Hallo Ada')).length).toBeGreaterThan(0);
  expect(screen.getByText('name: Ada')).toBeTruthy();
  expect(screen.getByText('de')).toBeTruthy();
  expect(screen.getByText(/21 of 3,993 bytes/)).toBeTruthy();
});

it('says so where what a recipient got is gone', async () => {
  const { user } = show({ message: WRITTEN }, { personal: null });
  await user.click(await screen.findByRole('combobox', { name: 'Show' }));
  await user.click(await screen.findByRole('option', { name: 'As sent to Phone of Ada' }));
  expect(await screen.findByText(/can’t be told/)).toBeTruthy();
});

it.each([
  ['before the start', { state: 'scheduled' as const }, /fixed when the campaign starts/],
  ['after the removal', { removedAt: 1 }, /removed with the deliveries/],
])('says why there is nothing to choose %s', (_name, change, why) => {
  show({ message: WRITTEN, ...change });
  expect(screen.getByText(why)).toBeTruthy();
  expect(screen.queryByRole('combobox', { name: 'Show' })).toBeNull();
});

it('asks nothing where all get the same', () => {
  show({});
  expect(screen.queryByRole('combobox', { name: 'Show' })).toBeNull();
});

it('says which names of the audience nobody had', () => {
  const remark = 'Nobody has the tag “custmers”, so it leaves nobody out.';
  show({
    audience: {
      kind: 'everyone',
      text: 'Everyone, without tag custmers',
      anyOf: [],
      leaveOut: [{ kind: 'tag', tag: 'custmers' }],
      remarks: [remark],
    },
  });
  expect(screen.getByText(remark)).toBeTruthy();
});
