import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Act, ActId, Target } from '../../../../contract/acts.ts';
import type { SubscriptionId } from '../../../../contract/ids.ts';
import { subscriptionFilterSchema } from '../../../../contract/subscriptions.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../../testing/temp-subscriptions.ts';
import { createKeyPairStore } from '../../keys/key-pair-store.ts';

const { signal } = new AbortController();
const everything: Target = { filter: subscriptionFilterSchema.parse({}), except: [] };

function filled(count: number) {
  const setting = tempSubscriptions();
  setting.db
    .write<object>(
      `WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ${count})
       INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
         SELECT 'https://push.example/' || id, randomblob(16), 'other', 'p', 'a', 'active', 'page', 1, 1 FROM n`,
    )
    .run({});
  const { acts } = setting.service;
  const finished = async ({ id }: { id: string }) => {
    for (;;) {
      const now = await acts.get({ id: id as ActId }, signal);
      if (!['choosing', 'running', 'undoing'].includes(now.state)) return now;
      await nextTurn();
    }
  };
  const countOf = async (more: Parameters<typeof setting.filter>[0]) =>
    (await setting.service.counts({ filter: setting.filter(more) })).matching;
  return {
    ...setting,
    acts,
    finished,
    count: countOf,
    begin: (act: Act, target = everything) => acts.start({ target, act }, signal),
    act: async (act: Act, target = everything) => finished(await acts.start({ target, act }, signal)),
    undo: async ({ id }: { id: string }) => finished(await acts.undo({ id: id as ActId }, signal)),
    rows: (sql: string) => setting.db.read<object, Record<string, unknown>>(sql).all({}),
  };
}

const ids = (...some: number[]): Target => ({ ids: some as SubscriptionId[] });

describe('undo', () => {
  it('gives back a tag that nobody had any more, so that it is found again', async () => {
    const setting = filled(3);
    await setting.act({ kind: 'tag', tags: ['News', 'vip'] });
    setting.all();
    const done = await setting.act({ kind: 'untag', tags: ['news'] });
    expect((await setting.service.tagged.tags.list()).items).toEqual([{ name: 'vip', count: 3 }]);
    expect(await setting.undo(done)).toMatchObject({ state: 'undone', restored: 3 });
    expect(await setting.count({ tagsAnyOf: ['NEWS'] })).toBe(3);
    expect(setting.all({ search: 'news' }).map(({ tags }) => tags.slice().sort())).toEqual(
      Array(3).fill(['News', 'vip']),
    );
    expect((await setting.service.tagged.tags.list()).items).toEqual([
      { name: 'News', count: 3 },
      { name: 'vip', count: 3 },
    ]);
    expect(
      setting.rows(
        'SELECT p.id FROM people p, json_each(p.tags) t WHERE t.value NOT IN (SELECT id FROM facts)',
      ),
    ).toEqual([]);
  });

  it('gives back the key also where the key pair that was set is gone', async () => {
    const setting = filled(4);
    const pair = setting.addKeyPair('Old');
    const done = await setting.act({ kind: 'set-key', keyPairId: pair.id });
    createKeyPairStore(setting.db).remove(pair.id);
    expect(await setting.undo(done)).toMatchObject({ state: 'undone', restored: 4 });
    expect(setting.rows('SELECT count(*) AS n FROM subscriptions WHERE public_key IS NOT NULL')).toEqual([
      { n: 0 },
    ]);
  });

  it('takes a tag away under the name it has by now', async () => {
    const setting = filled(2);
    const done = await setting.act({ kind: 'tag', tags: ['news'] }, ids(1));
    await setting.service.tagged.tags.rename({ name: 'news', to: 'letters' });
    expect(await setting.undo(done)).toMatchObject({ restored: 1 });
    expect((await setting.service.tagged.tags.list()).items).toEqual([]);
  });

  it('goes on where a restart interrupted it, and gives each its own back', async () => {
    const setting = filled(3500);
    setting.db.write<object>(`UPDATE subscriptions SET deleted_at = 5 WHERE id % 7 = 0`).run({});
    const done = await setting.act({ kind: 'bin' });
    expect(done).toMatchObject({ changed: 3000 });
    const undoing = setting.acts.undo({ id: done.id as ActId }, signal);
    await nextTurn();
    await setting.acts.stopAll();
    await undoing;
    const again = setting.newEngine();
    again.acts.recover();
    const half = again.acts.get({ id: done.id as ActId }, signal);
    expect(await half).toMatchObject({ state: 'stopped', undoUntil: done.undoUntil });
    expect((await half).restored).toBeGreaterThan(0);
    expect((await half).restored).toBeLessThan(3000);
    await again.acts.undo({ id: done.id as ActId }, signal);
    await nextTurn();
    expect(await again.acts.get({ id: done.id as ActId }, signal)).toMatchObject({
      state: 'undone',
      restored: 3000,
    });
    expect(await setting.count({ inBin: true })).toBe(500);
    expect(setting.rows('SELECT count(*) AS n FROM act_rows')).toEqual([{ n: 0 }]);
  });

  it('of an act that a dead engine left half done gives back what it had changed', async () => {
    const setting = filled(2500);
    void setting.acts.start({ target: everything, act: { kind: 'label', label: 'L' } }, signal);
    await nextTurn();
    await nextTurn();
    const [{ id, state } = {}] = setting.rows('SELECT id, state FROM acts');
    expect(state).toBe('running');
    // Another engine on the same file, as after a kill: the first one is never heard from again.
    const again = setting.newEngine();
    again.acts.recover();
    await setting.acts.stopAll();
    const left = await again.acts.get({ id: id as ActId }, signal);
    expect(left.state).toBe('stopped');
    const labelled = setting.rows('SELECT count(*) AS n FROM people WHERE label IS NOT NULL')[0]?.['n'];
    expect(left.changed).toBe(labelled);
    await again.acts.undo({ id: id as ActId }, signal);
    expect(setting.rows('SELECT count(*) AS n FROM people')).toEqual([{ n: 0 }]);
  });
});

describe('an act while rows change', () => {
  const tag: Act = { kind: 'tag', tags: ['t'] };

  it('makes no person of a row that is erased meanwhile', async () => {
    const setting = filled(3000);
    const begun = setting.begin(tag);
    await nextTurn();
    setting.db.eraseRows(() => {
      setting.service.people.forget([2999, 3000]);
      setting.acts.forgetRows([2999, 3000]);
      setting.db.write<object>('DELETE FROM subscriptions WHERE id > 2998').run({});
    });
    const done = await setting.finished(await begun);
    expect(done).toMatchObject({ state: 'done', changed: 2998 });
    expect(setting.rows('PRAGMA foreign_key_check')).toEqual([]);
    expect(await setting.undo(done)).toMatchObject({ restored: 2998 });
  });

  it('leaves those that come while it runs, and bins each retired one with the state it has then', async () => {
    const setting = filled(3000);
    const begun = setting.begin({ kind: 'bin' });
    await nextTurn();
    setting.service.upsert({ subscription: browserSubscription(), publicKey: null });
    setting.db.write<object>(`UPDATE subscriptions SET state = 'gone' WHERE id = 2990`).run({});
    const done = await setting.finished(await begun);
    expect(done).toMatchObject({ matched: 3000, changed: 3000 });
    expect(setting.all().map(({ id }) => id)).toEqual([3001]);
    await setting.undo(done);
    expect(setting.all({ states: ['gone'] }).map(({ id }) => id)).toEqual([2990]);
  });

  it('does two at once, each of which can be undone without the other', async () => {
    const setting = filled(3000);
    const [one, other] = await Promise.all([
      setting.act({ kind: 'tag', tags: ['one'] }),
      setting.act({ kind: 'label', label: 'L' }),
      setting.act({ kind: 'tag', tags: ['three'] }, ids(5, 6)),
    ]);
    expect(await setting.undo(one)).toMatchObject({ restored: 3000 });
    expect(await setting.count({ search: 'L', tagsNoneOf: ['one'] })).toBe(3000);
    expect((await setting.service.tagged.tags.list()).items).toEqual([{ name: 'three', count: 2 }]);
    expect(await setting.undo(other)).toMatchObject({ restored: 3000 });
    expect(setting.rows('SELECT id FROM people ORDER BY id')).toEqual([{ id: 5 }, { id: 6 }]);
  });

  it('merges a tag into another without giving it to whoever lost the first meanwhile', async () => {
    const setting = filled(3000);
    await setting.act({ kind: 'tag', tags: ['a'] });
    await setting.act({ kind: 'tag', tags: ['b'] }, ids(1));
    const renaming = setting.service.tagged.tags.rename({ name: 'a', to: 'B' });
    await nextTurn();
    setting.service.update({ id: 2999 as SubscriptionId, removeTags: ['a'] });
    setting.db.eraseRows(() => {
      setting.service.people.forget([3000]);
      setting.db.write<object>('DELETE FROM subscriptions WHERE id = 3000').run({});
    });
    await renaming;
    expect((await setting.service.tagged.tags.list()).items).toEqual([{ name: 'b', count: 2998 }]);
    expect(setting.rows('PRAGMA foreign_key_check')).toEqual([]);
  });
});
