import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Route } from 'wouter';
import type { Audience } from '../../electron/contract/campaign-audience.ts';
import { ComposeScreen } from '../features/compose/ComposeScreen.tsx';
import { SubscriptionsScreen } from '../features/subscriptions/SubscriptionsScreen.tsx';
import { draftAnswers } from '../testing/draft-answers.ts';
import { renderWith } from '../testing/render-with.tsx';
import { samplePreflight, sampleSubscription, subscriptionId } from '../testing/samples.ts';

const PHONE = sampleSubscription({ id: 1, label: 'Phone' });
const rows = {
  subscriptions: {
    list: () => ({ items: [PHONE], nextCursor: null }),
    counts: () => ({
      matching: 1,
      byState: { active: 1, expired: 0, gone: 0, unsubscribed: 0, mismatched: 0 },
      inBin: 0,
    }),
    deliveries: () => ({ items: [], nextCursor: null }),
  },
  keys: { list: () => [] },
};
const row = (label: string) => screen.findByRole('checkbox', { name: `Select ${label}` });

describe('sending to a selection', () => {
  function showWithCompose(audience: Audience) {
    return renderWith(
      <>
        <Route path="/subscriptions">
          <SubscriptionsScreen />
        </Route>
        <Route path="/compose">
          <ComposeScreen />
        </Route>
      </>,
      {
        path: '/subscriptions',
        answers: {
          ...rows,
          subscriptions: { ...rows.subscriptions, get: () => PHONE },
          drafts: draftAnswers({ message: { title: 'Good morning' }, audience }),
          campaigns: { preflight: () => samplePreflight() },
        },
      },
    );
  }
  const kept = ({ engine }: ReturnType<typeof showWithCompose>) => engine.inputsOf('drafts.save').at(-1);
  const EARLIER: Audience = { kind: 'chosen', ids: [subscriptionId(2), subscriptionId(3)] };

  it('offers to bring back recipients that were chosen before, on the screen that shows them', async () => {
    const shown = showWithCompose(EARLIER);
    const { user, path } = shown;
    await user.click(await row('Phone'));
    await user.click(screen.getByRole('button', { name: 'Send to selected' }));
    await expect.poll(path).toBe('/compose');
    expect(kept(shown)).toMatchObject({ audience: { kind: 'chosen', ids: [1] } });
    const title = await screen.findByRole('textbox', { name: 'Title' });
    await user.type(title, '!');
    expect(await screen.findByText('The 2 recipients you chose earlier were replaced.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await expect
      .poll(() => kept(shown))
      .toMatchObject({ message: { title: 'Good morning!' }, audience: EARLIER });
    expect(await screen.findByText('2 rows chosen on Subscriptions.')).toBeTruthy();
  });

  it.each<[Audience]>([[{ kind: 'everyone' }], [{ kind: 'chosen', ids: [subscriptionId(1)] }]])(
    'says nothing where nothing is lost: %j',
    async (audience) => {
      const { user, path } = showWithCompose(audience);
      await user.click(await row('Phone'));
      await user.click(screen.getByRole('button', { name: 'Send to selected' }));
      await expect.poll(path).toBe('/compose');
      await screen.findByRole('textbox', { name: 'Title' });
      expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    },
  );
});
