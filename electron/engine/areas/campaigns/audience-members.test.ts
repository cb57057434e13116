import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audienceSchema, type Audience, type AudiencePart } from '../../../contract/campaign-audience.ts';
import { segmentIdSchema, type CampaignId, type SubscriptionId } from '../../../contract/ids.ts';
import { subscriptionFilterSchema } from '../../../contract/subscriptions.ts';
import { STRETCH_ROWS } from '../../store/row-bits.ts';
import { createFactStore } from '../subscriptions/people/fact-store.ts';
import { createFacts } from '../subscriptions/people/facts.ts';
import { createPeopleStore, NOBODY } from '../subscriptions/people/people-store.ts';
import { createPeopleWriter } from '../subscriptions/people/people-writer.ts';
import { campaignRig, fcm, message, type CampaignRig } from './testing/campaign-rig.ts';
import { rigWithSegments } from './testing/rig-with-segments.ts';

interface Person {
  id: number;
  tags: string[];
  externalId: string | null;
  isActive: boolean;
  inBin: boolean;
}

/** Rows before and after the boundary between two stretches. */
function filled(count: number, { far = false } = {}) {
  const { rig, segments } = rigWithSegments();
  const half = Math.floor(count / 2);
  rig.subscribe(fcm(far ? half : count));
  if (far) {
    rig.store.db
      .write<object>(`UPDATE sqlite_sequence SET seq = ${STRETCH_ROWS - 3} WHERE name = 'subscriptions'`)
      .run({});
    rig.subscribe(fcm(count - half, half + 1));
  }
  const facts = createFacts(createFactStore(rig.store.db));
  const writer = createPeopleWriter({ store: createPeopleStore(rig.store.db), facts });
  const ids = (rig.rows('SELECT id FROM subscriptions ORDER BY id') as { id: number }[]).map(({ id }) => id);
  const people = ids.map((id, index): Person => ({
    id,
    tags: ['a', 'b', 'c'].filter((_, bit) => ((index >> bit) & 1) === 1),
    externalId: index % 4 === 0 ? `u${index % 3}` : null,
    isActive: index % 5 !== 0,
    inBin: index % 7 === 0,
  }));
  rig.store.db.transaction(() => {
    writer.change(ids, (_, id) => {
      const person = people.find((one) => one.id === id);
      return { ...NOBODY, tags: facts.tagIds(person?.tags ?? []), externalId: person?.externalId ?? null };
    });
    for (const { id, isActive, inBin } of people) {
      if (!isActive)
        rig.store.db
          .write<object>(`UPDATE subscriptions SET state = 'unsubscribed' WHERE id = @id`)
          .run({ id });
      if (inBin)
        rig.store.db.write<object>(`UPDATE subscriptions SET deleted_at = 1 WHERE id = @id`).run({ id });
    }
  });
  const retag = (some: readonly number[], tags: string[]) => {
    rig.store.db.transaction(() => {
      writer.change(some, (before) => ({ ...before, tags: facts.tagIds(tags) }));
    });
  };
  const start = async (audience: Audience) =>
    rig.service.start(
      { requestId: randomUUID(), message: message(), audience },
      await rig.service.measure(audience),
    );
  const segment = async (name: string, filter: object) =>
    segmentIdSchema.parse((await segments.create({ name, filter: filterOf(filter) }, signal)).id);
  return { ...rig, segments, segment, people, retag, start };
}

const { signal } = new AbortController();

const recipientsOf = (rig: Pick<CampaignRig, 'rows'>, id: CampaignId) =>
  (
    rig.rows(`SELECT subscription_id AS id FROM deliveries WHERE campaign_id = ${id} ORDER BY id`) as {
      id: number;
    }[]
  )
    .map((row) => row.id)
    .toSorted((one, other) => one - other);

const tagged = (...tags: string[]): AudiencePart[] => tags.map((tag) => ({ kind: 'tag', tag }));
const matching = (anyOf: AudiencePart[], leaveOut: AudiencePart[] = []): Audience => ({
  kind: 'matching',
  anyOf,
  leaveOut,
});
const filterOf = (more: object) => subscriptionFilterSchema.parse(more);

describe('an audience', () => {
  it('of any parts less any others is who it plainly means: in the count, the deliveries and the campaign', async () => {
    const rig = filled(60, { far: true });
    const all = await rig.segment('Has a', { tagsAllOf: ['a'] });
    const none = await rig.segment('No b', { tagsNoneOf: ['b'] });
    const endpoints = (
      rig.rows('SELECT id, endpoint FROM subscriptions') as { id: number; endpoint: string }[]
    ).slice(20, 40);
    const ids = rig.people.map(({ id }) => id as SubscriptionId);
    const parts: [AudiencePart, (person: Person) => boolean][] = [
      [{ kind: 'segment', id: all }, ({ tags }) => tags.includes('a')],
      [{ kind: 'segment', id: none }, ({ tags }) => !tags.includes('b')],
      [{ kind: 'tag', tag: 'C' }, ({ tags }) => tags.includes('c')],
      [{ kind: 'tag', tag: 'nobody' }, () => false],
      [
        { kind: 'chosen', ids: ids.slice(5, 30) },
        ({ id }) => ids.slice(5, 30).includes(id as SubscriptionId),
      ],
      [{ kind: 'externalIds', externalIds: ['u1', 'u9'] }, ({ externalId }) => externalId === 'u1'],
      [
        { kind: 'endpoints', endpoints: endpoints.map(({ endpoint }) => endpoint) },
        ({ id }) => endpoints.some((one) => one.id === id),
      ],
      [
        { kind: 'filter', filter: filterOf({ tagsAllOf: ['a', 'b'] }) },
        ({ tags }) => tags.includes('a') && tags.includes('b'),
      ],
    ];
    const some = fc.subarray(parts, { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('everyone' as const, 'chosen' as const, 'matching' as const),
        fc.subarray(parts, { minLength: 1, maxLength: 3 }),
        some,
        async (kind, anyOf, leaveOut) => {
          const less = leaveOut.map(([part]) => part);
          const audience: Audience = audienceSchema.parse(
            kind === 'matching'
              ? { kind, anyOf: anyOf.map(([part]) => part), leaveOut: less }
              : { kind, leaveOut: less, ...(kind === 'chosen' ? { ids: ids.slice(10, 50) } : {}) },
          );
          const isIn = (person: Person) =>
            kind === 'everyone' ||
            (kind === 'chosen'
              ? ids.slice(10, 50).includes(person.id as SubscriptionId)
              : anyOf.some(([, means]) => means(person)));
          const expected = rig.people
            .filter((person) => isIn(person) && !leaveOut.some(([, means]) => means(person)))
            .filter(({ isActive, inBin }) => isActive && !inBin)
            .map(({ id }) => id);
          const preview = rig.service.preflight(
            { message: message(), audience },
            await rig.service.measure(audience),
          );
          expect(preview.recipients).toBe(expected.length);
          if (expected.length === 0) {
            await expect(rig.start(audience)).rejects.toMatchObject({
              problem: { code: 'nobody-to-send-to' },
            });
            return;
          }
          const { id, recipients } = await rig.start(audience);
          expect(recipients).toBe(expected.length);
          await rig.time.pass(1000);
          expect(recipientsOf(rig, id)).toEqual(expected);
          const after = rig.service.get({ id });
          expect(after.recipients).toBe(expected.length);
          expect(after.counts.accepted).toBe(expected.length);
          for (const [part] of [...anyOf, ...leaveOut]) {
            if (part.kind === 'segment' && (kind === 'matching' || leaveOut.some(([one]) => one === part)))
              expect(after.audience.text).toContain(part.id === all ? 'Has a' : 'No b');
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('takes more than ten thousand who were chosen', async () => {
    const rig = campaignRig();
    rig.store.db
      .write<object>(
        `WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 12000)
         INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, public_key, state, source, added_at, state_changed_at)
           SELECT 'https://fcm.googleapis.com/fcm/send/' || id, randomblob(16), 'fcm', '${'p'.repeat(87)}', '${'a'.repeat(22)}',
             '${rig.keys.list()[0]?.publicKey ?? ''}', 'active', 'page', 1, 1 FROM n`,
      )
      .run({});
    const audience = audienceSchema.parse({
      kind: 'chosen',
      ids: Array.from({ length: 12_000 }, (_, index) => index + 1),
    });
    const sums = await rig.service.measure(audience);
    expect(rig.service.preflight({ message: message(), audience }, sums).recipients).toBe(12_000);
    const { id } = rig.service.start({ requestId: randomUUID(), message: message(), audience }, sums);
    while (rig.service.get({ id }).state === 'preparing') await nextTurn();
    expect(rig.rows(`SELECT count(*) AS n FROM deliveries WHERE campaign_id = ${id}`)).toEqual([
      { n: 12_000 },
    ]);
    expect(rig.service.get({ id }).audience.text).toBe('12,000 chosen subscriptions');
  });
});

describe('who is meant', () => {
  it('stays as it was found, while people change, join and leave during the writing', async () => {
    const rig = filled(40, { far: true });
    const audience = matching(tagged('a'));
    const meant = rig.people
      .filter(({ tags, isActive, inBin }) => tags.includes('a') && isActive && !inBin)
      .map(({ id }) => id);
    const { id } = await rig.start(audience);
    while ((rig.rows('SELECT members_found AS found FROM campaigns')[0] as { found: number }).found === 0)
      await nextTurn();
    expect(recipientsOf(rig, id).length).toBeLessThan(meant.length);
    const last = meant.at(-1) ?? 0;
    rig.retag(meant, ['c']);
    rig.retag(
      rig.people.filter(({ tags }) => !tags.includes('a')).map((one) => one.id),
      ['a'],
    );
    rig.store.db.write<object>(`UPDATE subscriptions SET state = 'unsubscribed' WHERE id = ${last}`).run({});
    const [late = 0] = rig.subscribe(['https://fcm.googleapis.com/fcm/send/late']);
    rig.retag([late], ['a']);
    await rig.time.pass(1000);
    expect(recipientsOf(rig, id)).toEqual(meant.slice(0, -1));
    expect(rig.service.get({ id }).recipients).toBe(meant.length - 1);
    expect(rig.rows('SELECT * FROM campaign_members')).toEqual([]);
  });

  it.each([0, 1, 2, 3, 4])(
    'is the same after the engine died %s steps into the preparing and its segment changed, and nobody gets it twice',
    async (steps) => {
      const rig = filled(40, { far: true });
      const segment = await rig.segment('Letters', { tagsAnyOf: ['a'] });
      const { id } = await rig.start(matching([{ kind: 'segment', id: segment }], tagged('b')));
      for (let step = 0; step < steps; step += 1) await nextTurn();
      await rig.service.stop();
      await rig.segments.update(
        { id: segment, name: 'Other', filter: filterOf({ tagsAnyOf: ['c'] }) },
        signal,
      );
      await rig.segments.remove({ id: segment }, signal);
      const again = rig.restart();
      again.recover();
      await rig.time.pass(60_000);
      const expected = rig.people
        .filter(
          ({ tags, isActive, inBin }) => tags.includes('a') && !tags.includes('b') && isActive && !inBin,
        )
        .map((person) => person.id);
      expect(recipientsOf(rig, id)).toEqual(expected);
      const after = again.get({ id });
      expect(after).toMatchObject({ state: 'finished', recipients: expected.length });
      expect(after.audience.text).toBe('Letters, without tag b');
      expect(rig.push.sent.length).toBe(expected.length);
    },
  );
});

describe('what earlier versions stored', () => {
  it.each([
    ['everyone', { kind: 'everyone' }, 9],
    ['chosen', { kind: 'chosen', ids: [1, 2, 3, 10] }, 3],
  ])('goes on where it was being prepared: %s', async (_name, audience, count) => {
    const rig = campaignRig();
    rig.subscribe(fcm(9));
    rig.store.db
      .write<object>(
        `INSERT INTO campaigns (id, request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
         VALUES (1, '${randomUUID()}', 'campaign', 'preparing', @message, '{"web_push":8030}', 17, @audience, 9, 1)`,
      )
      .run({ message: JSON.stringify(message()), audience: JSON.stringify(audience) });
    rig.service.recover();
    await rig.time.pass(1000);
    const after = rig.service.get({ id: 1 as CampaignId });
    expect(after).toMatchObject({ state: 'finished', recipients: count, audience: { kind: audience.kind } });
    expect(after.counts.accepted).toBe(count);
    expect(after.audience.text).toBe(audience.kind === 'everyone' ? 'Everyone' : '4 chosen subscriptions');
  });
});
