import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canaryRulesSchema } from '../../../../contract/canary.ts';
import type { Message } from '../../../../contract/message.ts';
import { answer, fault, type Script } from '../../../testing/scripted-sender.ts';
import { campaignRig, fcm, message, mozilla, type CampaignRig } from '../testing/campaign-rig.ts';

const HOUR = 3_600_000;
const everyone = { kind: 'everyone' as const };

function rigWith(people: readonly Record<string, string>[], script?: Script) {
  const rig = campaignRig(script === undefined ? {} : { script });
  const ids = rig.subscribe([...fcm(people.length - 1), ...mozilla(1)]);
  people.forEach((attributes, at) => {
    know(rig, ids[at] ?? 0, attributes);
  });
  return { rig, ids };
}

function know(rig: CampaignRig, id: number, attributes: Record<string, string>) {
  rig.store.db
    .write<{ id: number; attributes: string }>(
      'INSERT OR REPLACE INTO people (id, attributes) VALUES (@id, @attributes)',
    )
    .run({ id, attributes: JSON.stringify(attributes) });
}

const start = (rig: CampaignRig, change: Partial<Message>) =>
  rig.service.start({ requestId: randomUUID(), message: message(change), audience: everyone });

/** Titles as they went out, by endpoint. */
function titles(rig: CampaignRig): [string, string][] {
  return rig.push.sent.map(({ endpoint, batch }) => {
    const at = batch.jobs.findIndex((job) => job.endpoint === endpoint);
    const text = typeof batch.payload === 'string' ? batch.payload : (batch.payload[at] ?? '');
    return [endpoint, (JSON.parse(text) as { title: string }).title];
  });
}

describe('a campaign with variables', () => {
  it('gives each recipient their own text, and shows it with the delivery', async () => {
    const { rig } = rigWith([{ city: 'Oslo' }, { city: 'Bergen "1"' }, {}]);
    const { id } = start(rig, { title: 'Hi {{city|there}}', url: '/{{city|x}}' });
    await rig.time.pass(1000);
    expect(
      titles(rig)
        .map(([, title]) => title)
        .sort(),
    ).toEqual(['Hi Bergen "1"', 'Hi Oslo', 'Hi there']);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 3 } });
    const { personal } = rig.service.delivery({ id: 1 as never });
    expect(personal).toMatchObject({ language: '', values: { city: 'Oslo' }, title: 'Hi Oslo' });
    expect(JSON.parse(personal?.payload ?? '')).toMatchObject({ title: 'Hi Oslo', url: '/Oslo' });
  });

  it('sends the same text after a change, a restart, a retry and "send again"', async () => {
    let round = 0;
    const { rig, ids } = rigWith([{ city: 'Oslo' }, { city: 'Bergen' }, { city: 'Bodø' }], () => {
      round += 1;
      return round <= 3 ? answer(503) : round <= 6 ? fault('timeout') : answer(201);
    });
    const { id } = start(rig, { title: '{{city}}' });
    await rig.time.pass(100);
    const first = new Map(titles(rig));
    expect(first.size).toBe(3);
    for (const one of ids) know(rig, one, { city: 'Elsewhere' });
    await rig.service.stop();
    const again = rig.restart();
    again.recover();
    await rig.time.pass(HOUR * 2);
    if (again.get({ id }).counts.unknown > 0) again.sendAgain({ id, state: 'unknown' });
    await rig.time.pass(HOUR * 2);
    expect(rig.push.sent.length).toBeGreaterThan(6);
    expect(again.get({ id }).counts.accepted).toBe(3);
    for (const [endpoint, title] of titles(rig)) expect(title).toBe(first.get(endpoint));
  });

  it('counts who misses a value, and sends nothing or leaves them out', async () => {
    const { rig } = rigWith([{ city: 'Oslo' }, { plan: 'pro' }, {}]);
    const asked = { title: '{{city}}' };
    expect(rig.service.preflight({ message: message(asked), audience: everyone })).toMatchObject({
      personal: { missing: [{ variable: 'city', count: 2 }], leftOut: 2 },
      blockers: [{ code: 'values-missing', cause: '2 of 3 recipients have no city.' }],
    });
    expect(() => start(rig, asked)).toThrow(/have no city/);
    expect(rig.rows('SELECT id FROM campaigns')).toEqual([]);
    const left = { ...asked, missingValues: 'leave-out' as const };
    expect(rig.service.preflight({ message: message(left), audience: everyone })).toMatchObject({
      recipients: 1,
      blockers: [],
      warnings: [{ code: 'left-out-without-value' }],
      // Those who are left out count nowhere.
      services: [{ count: 1 }],
      byPart: [{ count: 1 }],
      personal: { languages: [{ language: '', count: 1 }] },
    });
    const { id } = start(rig, left);
    await rig.time.pass(1000);
    expect(titles(rig).map(([, title]) => title)).toEqual(['Oslo']);
    expect(rig.service.get({ id })).toMatchObject({ recipients: 1, counts: { accepted: 1 }, leftOut: 2 });
  });

  it('measures the longest text of its audience', () => {
    const { rig, ids } = rigWith([{ city: 'Oslo' }, { city: 'å'.repeat(100) }, {}]);
    const found = rig.service.preflight({ message: message({ title: '{{city|x}}' }), audience: everyone });
    const plain = rig.service.preflight({ message: message({ title: 'x' }), audience: everyone });
    expect(found.payloadBytes).toBe(plain.payloadBytes + 199);
    expect(found.personal).toMatchObject({ longest: ids[1], isLongestExact: true });
    expect(plain.personal).toBeNull();
  });

  it('counts and sends by language', async () => {
    const { rig } = rigWith([{ language: 'pt-BR' }, { language: 'de' }, {}]);
    const shape = { title: 'Hello', texts: { pt: { title: 'Olá', body: '', url: '', actions: [] } } };
    const { personal } = rig.service.preflight({ message: message(shape), audience: everyone });
    expect(personal?.languages).toEqual([
      { language: 'pt', count: 1 },
      { language: '', count: 2 },
    ]);
    start(rig, shape);
    await rig.time.pass(1000);
    expect(
      titles(rig)
        .map(([, title]) => title)
        .sort(),
    ).toEqual(['Hello', 'Hello', 'Olá']);
  });

  it('sends nothing where what was kept cannot be read, and the others all the same', async () => {
    const { rig } = rigWith([{ city: 'Oslo' }, { city: 'Bergen' }, { city: 'Bodø' }], () => answer(503));
    const { id } = start(rig, { title: '{{city}}' });
    await rig.time.pass(100);
    rig.store.db.write<object>("UPDATE delivery_values SET fixed = '{' WHERE delivery_id = 1").run({});
    rig.push.script = () => answer(201);
    await rig.time.pass(HOUR * 24);
    expect(rig.service.get({ id }).counts).toMatchObject({ accepted: 2, failed: 1 });
    expect(titles(rig).filter(([, title]) => title === 'Oslo')).toHaveLength(1);
    expect(rig.service.delivery({ id: 1 as never }).personal).toBeNull();
  });

  it('gives those of a canary and the others their own text, with what held at the start', async () => {
    const people = Array.from({ length: 60 }, (_one, at) => ({ city: `City ${at}` }));
    const { rig, ids } = rigWith(people);
    const { id } = rig.service.start({
      requestId: randomUUID(),
      message: message({ title: '{{city}}' }),
      audience: everyone,
      canary: canaryRulesSchema.parse({ leastPerPart: 5, whenGood: 'wait' }),
    });
    await rig.time.pass(60_000);
    expect(rig.service.get({ id }).canary).toMatchObject({ state: 'waiting' });
    const first = rig.push.sent.length;
    expect(first).toBeLessThan(10);
    for (const one of ids) know(rig, one, { city: 'Elsewhere' });
    rig.service.goOnAfterCanary({ id });
    await rig.time.pass(60_000);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 60 } });
    const endpoints = [...fcm(59), ...mozilla(1)];
    expect(new Map(titles(rig))).toEqual(new Map(endpoints.map((one, at) => [one, `City ${at}`])));
    expect(rig.push.sent).toHaveLength(60);
  });

  it('fills in a scheduled one with what holds at its start, and asks where values are missing by then', async () => {
    const at = { at: '2026-01-15T14:00', timeZone: 'UTC' };
    const { rig, ids } = rigWith([{ city: 'Oslo' }, { city: 'Bergen' }]);
    rig.service.recover();
    const schedule = () =>
      rig.service.start({
        requestId: randomUUID(),
        message: message({ title: '{{city}}' }),
        audience: everyone,
        schedule: at,
      });
    const [one, other] = [schedule(), schedule()];
    rig.service.cancel({ id: other.id });
    know(rig, ids[0] ?? 0, { city: 'Tromsø' });
    await rig.time.pass(3 * HOUR);
    expect(rig.service.get({ id: one.id })).toMatchObject({ state: 'finished', counts: { accepted: 2 } });
    expect(
      titles(rig)
        .map(([, title]) => title)
        .sort(),
    ).toEqual(['Bergen', 'Tromsø']);

    const { id } = rig.service.start({
      requestId: randomUUID(),
      message: message({ title: '{{city}}' }),
      audience: everyone,
      schedule: { at: '2026-01-15T18:00', timeZone: 'UTC' },
    });
    know(rig, ids[1] ?? 0, {});
    await rig.time.pass(4 * HOUR);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'scheduled',
      schedule: { asks: { reason: 'blocked', problem: { code: 'values-missing' } } },
    });
    expect(rig.push.sent).toHaveLength(2);
    know(rig, ids[1] ?? 0, { city: 'Bodø' });
    // What was measured a moment ago is not trusted for long.
    await rig.time.pass(HOUR);
    await rig.service.sendNow({ id });
    await rig.time.pass(1000);
    expect(
      titles(rig)
        .slice(2)
        .map(([, title]) => title)
        .sort(),
    ).toEqual(['Bodø', 'Tromsø']);
  });

  it('measures a scheduled one in pieces before it starts', async () => {
    const people = Array.from({ length: 2100 }, () => ({ city: 'Oslo' }));
    const { rig } = rigWith(people);
    rig.service.recover();
    const { id } = rig.service.start({
      requestId: randomUUID(),
      message: message({ title: '{{city}}' }),
      audience: everyone,
      schedule: { at: '2026-01-15T14:00', timeZone: 'UTC' },
    });
    await rig.time.pass(HOUR);
    let turns = 0;
    let isWatching = true;
    const watch = () => {
      turns += 1;
      if (isWatching) setImmediate(watch);
    };
    setImmediate(watch);
    await rig.service.sendNow({ id });
    isWatching = false;
    expect(turns).toBeGreaterThanOrEqual(2);
    expect(rig.service.get({ id }).recipients).toBe(2100);
  });

  it('puts UTM parameters on links to the sites of the time when it was started', async () => {
    let sites = ['https://shop.example'];
    const rig = campaignRig({ ownSites: () => sites, script: () => answer(503) });
    rig.subscribe(fcm(1));
    const utm = { source: 'push', medium: '', campaign: '' };
    const tracked = 'https://shop.example/a?utm_source=push';
    for (const title of ['Hi', 'Hi {{label|there}}']) {
      const shape = { title, url: 'https://shop.example/a', utm };
      const asked = { requestId: randomUUID(), message: message(shape), audience: everyone };
      sites = ['https://shop.example'];
      const { payloadBytes } = rig.service.preflight(asked);
      const bare = rig.service.preflight({ ...asked, message: message({ title, url: tracked }) });
      expect(payloadBytes).toBe(bare.payloadBytes);
      const { id } = rig.service.start(asked);
      await rig.time.pass(100);
      sites = [];
      expect(rig.service.start(asked).id).toBe(id);
      const other = message({ ...shape, utm: { ...utm, campaign: 'x' } });
      expect(() => rig.service.start({ ...asked, message: other })).toThrow();
      await rig.time.pass(HOUR);
      expect(rig.service.get({ id }).message).toMatchObject({ url: 'https://shop.example/a', utm });
    }
    const urls = rig.push.sent.flatMap(({ batch }) =>
      [batch.payload].flat().map((text) => (JSON.parse(text) as { url: string }).url),
    );
    expect(urls.length).toBeGreaterThan(3);
    expect(new Set(urls)).toEqual(new Set([tracked]));
  });

  it('has one payload for all where nothing in it is personal', async () => {
    const { rig } = rigWith([{ city: 'Oslo' }, {}]);
    start(rig, { title: 'Hello' });
    await rig.time.pass(1000);
    expect(rig.push.sent.map(({ batch }) => typeof batch.payload)).toEqual(['string', 'string']);
    expect(rig.rows('SELECT * FROM delivery_values')).toEqual([]);
  });
});
