import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleSubscription } from '../../testing/samples.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { attributeColumnId, chosenColumns, columnChoices, columnsOf } from './SubscriptionColumns.tsx';

const ORDER = { order: 'newest' as const, turnOrder: () => undefined };
const USUAL = chosenColumns(null);

async function cellOf(row: Subscription, header: string, chosen = USUAL): Promise<HTMLElement> {
  renderWith(
    <DataTable label="Rows" columns={columnsOf(chosen, ORDER)} rows={[row]} idOf={({ id }) => id} />,
  );
  // The last column that has room.
  await screen.findByRole('columnheader', { name: header });
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
  [{ label: 'هاتف', externalId: 'user-7' }, 'هاتف'],
  [{ label: null, externalId: 'user-7' }, 'user-7'],
  [
    { label: null, id: 8, pushService: 'other' as const, endpoint: 'https://push.example/up/abc' },
    'push.example #8',
  ],
])('the row of a subscription is called by its label or its browser: %o', async (change, name) => {
  const cell = await cellOf(sampleSubscription(change), 'Subscription');
  const isName = (element: Element | null) => element?.textContent === name && element.matches('[dir=auto]');
  expect(within(cell).getByText((_text, element) => isName(element))).toBeTruthy();
});

it.each([
  ['Tags', ['tags'], 'newsVIP'],
  ['External ID', ['external-id'], 'user-7'],
  ['Language', [attributeColumnId('language')], 'de'],
  ['plan', [attributeColumnId('plan')], 'pro'],
  ['city', [attributeColumnId('city')], '–'],
])('the row of a subscription says what its owner knows: %s', async (header, chosen, words) => {
  const row = sampleSubscription({
    tags: ['news', 'VIP'],
    externalId: 'user-7',
    attributes: { language: 'de', plan: 'pro' },
  });
  const cell = await cellOf(row, header, chosen);
  await expect.poll(() => cell.textContent).toBe(words);
});

it('fewer tags than there are say how many more there are, and all are read out', async () => {
  const tags = Array.from({ length: 50 }, (_, index) => `${'long tag '.repeat(3)}${index}`);
  const cell = await cellOf(sampleSubscription({ tags }), 'Tags');
  expect(within(cell).getByText(/^\+4\d$/)).toBeTruthy();
  expect(cell.textContent).toContain('long tag 49');
  expect(cell.querySelector('[title]')?.getAttribute('title')).toBe(tags.join(', '));
});

it('columns are chosen among ours and what attributes there are, and stand in one order', () => {
  const offered = columnChoices(['plan', 'language']).map(({ header }) => header);
  expect(offered).toContain('plan');
  expect(offered.filter((header) => header === 'Language')).toHaveLength(1);
  const shown = columnsOf(['last', attributeColumnId('plan'), 'tags', 'gone since long'], ORDER);
  expect(shown.map(({ header }) => header)).toEqual(['Subscription', 'Tags', 'plan', 'Last delivery']);
  expect(chosenColumns({ not: 'a list' })).toEqual(USUAL);
});
