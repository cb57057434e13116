import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Act, ActId } from '../../../../contract/acts.ts';
import type { SubscriptionId } from '../../../../contract/ids.ts';
import { subscriptionFilterSchema, type Subscription } from '../../../../contract/subscriptions.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../../testing/temp-subscriptions.ts';
import { arbitraryFilter } from '../testing/arbitrary-filter.ts';
import { matchesPlainly } from '../testing/plain-filter.ts';

const { signal } = new AbortController();
const DAY_MS = 86_400_000;

function filled(count: number) {
  const setting = tempSubscriptions();
  const pairs = [setting.addKeyPair('One'), setting.addKeyPair('Two')];
  setting.db.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      setting.service.upsert({
        subscription: browserSubscription(),
        publicKey: index % 3 === 0 ? null : (pairs[index % 2]?.publicKey ?? null),
        tags: index % 2 === 0 ? ['even'] : [],
        ...(index % 5 === 0 ? { label: `Person ${index}` } : {}),
      });
    }
  });
  const rows = () =>
    [...setting.all(), ...setting.all({ inBin: true })].sort((one, other) => one.id - other.id);
  const { acts } = setting.service;
  const finished = async ({ id }: { id: string }) => {
    for (;;) {
      const now = await acts.get({ id: id as ActId }, signal);
      if (!['choosing', 'running', 'undoing'].includes(now.state)) return now;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return {
    ...setting,
    pairs,
    rows,
    acts,
    act: async (target: Parameters<typeof acts.start>[0]['target'], act: Act) =>
      finished(await acts.start({ target, act }, signal)),
    undo: async ({ id }: { id: string }) => finished(await acts.undo({ id: id as ActId }, signal)),
  };
}

const everything = { filter: subscriptionFilterSchema.parse({}), except: [] };
/** Everything that an act may change and its undo restores. */
const facts = ({ id, tags, label, publicKey, state, stateChangedAt, deletedAt }: Subscription) => ({
  id,
  tags,
  label,
  publicKey,
  state,
  stateChangedAt,
  deletedAt,
});

describe('an act on all that match', () => {
  it('is worked off in pieces, counts exactly, and is undone exactly, also after a restart', async () => {
    const setting = filled(6500);
    const before = setting.rows().map(facts);
    const begun = await setting.acts.start(
      {
        target: { ...everything, except: [1 as SubscriptionId] },
        act: { kind: 'tag', tags: ['EVEN', 'all'] },
      },
      signal,
    );
    expect(begun.state).toBe('running');
    expect(begun.done).toBeGreaterThan(0);
    const done = await setting.undo(
      await setting.act({ ids: [2 as SubscriptionId] }, { kind: 'label', label: 'x' }),
    );
    expect(done).toMatchObject({ state: 'undone', changed: 1, restored: 1 });
    for (;;) {
      if ((await setting.acts.get({ id: begun.id as ActId }, signal)).state === 'done') break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    setting.acts.recover();
    const over = await setting.acts.get({ id: begun.id as ActId }, signal);
    expect(over).toMatchObject({
      matched: 6499,
      done: 6499,
      changed: 6499,
      undoUntil: setting.clock.now() + DAY_MS,
    });
    expect((await setting.service.tagged.tags.list()).items).toEqual([
      { name: 'all', count: 6499 },
      { name: 'even', count: 6499 + 1 },
    ]);
    expect(await setting.undo(over)).toMatchObject({ state: 'undone', restored: 6499, undoUntil: null });
    expect(setting.rows().map(facts)).toEqual(before);
  });

  it('stops when it is told to; what is changed stays, and can be undone', async () => {
    const setting = filled(6500);
    const begun = await setting.acts.start({ target: everything, act: { kind: 'bin' } }, signal);
    const stopped = await setting.acts.stop({ id: begun.id as ActId }, signal);
    expect(stopped.state).toBe('stopped');
    expect(stopped.changed).toBeLessThan(6500);
    expect((await setting.service.counts({ filter: setting.filter({ inBin: true }) })).matching).toBe(
      stopped.changed,
    );
    await setting.undo(stopped);
    expect((await setting.service.counts({ filter: setting.filter() })).matching).toBe(6500);
  });

  it('cannot be undone twice, nor after a day', async () => {
    const setting = filled(3);
    const first = await setting.act(everything, { kind: 'label', label: 'One' });
    await setting.undo(first);
    await expect(setting.undo(first)).rejects.toMatchObject({ problem: { code: 'nothing-to-undo' } });
    const second = await setting.act(everything, { kind: 'label', label: 'Two' });
    setting.clock.advance(DAY_MS);
    await expect(setting.undo(second)).rejects.toMatchObject({ problem: { code: 'nothing-to-undo' } });
    setting.acts.tidy();
    expect((await setting.acts.list(undefined, signal)).items).toEqual([]);
  });

  it('leaves what was changed again since, and remembers nothing of whoever is erased', async () => {
    const setting = filled(3);
    const done = await setting.act(everything, { kind: 'label', label: 'New' });
    setting.service.update({ id: 2 as SubscriptionId, label: 'By hand' });
    setting.db.transaction(() => {
      setting.acts.forgetRows([1]);
    });
    expect(await setting.undo(done)).toMatchObject({ changed: 3, restored: 1 });
    expect(setting.rows().map(({ label }) => label)).toEqual(['New', 'By hand', null]);
  });
});

it('any series of acts and undos does what a model of it does', async () => {
  const kinds: fc.Arbitrary<Act['kind']> = fc.constantFrom(
    'tag',
    'untag',
    'label',
    'set-key',
    'bin',
    'restore',
  );
  const step = fc.record({
    kind: kinds,
    filter: arbitraryFilter,
    which: fc.nat(20),
    undo: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const setting = filled(24);
      for (const { kind, filter: parts, which, undo } of steps) {
        const filter = subscriptionFilterSchema.parse(parts);
        const keyPair = setting.pairs[which % 2];
        const tags = which % 2 === 0 ? ['even'] : ['News', 'vip'];
        const act: Act =
          kind === 'tag' || kind === 'untag'
            ? { kind, tags }
            : kind === 'label'
              ? { kind, label: which % 3 === 0 ? null : 'L' }
              : kind === 'set-key'
                ? { kind, keyPairId: which % 3 === 0 ? null : (keyPair?.id ?? null) }
                : { kind };
        const before = setting.rows();
        const meant = new Set(before.filter((row) => matchesPlainly(row, filter)).map(({ id }) => id));
        setting.clock.advance(1000);
        const done = await setting.act({ filter, except: [] }, act);
        const after = setting.rows();
        const expected = before.map((row) =>
          meant.has(row.id) ? model(row, act, setting.clock.now(), keyPair) : facts(row),
        );
        const shape = (row: ReturnType<typeof facts>) => ({
          ...row,
          tags: row.tags.map((tag) => tag.toLowerCase()).sort(),
        });
        expect(after.map(facts).map(shape)).toEqual(expected.map(shape));
        const changed = after.filter(
          (row, index) => JSON.stringify(facts(row)) !== JSON.stringify(facts(before[index] ?? row)),
        );
        expect(done).toMatchObject({
          state: 'done',
          matched: meant.size,
          done: meant.size,
          changed: changed.length,
        });
        if (undo && done.undoUntil !== null) {
          await setting.undo(done);
          expect(setting.rows().map(facts).map(shape)).toEqual(before.map(facts).map(shape));
        }
      }
    }),
    { numRuns: 25 },
  );
});

function model(
  row: Subscription,
  act: Act,
  now: number,
  keyPair: { id: number; publicKey: string } | undefined,
): ReturnType<typeof facts> {
  const was = facts(row);
  const has = (tag: string) => was.tags.some((one) => one.toLowerCase() === tag.toLowerCase());
  switch (act.kind) {
    case 'tag':
      return { ...was, tags: [...was.tags, ...act.tags.filter((tag) => !has(tag))] };
    case 'untag':
      return {
        ...was,
        tags: was.tags.filter((one) => !act.tags.some((tag) => tag.toLowerCase() === one.toLowerCase())),
      };
    case 'label':
      return { ...was, label: act.label };
    case 'set-key':
      return { ...was, publicKey: act.keyPairId === null ? null : (keyPair?.publicKey ?? null) };
    case 'bin':
      return { ...was, deletedAt: was.deletedAt ?? now };
    case 'restore': {
      const isRetired = was.deletedAt === null && (was.state === 'gone' || was.state === 'mismatched');
      return {
        ...was,
        deletedAt: null,
        ...(isRetired ? { state: 'active' as const, stateChangedAt: now } : {}),
      };
    }
  }
}
