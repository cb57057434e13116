import { expect, it } from 'vitest';
import { subscriptionFilterSchema, type Subscription } from '../../../../contract/subscriptions.ts';
import { csvCell } from '../../../../core/subscription/export-rows.ts';
import { makeKeyPair } from '../../../keys/curve.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../../testing/temp-subscriptions.ts';

const { signal } = new AbortController();
const everything = { filter: subscriptionFilterSchema.parse({}), except: [] };

function filled() {
  const setting = tempSubscriptions();
  const { publicKey } = makeKeyPair();
  const people = [
    {},
    { label: 'Irene, "the woman"', externalId: 'u1', tags: ['news', 'vip'], attributes: { plan: 'pro' } },
    { label: 'Ærø', tags: ['a,b', 'c'], attributes: { city: 'Oslo', note: 'x;y "z"' } },
  ];
  for (const person of people) {
    setting.service.upsert({ subscription: browserSubscription(), publicKey, ...person });
  }
  return setting;
}

async function textOf(
  { service }: ReturnType<typeof filled>,
  format: 'json' | 'jsonl' | 'csv',
  whole = true,
): Promise<string> {
  const { pieces } = await service.openExport({ target: everything, format, whole }, signal);
  let text = '';
  for await (const piece of pieces) text += piece.text;
  return text;
}

const facts = (rows: readonly Subscription[]) =>
  rows
    .map(({ endpoint, publicKey, label, externalId, tags, attributes, addedAt }) => ({
      endpoint,
      publicKey,
      label,
      externalId,
      tags: [...tags].sort(),
      attributes,
      addedAt,
    }))
    .sort((one, other) => one.endpoint.localeCompare(other.endpoint));

it.each(['json', 'jsonl', 'csv'] as const)('an export as %s comes in again as it was', async (format) => {
  const setting = filled();
  const text = await textOf(setting, format);
  const other = tempSubscriptions();
  expect(await other.service.import({ text, publicKey: null })).toMatchObject({ addedCount: 3, badCount: 0 });
  expect(facts(other.all())).toEqual(facts(setting.all()));
});

it('shows no endpoint and no key whole unless it is asked for', async () => {
  const setting = filled();
  for (const format of ['json', 'jsonl', 'csv'] as const) {
    const text = await textOf(setting, format, false);
    for (const { endpoint } of setting.all()) expect(text).not.toContain(endpoint);
    expect(text).not.toContain('"p256dh":');
    expect(text).toContain('u1');
  }
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes the formula %j harmless', (text) => {
  expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
});
