import { screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import type { Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleSubscription, subscriptionId } from '../../testing/samples.ts';
import { SubscriptionPicker } from './SubscriptionPicker.tsx';

const ROWS = [sampleSubscription({ id: 1, label: 'Phone' }), sampleSubscription({ id: 2 })];

function Picker({ first }: { first: SubscriptionId | null }) {
  const [id, setId] = useState(first);
  return (
    <>
      <SubscriptionPicker value={id} onChange={setId} />
      <output>{id}</output>
    </>
  );
}

const show = (subscriptions: Answers['subscriptions'] = {}, first: SubscriptionId | null = null) =>
  renderWith(<Picker first={first} />, {
    answers: { subscriptions: { list: () => ({ items: ROWS, nextCursor: null }), ...subscriptions } },
  });
const box = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Subscription' });
const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);

describe('choosing one subscription', () => {
  it('names each by its label or browser, with the end of its endpoint', async () => {
    const { user } = show({ get: () => ROWS[0] ?? sampleSubscription() });
    await user.click(box());
    await expect
      .poll(options)
      .toEqual([
        'Phone (updates.push.services.mozilla.com/…number-1)',
        'Firefox #2 (updates.push.services.mozilla.com/…number-2)',
      ]);
    await user.click(screen.getByRole('option', { name: /^Phone/ }));
    expect(screen.getByRole('status').textContent).toBe('1');
    await expect.poll(() => box().value).toMatch(/^Phone/);
  });

  it('asks the engine for active ones that fit what is typed', async () => {
    const { user, engine } = show();
    await user.type(box(), 'tab');
    await expect
      .poll(() => engine.inputsOf('subscriptions.list').at(-1))
      .toEqual({ filter: { search: 'tab', states: ['active'] }, limit: 20 });
  });

  it('says that nothing fits, or that there are more than are listed', async () => {
    const { user, engine } = show({ list: () => ({ items: [], nextCursor: null }) });
    await user.click(box());
    expect(await screen.findByText('No active subscription matches.')).toBeTruthy();
    engine.answer({ subscriptions: { list: () => ({ items: ROWS, nextCursor: '2' }) } });
    await user.type(box(), 'p');
    const last = await screen.findByRole('option', { name: /^Only 20 are listed\./ });
    expect(options().at(-1)).toBe(last.textContent);
    await user.click(last);
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('shows the one that was chosen before also where it is not listed', async () => {
    show({ get: ({ id }) => sampleSubscription({ id, label: 'Far away' }) }, subscriptionId(4711));
    await expect.poll(() => box().value).toMatch(/^Far away/);
  });
});
