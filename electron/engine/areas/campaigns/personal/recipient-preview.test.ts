import { expect, it } from 'vitest';
import type { Audience } from '../../../../contract/campaign-audience.ts';
import { payloadFormatSchema, type Message } from '../../../../contract/message.ts';
import { OWN_FORMAT_EXAMPLE } from '../../../../core/message/formats/own.ts';
import type { SubscriptionId } from '../../../../contract/ids.ts';
import { campaignRig, fcm, message, type CampaignRig } from '../testing/campaign-rig.ts';
import { rigWithSegments } from '../testing/rig-with-segments.ts';

const everyone: Audience = { kind: 'everyone' };
type Asked = Parameters<CampaignRig['service']['previewFor']>[0];

function rigWith(people: readonly Record<string, string>[], rig: CampaignRig = campaignRig()) {
  const ids = rig.subscribe(fcm(people.length));
  people.forEach((attributes, at) => {
    rig.store.db
      .write<object>('INSERT INTO people (id, label, attributes) VALUES (@id, @label, @attributes)')
      .run({ id: ids[at], label: `Person ${at}`, attributes: JSON.stringify(attributes) });
  });
  const preview = (change: Partial<Message> = {}, how: Partial<Asked> = {}) =>
    rig.service.previewFor({ message: message(change), audience: everyone, ...how });
  const walk = async (step: 'next' | 'previous', audience: Audience, count: number) => {
    const met: (number | undefined)[] = [];
    let of: SubscriptionId | undefined;
    for (let at = 0; at < count; at += 1) {
      const seen = await preview({}, { audience, step, ...(of === undefined ? {} : { of }) });
      of = seen?.subscription.id;
      met.push(of === undefined ? undefined : ids.indexOf(of));
    }
    return met;
  };
  return { rig, ids, preview, walk };
}

it('shows the first recipient with their values, language, links and payload', async () => {
  const { preview, ids } = rigWith([{ language: 'de-CH', city: 'Zürich' }]);
  const seen = await preview({
    title: 'Hello from {{city}}',
    body: '{{greeting|Good day}}',
    url: 'https://shop.example/{{city}}',
    texts: { de: { title: 'Hallo aus {{city}}', body: '', url: '', actions: [] } },
  });
  expect(seen).toMatchObject({
    subscription: { id: ids[0], label: 'Person 0', pushService: 'fcm' },
    isRecipient: true,
    language: 'de',
    values: { city: 'Zürich' },
    missing: [],
    message: { title: 'Hallo aus Zürich', body: 'Good day', url: 'https://shop.example/Z%C3%BCrich' },
  });
  expect(JSON.parse(seen?.payload ?? '')).toMatchObject({ title: 'Hallo aus Zürich' });
  expect(seen?.payloadBytes).toBe(Buffer.byteLength(seen?.payload ?? ''));
});

it('says which values somebody misses, and leaves their variables as they were written', async () => {
  const { preview } = rigWith([{ city: 'Oslo' }]);
  expect(await preview({ title: '{{name}} in {{city}}', body: '{{name}} {{age}}' })).toMatchObject({
    missing: ['name', 'age'],
    message: { title: '{{name}} in Oslo', body: '{{name}} {{age}}' },
  });
});

it('steps through those who can be reached, both ways, and comes round', async () => {
  const { rig, ids, walk } = rigWith([{}, {}, {}, {}]);
  rig.store.db.write<object>("UPDATE subscriptions SET state = 'gone' WHERE id = @id").run({ id: ids[1] });
  expect(await walk('next', everyone, 5)).toEqual([0, 2, 3, 0, 2]);
  expect(await walk('previous', everyone, 4)).toEqual([3, 2, 0, 3]);
});

it('steps through the chosen ones alone, over any gap of ids', async () => {
  const { rig, ids, walk } = rigWith([{}, {}, {}]);
  const far = 100_000 as SubscriptionId;
  rig.store.db.write<object>('DELETE FROM people').run({});
  rig.store.db.write<object>('UPDATE subscriptions SET id = @far WHERE id = @id').run({ far, id: ids[2] });
  ids[2] = far;
  const chosen: Audience = { kind: 'chosen', ids: [ids[0] ?? far, far] };
  expect(await walk('next', chosen, 3)).toEqual([0, 2, 0]);
  expect(await walk('previous', chosen, 3)).toEqual([2, 0, 2]);
  expect(await walk('next', everyone, 4)).toEqual([0, 1, 2, 0]);
});

it('shows anybody by id, and says who is no recipient', async () => {
  const { rig, ids, preview } = rigWith([{}, {}, {}]);
  const [first, second, third] = ids as [SubscriptionId, SubscriptionId, SubscriptionId];
  rig.store.db.write<object>("UPDATE subscriptions SET state = 'gone' WHERE id = @id").run({ id: third });
  const audience: Audience = { kind: 'chosen', ids: [first, third] };
  const isRecipient = async (of: SubscriptionId) => (await preview({}, { audience, of }))?.isRecipient;
  expect(await Promise.all([first, second, third].map(isRecipient))).toEqual([true, false, false]);
  expect(await preview({}, { of: 999 as SubscriptionId })).toBeNull();
});

it('shows nobody where there is nobody', async () => {
  const { preview } = rigWith([]);
  expect(await preview()).toBeNull();
  expect(await preview({}, { step: 'previous', of: 1 as SubscriptionId })).toBeNull();
});

it('finds those of an audience who match a search and can be reached, newest first, and says that there are more', async () => {
  const { rig, ids } = rigWith([{}, {}, {}, {}, {}], rigWithSegments().rig);
  const [first, second, third, , fifth] = ids as [
    SubscriptionId,
    SubscriptionId,
    SubscriptionId,
    0,
    SubscriptionId,
  ];
  rig.store.db.write<object>("UPDATE subscriptions SET state = 'gone' WHERE id = @id").run({ id: third });
  const find = async (audience: Audience, search = '', limit = 20) => {
    const { items, hasMore } = await rig.service.findRecipients({ audience, search, limit });
    return { items: items.map(({ label }) => label), hasMore };
  };
  const chosen: Audience = { kind: 'chosen', ids: [first, second, third] };
  expect(await find(everyone)).toEqual({
    items: ['Person 4', 'Person 3', 'Person 1', 'Person 0'],
    hasMore: false,
  });
  expect(await find(everyone, '', 2)).toEqual({ items: ['Person 4', 'Person 3'], hasMore: true });
  expect(await find(chosen)).toEqual({ items: ['Person 1', 'Person 0'], hasMore: false });
  expect(await find(chosen, 'person 0')).toEqual({ items: ['Person 0'], hasMore: false });
  expect(await find(chosen, 'person 4')).toEqual({ items: [], hasMore: false });
  expect(await find({ kind: 'everyone', leaveOut: [{ kind: 'chosen', ids: [fifth] }] }, 'person', 1)).toEqual(
    {
      items: ['Person 3'],
      hasMore: true,
    },
  );
});

it.each(payloadFormatSchema.options)(
  'the longest of all is what the preflight measures: %s',
  async (format) => {
    const { rig, ids, preview } = rigWith([
      { city: 'Oslo', language: 'de' },
      { city: 'Llanfairpwllgwyngyll' },
      { city: 'Å', language: 'de' },
    ]);
    const shape = {
      title: '{{city}}',
      url: 'https://shop.example/{{city}}',
      data: '{"city":"{{city}}"}',
      actions: [{ title: '{{label}}', url: '' }],
      texts: {
        de: { title: 'Guten Tag, meine Damen und Herren in {{city}}', body: '', url: '', actions: [] },
      },
      format,
      ownFormat: OWN_FORMAT_EXAMPLE,
    };
    const sizes = await Promise.all(ids.map(async (of) => (await preview(shape, { of }))?.payloadBytes ?? 0));
    const { payloadBytes, personal } = rig.service.preflight({ message: message(shape), audience: everyone });
    expect(payloadBytes).toBe(Math.max(...sizes));
    expect(personal?.longest).toBe(ids[sizes.indexOf(payloadBytes)]);
  },
);
