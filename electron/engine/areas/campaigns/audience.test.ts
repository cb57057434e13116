import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Audience } from '../../../contract/campaign-audience.ts';
import type { SubscriptionId } from '../../../contract/ids.ts';
import { subscriptionFilterSchema, type SubscriptionFilter } from '../../../contract/subscriptions.ts';
import { createAudienceResolver } from '../audience/audience-service.ts';
import { createSegments, type Segments } from '../audience/segment-service.ts';
import { createFactStore } from '../subscriptions/people/fact-store.ts';
import { createFacts } from '../subscriptions/people/facts.ts';
import { createPeopleStore } from '../subscriptions/people/people-store.ts';
import { createPeopleWriter } from '../subscriptions/people/people-writer.ts';
import { createSelection } from '../subscriptions/subscription-selection-service.ts';
import { campaignRig, fcm, message } from './testing/campaign-rig.ts';

const { signal } = new AbortController();
const filterOf = (parts: Partial<SubscriptionFilter>) => subscriptionFilterSchema.parse(parts);

/** Ten browsers: the first five have the tag news, every third one vip, and each an external ID. */
async function rigged() {
  const made: Segments[] = [];
  const rig = campaignRig({
    audiences({ db, sums, time }) {
      const selection = createSelection({
        db,
        sums,
        publicKeyOf: () => null,
        asksReceipts: () => true,
        clock: time.clock,
      });
      const changes = { publish: () => undefined };
      const segments = createSegments({
        db,
        selection,
        expireDue: () => undefined,
        changes,
        clock: time.clock,
      });
      made.push(segments);
      const audiences = createAudienceResolver({
        selection,
        segments,
        knowledgeOf: (id) => (id === 99 ? 'removed' : id === 98 ? 'missing' : 'told'),
      });
      return { selection, audiences };
    },
  });
  const [segments] = made;
  if (segments === undefined) throw new Error('The rig made no segments.');
  const facts = createFacts(createFactStore(rig.db));
  const people = createPeopleWriter({ store: createPeopleStore(rig.db), facts });
  const tag = (ids: readonly number[], name: string) => {
    rig.db.transaction(() => {
      const tags = facts.tagIds([name]);
      people.change(ids, (before) => ({ ...before, tags: [...before.tags, ...tags] }));
    });
  };
  const ids = rig.subscribe(fcm(10));
  rig.db.transaction(() =>
    people.change(ids, (before, id) => ({
      ...before,
      externalId: `u${id}`,
      attributes: { plan: id === ids[0] ? 'pro' : 'free' },
    })),
  );
  tag(ids.slice(0, 5), 'news');
  tag(
    ids.filter((id) => id % 3 === 0),
    'vip',
  );
  const news = await segments.create(
    { name: 'Newsletter', filter: filterOf({ tagsAnyOf: ['news'] }) },
    signal,
  );
  const start = async (audience: Audience) => {
    const sums = await rig.service.measure(audience);
    return rig.service.start({ requestId: randomUUID(), message: message(), audience }, sums);
  };
  const reached = () =>
    rig.push.sent.map(({ endpoint }) => Number(/\d+$/.exec(endpoint)?.[0])).sort((a, b) => a - b);
  return { ...rig, ids, tag, segments, news, start, reached };
}

describe('an audience', () => {
  it('is a segment less a tag, counted before, and named in words afterwards', async () => {
    const rig = await rigged();
    expect(rig.news).toMatchObject({ count: 5, activeCount: 5 });
    const audience: Audience = {
      kind: 'matching',
      anyOf: [{ kind: 'segment', id: rig.news.id as never }],
      leaveOut: [{ kind: 'tag', tag: 'VIP' }],
    };
    const checked = rig.service.preflight(
      { message: message(), audience },
      await rig.service.measure(audience),
    );
    expect(checked).toMatchObject({
      recipients: 4,
      blockers: [],
      services: [{ pushService: 'fcm', count: 4 }],
    });
    const { id } = await rig.start(audience);
    await rig.time.pass(1000);
    expect(rig.reached()).toEqual([1, 2, 4, 5]);
    expect(rig.service.get({ id })).toMatchObject({
      kind: 'campaign',
      state: 'finished',
      recipients: 4,
      audience: {
        kind: 'matching',
        text: 'Newsletter, without tag VIP',
        anyOf: [{ kind: 'segment', name: 'Newsletter', filter: { tagsAnyOf: ['news'] } }],
      },
    });
    expect(rig.rows('SELECT * FROM campaign_members')).toEqual([]);
  });

  it.each<[string, Audience, number[]]>([
    ['everyone less some', { kind: 'everyone', leaveOut: [{ kind: 'tag', tag: 'news' }] }, [6, 7, 8, 9, 10]],
    [
      'either of two',
      {
        kind: 'matching',
        anyOf: [
          { kind: 'tag', tag: 'news' },
          { kind: 'tag', tag: 'vip' },
        ],
      },
      [1, 2, 3, 4, 5, 6, 9],
    ],
    [
      'people by the owner’s ids',
      { kind: 'matching', anyOf: [{ kind: 'externalIds', externalIds: ['u7', 'u99'] }] },
      [7],
    ],
    ['endpoints', { kind: 'matching', anyOf: [{ kind: 'endpoints', endpoints: fcm(1, 8) }] }, [8]],
    [
      'chosen ones less some',
      { kind: 'chosen', ids: [2, 3, 4] as SubscriptionId[], leaveOut: [{ kind: 'tag', tag: 'vip' }] },
      [2, 4],
    ],
    [
      'a filter',
      { kind: 'matching', anyOf: [{ kind: 'filter', filter: filterOf({ tagsNoneOf: ['news', 'vip'] }) }] },
      [7, 8, 10],
    ],
  ])('is %s', async (_name, audience, expected) => {
    const rig = await rigged();
    expect(await rig.start(audience)).toMatchObject({ recipients: expected.length });
    await rig.time.pass(1000);
    expect(rig.reached()).toEqual(expected);
  });

  it('is a segment of those who were shown a message lately, as time has moved it when the campaign starts', async () => {
    const rig = await rigged();
    const note = rig.db.write<{ id: number | undefined; at: number | null }>(
      'INSERT INTO receipt_devices VALUES (@id, @at, NULL)',
    );
    const days = (count: number) => rig.time.clock.now() - count * 86_400_000;
    note.run({ id: rig.ids[0], at: days(1) });
    note.run({ id: rig.ids[1], at: days(6) });
    note.run({ id: rig.ids[2], at: null });
    const lately = await rig.segments.create(
      { name: 'Lately', filter: filterOf({ shownWithinDays: 7 }) },
      signal,
    );
    expect(lately.count).toBe(2);
    await rig.time.pass(2 * 86_400_000);
    expect((await rig.segments.list(undefined, signal)).items).toContainEqual(
      expect.objectContaining({ name: 'Lately', count: 1, activeCount: 1 }),
    );
    const { id } = await rig.start({
      kind: 'matching',
      anyOf: [
        { kind: 'segment', id: lately.id as never },
        { kind: 'filter', filter: filterOf({ neverShown: true }) },
      ],
      leaveOut: [{ kind: 'filter', filter: filterOf({ canReport: false }) }],
    });
    await rig.time.pass(1000);
    expect(rig.reached()).toEqual([1, 3]);
    expect(rig.service.get({ id })).toMatchObject({
      audience: { text: 'Lately or never shown, without can’t report receipts' },
    });
  });

  it('is who clicked a campaign and who saw it without a click, and nobody to guess where that is no longer stored', async () => {
    const rig = await rigged();
    const first = await rig.start({ kind: 'everyone' });
    await rig.time.pass(1000);
    const tell = rig.db.write<{ subscription: number | undefined; clickedAt: number | null }>(
      `INSERT INTO receipts (delivery_id, shown_at, clicked_at)
       SELECT id, 1, @clickedAt FROM deliveries WHERE subscription_id = @subscription`,
    );
    tell.run({ subscription: rig.ids[1], clickedAt: 5 });
    tell.run({ subscription: rig.ids[4], clickedAt: null });
    rig.push.sent.splice(0);
    const notClicked = await rig.segments.create(
      { name: 'Saw it', filter: filterOf({ notClickedInCampaign: first.id }) },
      signal,
    );
    const { id } = await rig.start({
      kind: 'matching',
      anyOf: [
        { kind: 'segment', id: notClicked.id as never },
        { kind: 'filter', filter: filterOf({ clickedInCampaign: first.id }) },
      ],
    });
    await rig.time.pass(1000);
    expect(rig.reached()).toEqual([2, 5]);
    expect(rig.service.get({ id }).audience.text).toBe(`Saw it or clicked campaign #${first.id}`);

    const lost = filterOf({ clickedInCampaign: 99 as never });
    const gone = await rig.segments.create({ name: 'Gone', filter: lost }, signal);
    for (const part of [
      { kind: 'filter' as const, filter: lost },
      { kind: 'segment' as const, id: gone.id as never },
    ]) {
      await expect(rig.start({ kind: 'everyone', leaveOut: [part] })).rejects.toMatchObject({
        kind: 'BAD_INPUT',
        problem: { code: 'campaign-deliveries-gone', field: 'audience' },
      });
    }
    const missing = { kind: 'filter' as const, filter: filterOf({ shownInCampaign: 98 as never }) };
    await expect(rig.start({ kind: 'matching', anyOf: [missing] })).rejects.toMatchObject({
      kind: 'BAD_INPUT',
      problem: { code: 'campaign-missing', field: 'audience' },
    });
  });

  it('never means everyone where a filter asks for the bin', async () => {
    const rig = await rigged();
    const filter = filterOf({ inBin: true });
    const part = { kind: 'filter' as const, filter };
    for (const audience of [
      { kind: 'matching' as const, anyOf: [part] },
      { kind: 'everyone' as const, leaveOut: [part] },
    ]) {
      await expect(rig.start(audience)).rejects.toMatchObject({
        kind: 'BAD_INPUT',
        problem: { code: 'filter-of-bin', field: 'audience' },
      });
    }
    const { signal } = new AbortController();
    const refused = { kind: 'BAD_INPUT', problem: { code: 'filter-of-bin', field: 'filter' } };
    await expect(async () => rig.segments.create({ name: 'Bin', filter }, signal)).rejects.toMatchObject(
      refused,
    );
    const { id } = await rig.segments.create({ name: 'News', filter: filterOf({}) }, signal);
    await expect(async () => rig.segments.update({ id: id as never, filter }, signal)).rejects.toMatchObject(
      refused,
    );
  });

  it('is fixed when the campaign starts, whatever becomes of its segment or of who is in it', async () => {
    const rig = await rigged();
    const { id } = await rig.start({
      kind: 'matching',
      anyOf: [{ kind: 'segment', id: rig.news.id as never }],
    });
    await rig.segments.remove({ id: rig.news.id as never }, signal);
    rig.tag(rig.ids.slice(9), 'soon');
    // Found again after a restart, by the segment as it was.
    await rig.service.stop();
    const again = rig.restart();
    again.recover();
    await rig.time.pass(1000);
    expect(again.get({ id })).toMatchObject({
      state: 'finished',
      recipients: 5,
      audience: { text: 'Newsletter' },
    });
    rig.tag(rig.ids.slice(9), 'news');
    await rig.time.pass(1000);
    expect(rig.reached()).toEqual([1, 2, 3, 4, 5]);
  });

  it('is refused where a segment of it is gone', async () => {
    const rig = await rigged();
    const audience: Audience = { kind: 'matching', anyOf: [{ kind: 'segment', id: 77 as never }] };
    await expect(rig.start(audience)).rejects.toMatchObject({ problem: { code: 'segment-gone' } });
  });
});

describe('names that nobody has', () => {
  const attribute = (text: string) => filterOf({ attributes: [text] as never });

  it.each<[string, Audience, string[]]>([
    [
      'a misspelt tag to leave out',
      {
        kind: 'everyone',
        leaveOut: [
          { kind: 'tag', tag: 'vpi' },
          { kind: 'tag', tag: 'VIP' },
        ],
      },
      ['Nobody has the tag “vpi”, so it leaves nobody out.'],
    ],
    [
      'some of many external IDs, endpoints and rows',
      {
        kind: 'chosen',
        ids: [1, 2, 70_000] as SubscriptionId[],
        leaveOut: [
          { kind: 'externalIds', externalIds: ['u1', 'U1', 'u99'] },
          { kind: 'endpoints', endpoints: fcm(1) },
          { kind: 'chosen', ids: [11, 12] as SubscriptionId[] },
        ],
      },
      [
        '1 of the 3 subscriptions to send to does not exist: #70000.',
        'Nobody has 2 of the 3 external IDs to leave out: “U1”, “u99”.',
        '2 of the 2 subscriptions to leave out do not exist: #11, #12.',
      ],
    ],
    [
      'tags, attributes and values in filters',
      {
        kind: 'matching',
        anyOf: [
          { kind: 'tag', tag: 'news' },
          { kind: 'filter', filter: filterOf({ tagsNoneOf: ['sttaff', 'news'], tagsAnyOf: ['vip'] }) },
        ],
        leaveOut: [
          { kind: 'filter', filter: attribute('plan=prro') },
          { kind: 'filter', filter: attribute('pln') },
          { kind: 'filter', filter: attribute('plan!=free') },
          { kind: 'filter', filter: filterOf({ externalIds: ['u0'] }) },
        ],
      },
      [
        'The filter of the audience names the tag “sttaff”, which nobody has.',
        'The filter to leave out names the attribute “plan=prro”, which nobody has.',
        'The filter to leave out names the attribute “pln”, which nobody has.',
        'The filter to leave out names the external ID “u0”, which nobody has.',
      ],
    ],
  ])('are said before and after the send, which they do not stop: %s', async (_name, audience, remarks) => {
    const rig = await rigged();
    const { warnings, sentences, blockers } = rig.service.preflight(
      { message: message(), audience },
      await rig.service.measure(audience),
    );
    expect(warnings.map(({ cause }) => cause)).toEqual(remarks);
    expect(sentences).toEqual(expect.arrayContaining(remarks));
    expect(blockers).toEqual([]);
    const { id } = await rig.start(audience);
    expect(rig.service.get({ id }).audience.remarks).toEqual(remarks);
  });

  it('are said of a segment by its name, and not of a tag that only somebody in the bin has', async () => {
    const rig = await rigged();
    rig.tag(rig.ids.slice(0, 1), 'old');
    rig.db.write('UPDATE subscriptions SET deleted_at = 1 WHERE id = @id').run({ id: rig.ids[0] });
    const filter = filterOf({ tagsAnyOf: ['old', 'lost'] });
    const segment = await rig.segments.create({ name: 'Leavers', filter }, signal);
    const { id } = await rig.start({
      kind: 'everyone',
      leaveOut: [
        { kind: 'segment', id: segment.id as never },
        { kind: 'tag', tag: 'old' },
        { kind: 'segment', id: segment.id as never },
      ],
    });
    expect(rig.service.get({ id }).audience.remarks).toEqual([
      'The segment “Leavers” names the tag “lost”, which nobody has.',
    ]);
  });
});

describe('an audience of nobody', () => {
  const tag = (name: string): Audience => ({ kind: 'matching', anyOf: [{ kind: 'tag', tag: name }] });
  const everyoneLess = (name: string): Audience => ({
    kind: 'everyone',
    leaveOut: [{ kind: 'tag', tag: name }],
  });

  it.each<[string, string, Audience, RegExp, RegExp]>([
    ['all in the bin', 'UPDATE subscriptions SET deleted_at = 1', tag('news'), /are in the bin/, /Restore/],
    [
      'none active',
      `UPDATE subscriptions SET state = 'gone'`,
      tag('news'),
      /can be reached: 5 gone\.$/,
      /They have to subscribe again/,
    ],
    ['a tag that nobody has', '', tag('nwes'), /No subscription matches.*“nwes”/, /Choose other/],
    [
      'a filter that matches none',
      '',
      { kind: 'matching', anyOf: [{ kind: 'filter', filter: filterOf({ states: ['expired'] }) }] },
      /^No subscription matches this audience\.$/,
      /Choose other/,
    ],
    [
      'a filter that matches none, less some',
      '',
      { ...tag('nwes'), leaveOut: [{ kind: 'tag', tag: 'news' }] },
      /No subscription matches/,
      /Choose other/,
    ],
    [
      'rows that were erased',
      '',
      { kind: 'chosen', ids: [77] as SubscriptionId[] },
      /There is no subscription #77/,
      /Choose other/,
    ],
    ['everyone left out', '', everyoneLess('all'), /is left out of it/, /Leave out fewer/],
    [
      'a segment that is left out of itself',
      '',
      { ...tag('news'), leaveOut: [{ kind: 'tag', tag: 'all' }] },
      /is left out of it/,
      /Leave out fewer/,
    ],
  ])('is refused with what is true of it: %s', async (_name, sql, audience, cause, cure) => {
    const rig = await rigged();
    rig.tag(rig.ids, 'all');
    if (sql !== '') rig.db.write(sql).run({});
    await expect(rig.start(audience)).rejects.toMatchObject({
      kind: 'BAD_INPUT',
      problem: {
        code: 'nobody-to-send-to',
        cause: expect.stringMatching(cause) as string,
        cure: expect.stringMatching(cure) as string,
      },
    });
  });
});

describe('segments', () => {
  it('have names of their own, and follow a tag to its new name', async () => {
    const rig = await rigged();
    await expect(async () =>
      rig.segments.create({ name: 'NEWSLETTER', filter: filterOf({}) }, signal),
    ).rejects.toMatchObject({ problem: { code: 'segment-name-taken' } });
    rig.segments.renameTag('news', 'Letters');
    expect(rig.segments.find(rig.news.id as never)?.filter.tagsAnyOf).toEqual(['Letters']);
    expect(rig.segments.remove({ id: rig.news.id as never }, signal)).toEqual({ removed: true });
    expect((await rig.segments.list(undefined, signal)).items).toEqual([]);
  });

  it('come back as they were, under the id that audiences name, for a while after they were removed', async () => {
    const rig = await rigged();
    const id = rig.news.id as never;
    const audience: Audience = { kind: 'matching', anyOf: [{ kind: 'segment', id }] };
    await rig.segments.remove({ id }, signal);
    expect(await rig.segments.restore({ id }, signal)).toEqual(rig.news);
    await rig.start(audience);
    await rig.time.pass(1000);
    expect(rig.reached()).toEqual([1, 2, 3, 4, 5]);

    await rig.segments.remove({ id }, signal);
    await rig.segments.create({ name: 'newsletter', filter: filterOf({}) }, signal);
    await expect(async () => rig.segments.restore({ id }, signal)).rejects.toMatchObject({
      problem: { code: 'segment-name-taken' },
    });
    await rig.time.pass(400_000);
    for (const unknown of [id, 99 as never])
      await expect(async () => rig.segments.restore({ id: unknown }, signal)).rejects.toMatchObject({
        problem: { code: 'segment-unknown' },
      });
  });
});
