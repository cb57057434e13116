import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ActId } from '../../../../contract/acts.ts';
import { makeKeyPair } from '../../../keys/curve.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../../testing/temp-subscriptions.ts';
import { packPeople } from '../batch-people.ts';
import { packRow, unpackRow } from '../batch-row.ts';
import { packed } from '../testing/packed.ts';
import { MAX_FROM_PAGE } from './page-people.ts';

const KEY = makeKeyPair().publicKey;
const other = () => randomBytes(16).toString('base64url');

describe('what the page says', () => {
  it('is kept, and follows the browser to its next subscription', () => {
    const { service, all } = tempSubscriptions();
    const old = browserSubscription();
    service.report({
      subscription: old,
      publicKey: KEY,
      person: { tags: ['News'], attributes: { language: 'nb', plan: 'free' } },
    });
    const id = all()[0]?.id as never;
    service.update({ id, label: 'Irene', externalId: 'u1', attributes: { plan: 'pro' } });
    service.report({
      subscription: browserSubscription(),
      publicKey: KEY,
      replaces: { endpoint: old.endpoint, auth: old.keys.auth },
      person: { attributes: { language: 'en', plan: 'free' } },
    });
    expect(all()[0]).toMatchObject({
      state: 'active',
      label: 'Irene',
      externalId: 'u1',
      tags: ['News'],
      // The page does not change what the owner has set.
      attributes: { language: 'en', plan: 'pro' },
    });
    expect(all()[1]).toMatchObject({ state: 'unsubscribed', label: 'Irene' });
  });

  it('takes away the topics that a visitor unticked, and brings them again when they are ticked', () => {
    const { service, all } = tempSubscriptions();
    const browser = browserSubscription();
    const visit = (person: { tags: string[]; removeTags?: string[] }) =>
      service.report({ subscription: browser, publicKey: KEY, person });
    visit({ tags: ['News', 'Offers'] });
    visit({ tags: ['offers'], removeTags: ['NEWS', 'never heard of'] });
    expect(all()[0]?.tags).toEqual(['Offers']);
    // Only with its own secret may a browser say so.
    const stranger = { ...browser, keys: { ...browser.keys, auth: other() } };
    expect(() =>
      service.report({ subscription: stranger, publicKey: KEY, person: { removeTags: ['Offers'] } }),
    ).toThrow();
    expect(all()[0]?.tags).toEqual(['Offers']);
    visit({ tags: ['News', 'offers'] });
    expect(all()[0]?.tags.toSorted()).toEqual(['News', 'Offers']);
  });

  it('lets no visitor into the test group, and none out of it', () => {
    const { service, all } = tempSubscriptions();
    const browser = browserSubscription();
    const visit = (person: { tags?: string[]; removeTags?: string[] }) =>
      service.report({ subscription: browser, publicKey: KEY, person });
    visit({ tags: ['Test Group', 'news'] });
    expect(all()[0]?.tags).toEqual(['news']);
    service.update({ id: all()[0]?.id as never, tags: ['test group'] });
    visit({ removeTags: ['test group'] });
    expect(all()[0]?.tags).toEqual(['test group']);
  });

  it('brings no tag again that the owner took away, until the owner gives it again', async () => {
    const { service, all, newEngine } = tempSubscriptions();
    const { signal } = new AbortController();
    const browser = browserSubscription();
    const visit = (engine = service) =>
      engine.report({ subscription: browser, publicKey: KEY, person: { tags: ['News', 'shop'] } });
    visit();
    const id = all()[0]?.id as never;
    service.update({ id, removeTags: ['NEWS'] });
    visit(newEngine());
    expect(all()[0]?.tags).toEqual(['shop']);
    // The same for many at once, even if nobody has the tag any more.
    const untag = await service.acts.start(
      { target: { ids: [id] }, act: { kind: 'untag', tags: ['shop'] } },
      signal,
    );
    visit();
    expect(all()[0]?.tags).toEqual([]);
    await service.acts.undo({ id: untag.id as ActId }, signal);
    expect(all()[0]?.tags).toEqual(['shop']);
    // It is carried over to the browser's next subscription.
    const next = browserSubscription();
    service.report({
      subscription: next,
      publicKey: KEY,
      replaces: { endpoint: browser.endpoint, auth: browser.keys.auth },
      person: { tags: ['news'] },
    });
    expect(all()[0]?.tags).toEqual(['shop']);
    // Undoing a tag that was given does not count as the owner's wish.
    const tagged = await service.acts.start(
      { target: { ids: [all()[0]?.id as never] }, act: { kind: 'tag', tags: ['vip'] } },
      signal,
    );
    await service.acts.undo({ id: tagged.id as ActId }, signal);
    service.report({ subscription: next, publicKey: KEY, person: { tags: ['vip'] } });
    expect(all()[0]?.tags.toSorted()).toEqual(['shop', 'vip']);
    service.upsert({ subscription: next, publicKey: null, tags: ['news'] });
    service.report({ subscription: next, publicKey: KEY, person: { tags: ['news'] } });
    expect(all()[0]?.tags.toSorted()).toEqual(['news', 'shop', 'vip']);
  });

  it('goes to nobody who cannot prove to have been the old one', () => {
    const { service, all } = tempSubscriptions();
    const old = browserSubscription();
    service.report({ subscription: old, publicKey: KEY, person: { tags: ['News'] } });
    service.report({
      subscription: browserSubscription(),
      publicKey: KEY,
      replaces: { endpoint: old.endpoint, auth: other() },
    });
    expect(all()[0]?.tags).toEqual([]);
  });

  it('makes no more new tags and names than there is room for, until the owner uses one', async () => {
    const { service, all } = tempSubscriptions();
    const report = (tag: string, name: string) =>
      service.report({
        subscription: browserSubscription(),
        publicKey: KEY,
        person: { tags: [tag], attributes: { [name]: 'x', language: 'nb' } },
      });
    for (let index = 0; index < MAX_FROM_PAGE.tags; index += 1) report(`t${index}`, `n${index % 50}`);
    expect(report('one more', 'another').leftOut).toBe(2);
    expect(all()[0]).toMatchObject({ tags: [], attributes: { language: 'nb' } });
    expect(report('t1', 'n1').leftOut).toBe(0);
    service.update({ id: all()[0]?.id as never, addTags: ['T2'] });
    expect(report('one more', 'n1').leftOut).toBe(0);
    expect((await service.tagged.tags.list()).items).toHaveLength(MAX_FROM_PAGE.tags + 1);
  });
});

describe('a backend', () => {
  const row = (subscription = browserSubscription()) => ({ subscription, publicKey: null });

  it('stores one with all that it knows, and brings it up to date', () => {
    const { service, all } = tempSubscriptions();
    const one = row();
    const first = service.upsert({ ...one, externalId: 'u1', tags: ['a', 'b'], attributes: { plan: 'pro' } });
    expect(first).toMatchObject({ stored: 'new', id: 1 });
    const again = service.upsert({ ...one, label: 'Irene', tags: ['B', 'c'], attributes: { city: 'Oslo' } });
    expect(again).toEqual({ stored: 'updated', id: 1 });
    expect(all()).toMatchObject([
      { label: 'Irene', externalId: 'u1', tags: ['a', 'b', 'c'], attributes: { plan: 'pro', city: 'Oslo' } },
    ]);
  });

  it('hears of each of several what became of it', () => {
    const { service } = tempSubscriptions();
    const bad = {
      ...row(),
      subscription: { endpoint: 'http://push.example', keys: { p256dh: 'x', auth: 'y' } },
    };
    const { rows } = service.upsertMany({ rows: [row(), bad, row()] });
    expect(rows).toMatchObject([{ stored: 'new', id: 1 }, { stored: 'refused' }, { stored: 'new', id: 2 }]);
  });

  it('removes and restores by its own ids and by endpoints', () => {
    const { service, all } = tempSubscriptions();
    const named = row();
    service.upsert({ ...named, externalId: 'u1' });
    service.upsert({ ...row(), externalId: 'u1' });
    service.upsert(row());
    expect(service.remove({ externalIds: ['u1', 'u2'] })).toEqual({ count: 2, ids: [1, 2] });
    expect(service.restore({ endpoints: [named.subscription.endpoint] })).toEqual({ count: 1, ids: [1] });
    expect(all().map(({ id }) => id)).toEqual([3, 1]);
  });
});

describe('an import', () => {
  it('brings people, adds to those who are known, and empties nothing', () => {
    const { service, keeper, all } = tempSubscriptions();
    const known = browserSubscription();
    service.upsert({
      subscription: known,
      publicKey: null,
      label: 'Irene',
      tags: ['old'],
      attributes: { plan: 'pro' },
    });
    const rows = [known, browserSubscription(), browserSubscription()];
    const keep = keeper();
    keep.keep({
      json: JSON.stringify(rows.map(packed)),
      count: 3,
      lines: [1, 2, 3],
      people: packPeople([
        { label: null, externalId: null, tags: ['new'], attributes: { city: 'Oslo' } },
        { label: 'John', externalId: 'u2', tags: ['new', 'vip'], attributes: { plan: 'free' } },
        null,
      ]),
    });
    expect(keep.result).toMatchObject({ addedCount: 2, updatedCount: 1 });
    expect(all()).toMatchObject([
      { label: null, tags: [], attributes: {} },
      { label: 'John', externalId: 'u2', tags: ['new', 'vip'], attributes: { plan: 'free' } },
      { label: 'Irene', tags: ['old', 'new'], attributes: { plan: 'pro', city: 'Oslo' } },
    ]);
    const more = [browserSubscription(), browserSubscription()];
    keep.keep({
      json: JSON.stringify(more.map(packed)),
      count: 2,
      lines: [4, 5],
      people: packPeople([null, { label: null, externalId: 'u3', tags: ['VIP'], attributes: {} }]),
    });
    expect(all({ tagsAnyOf: ['vip'] }).map(({ externalId }) => externalId)).toEqual(['u3', 'u2']);
  });

  it('believes a row about its key and its day, where it says them', () => {
    const { keeper, all } = tempSubscriptions();
    const row = { ...unpackRow(packed(browserSubscription())), publicKey: KEY, addedAt: 5 };
    const batch = { json: JSON.stringify([packRow(row)]), count: 1, lines: [1], people: null };
    keeper().keep(batch);
    expect(all()).toMatchObject([{ publicKey: KEY, addedAt: 5 }]);
  });
});

describe('the history of a subscription', () => {
  it('says when and why its state changed', () => {
    const { service, all, clock } = tempSubscriptions();
    const subscription = browserSubscription();
    service.report({ subscription, publicKey: KEY });
    const id = all()[0]?.id as never;
    clock.advance(10);
    service.cancel({ endpoint: subscription.endpoint, auth: subscription.keys.auth });
    clock.advance(10);
    service.remove({ ids: [id] });
    const now = clock.now();
    expect(service.states({ id }).items).toMatchObject([
      { at: now, from: 'unsubscribed', to: 'unsubscribed', bin: 'in', cause: 'person', delivery: null },
      { at: now - 10, from: 'active', to: 'unsubscribed', bin: null, cause: 'page' },
    ]);
  });
});
