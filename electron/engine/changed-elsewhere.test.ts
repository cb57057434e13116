import { expect, it } from 'vitest';
import { messageSchema } from '../contract/message.ts';
import { browserSubscription } from './testing/browser-subscription.ts';
import { tempEngine } from './testing/temp-engine.ts';

/** Two windows that show the same data: what each of them changes, and what is stored. */
async function twoWindows() {
  const { engine, client } = await tempEngine();
  await engine.start();
  const pair = await client.keys.generate({ name: 'Shop', subject: 'mailto:owner@example.com' });
  const { id } = await client.subscriptions.upsert({
    subscription: browserSubscription(),
    label: 'Phone',
    externalId: 'u1',
    tags: ['news'],
    attributes: { plan: 'free' },
  });
  const segment = await client.audience.segments.create({ name: 'All', filter: {} });
  const template = await client.templates.create({ name: 'Sale', message: { title: 'Sale' } });
  return { client, keyId: pair.id, id, segmentId: segment.id, template };
}
type Windows = Awaited<ReturnType<typeof twoWindows>>;

const CASES: [string, (at: Windows, to: string, was: string) => Promise<unknown>][] = [
  [
    'a label',
    ({ client, id }, label, was) => client.subscriptions.update({ id, label, was: { label: was } }),
  ],
  [
    'an external ID',
    ({ client, id }, externalId, was) =>
      client.subscriptions.update({ id, externalId, was: { externalId: was } }),
  ],
  [
    'an attribute',
    ({ client, id }, plan, was) =>
      client.subscriptions.update({ id, attributes: { plan }, was: { attributes: { plan: was } } }),
  ],
  [
    'the name of a key pair',
    ({ client, keyId }, name, was) => client.keys.update({ id: keyId, name, was: { name: was } }),
  ],
  [
    'the name of a segment',
    ({ client, segmentId }, name, was) =>
      client.audience.segments.update({ id: segmentId, name, was: { name: was } }),
  ],
  [
    'the name of a template',
    ({ client, template }, name, was) =>
      client.templates.update({ id: template.id, name, was: { name: was } }),
  ],
];
const FIRST = ['Phone', 'u1', 'free', 'Shop', 'All', 'Sale'];

it.each(CASES.map(([what, change], index) => [what, change, FIRST[index] ?? ''] as const))(
  '%s that was changed in one window is not replaced in silence by another one',
  async (_what, change, first) => {
    const at = await twoWindows();
    await change(at, 'one', first);
    await expect(change(at, 'other', first)).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { code: 'changed-elsewhere', cause: expect.stringContaining('“one”') as string },
    });
    // Once told about it, the second one may overwrite it.
    await change(at, 'other', 'one');
    await expect(change(at, 'third', 'one')).rejects.toMatchObject({ code: 'CONFLICT' });
  },
);

it('settings, filters and what was not set are told in the same way, and other fields stand beside each other', async () => {
  const { client, id, segmentId, keyId } = await twoWindows();
  await client.app.changeSettings({ sites: ['https://a.example'], was: { sites: [] } });
  await expect(
    client.app.changeSettings({ sites: ['https://b.example'], was: { sites: [] } }),
  ).rejects.toMatchObject({ data: { code: 'changed-elsewhere', field: 'sites' } });
  expect((await client.app.settings()).sites).toEqual(['https://a.example']);
  await client.app.changeSettings({ maxInFlight: 50, was: {} });

  await client.audience.segments.update({ id: segmentId, filter: { states: ['gone'] }, was: { filter: {} } });
  await expect(
    client.audience.segments.update({ id: segmentId, filter: { states: ['active'] }, was: { filter: {} } }),
  ).rejects.toMatchObject({ data: { field: 'filter' } });

  const city = (value: string) =>
    client.subscriptions.update({
      id,
      attributes: { city: value },
      was: { attributes: { city: null } },
    });
  await city('Oslo');
  await expect(city('Rome')).rejects.toMatchObject({ data: { field: 'city' } });
  await client.subscriptions.update({ id, label: 'Tablet', was: { label: 'Phone' } });
  expect(await client.subscriptions.get({ id })).toMatchObject({
    label: 'Tablet',
    attributes: { plan: 'free', city: 'Oslo' },
  });

  // One window changes the name, the other the contact.
  await client.keys.update({ id: keyId, name: 'Store', was: { name: 'Shop' } });
  await client.keys.update({
    id: keyId,
    subject: 'mailto:new@example.com',
    was: { subject: 'mailto:owner@example.com' },
  });
  expect((await client.keys.list())[0]).toMatchObject({ name: 'Store', subject: 'mailto:new@example.com' });
});

it('the message of a template, a payload format and the time of a campaign are told in the same way', async () => {
  const { client, template } = await twoWindows();
  const { id, updatedAt } = template;
  const message = { title: 'Summer sale' };
  await client.templates.update({ id, message, was: { updatedAt } });
  await expect(
    client.templates.update({ id, message: { title: 'Winter sale' }, was: { updatedAt } }),
  ).rejects.toMatchObject({ code: 'CONFLICT', data: { code: 'changed-elsewhere', field: 'message' } });
  expect((await client.templates.get({ id })).message).toEqual(message);

  const format = { name: 'My worker', text: '{"t":"{{title}}"}', was: { text: null } };
  expect(await client.campaigns.changeOwnFormat(format)).toHaveLength(1);
  await expect(
    client.campaigns.changeOwnFormat({ ...format, text: '{"b":"{{title}}"}' }),
  ).rejects.toMatchObject({ code: 'CONFLICT', data: { code: 'changed-elsewhere', field: 'text' } });

  const at = (time: string) => ({ at: `2026-02-01T${time}`, timeZone: 'UTC' });
  const campaign = await client.campaigns.start({
    requestId: crypto.randomUUID(),
    message: messageSchema.parse({ title: 'Hi' }),
    audience: { kind: 'everyone' },
    schedule: at('09:00'),
  });
  const move = (to: string, from: string) =>
    client.campaigns.changeScheduled({ id: campaign.id, schedule: at(to), was: { schedule: at(from) } });
  await move('10:00', '09:00');
  await expect(move('11:00', '09:00')).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { code: 'changed-elsewhere', field: 'schedule' },
  });
  expect((await client.campaigns.get({ id: campaign.id })).schedule?.at).toBe('2026-02-01T10:00');
});

it('whatever else is edited of a campaign that waits is told in the same way, and a repeated edit is none', async () => {
  const { client } = await twoWindows();
  const schedule = { at: '2026-02-01T09:00', timeZone: 'UTC' };
  const message = (title: string) => messageSchema.parse({ title });
  const { id } = await client.campaigns.start({
    requestId: crypto.randomUUID(),
    message: message('Hi'),
    audience: { kind: 'everyone' },
    schedule,
  });
  const edition = async () => (await client.campaigns.get({ id })).edition ?? '';
  type Change = Omit<Parameters<typeof client.campaigns.changeScheduled>[0], 'id' | 'was'>;
  const edit = (change: Change, seen: string) =>
    client.campaigns.changeScheduled({ id, ...change, was: { edition: seen } });
  const changes: Change[] = [
    { message: message('Hello') },
    { audience: { kind: 'matching', anyOf: [{ kind: 'tag', tag: 'news' }] } },
    { schedule: { ...schedule, at: '2026-02-01T10:00' } },
    { messagesPerMinute: 60 },
    { quietHours: { from: '22:00', to: '07:00', timeZone: 'UTC' } },
    { canary: {} },
  ];
  for (const change of changes) {
    const before = await edition();
    expect(await edition()).toBe(before);
    await edit(change, before);
    expect(await edition(), JSON.stringify(change)).not.toBe(before);
    await expect(edit({ message: message('Other') }, before)).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { code: 'changed-elsewhere' },
    });
    expect((await client.campaigns.get({ id })).message.title).toBe('Hello');
    // As after a lost answer: what was wanted is already so.
    await edit(change, before);
  }
  // A caller that does not say what it saw wants its change whatever is there, and so does one that was told.
  await client.campaigns.changeScheduled({ id, message: message('Other') });
  expect((await client.campaigns.get({ id })).message.title).toBe('Other');
  await client.campaigns.cancel({ id });
  expect((await client.campaigns.get({ id })).edition).toBeNull();
});
