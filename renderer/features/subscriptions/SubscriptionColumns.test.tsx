import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleSubscription } from '../../testing/samples.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { SUBSCRIPTION_COLUMNS } from './SubscriptionColumns.tsx';

async function cellOf(row: Subscription, header: string): Promise<HTMLElement> {
  renderWith(<DataTable label="Rows" columns={SUBSCRIPTION_COLUMNS} rows={[row]} idOf={({ id }) => id} />);
  // The last column to have room.
  await screen.findByRole('columnheader', { name: 'Last delivery' });
  const at = screen.getAllByRole('columnheader').findIndex(({ textContent }) => textContent === header);
  const cell = screen.getAllByRole('gridcell')[at];
  if (!cell) throw new Error(`There is no column “${header}”.`);
  return cell;
}

it.each([
  [{}, 'Baker Street News'],
  [{ keyPairName: null }, 'Not here'],
  [{ keyPairName: null, publicKey: null }, 'Unknown'],
])('the row of a subscription says whose key it was made with: %o', async (change, words) => {
  const cell = await cellOf(sampleSubscription(change), 'Key pair');
  expect(cell.textContent).toBe(words);
});

it.each([
  [null, 'None yet', null],
  [{ at: Date.now(), state: 'accepted' as const }, 'just now', 'Accepted'],
])('the row of a subscription says what was sent last: %o', async (lastDelivery, words, outcome) => {
  const cell = await cellOf(sampleSubscription({ lastDelivery }), 'Last delivery');
  expect(cell.textContent).toBe(words);
  expect(within(cell).queryByRole('img')?.getAttribute('aria-label') ?? null).toBe(outcome);
});

it.each([
  [{ label: null, id: 7 }, 'Firefox #7'],
  [{ label: 'هاتف' }, 'هاتف'],
  [
    { label: null, id: 8, pushService: 'other' as const, endpoint: 'https://push.example/up/abc' },
    'push.example #8',
  ],
])('the row of a subscription is called by its label or its browser: %o', async (change, name) => {
  const cell = await cellOf(sampleSubscription(change), 'Subscription');
  expect(within(cell).getByText(name).dir).toBe('auto');
});
