import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Topic } from '../../../contract/changes.ts';
import type { SubscriptionJson } from '../../../contract/http.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../testing/temp-subscriptions.ts';
import type { ReadStatement, WritableDb } from '../../store/database.ts';
import { createSubscriptionMoves } from './subscription-moves-service.ts';

const A = makeKeyPair().publicKey;
const B = makeKeyPair().publicKey;
const C = makeKeyPair().publicKey;
const DAY = 86_400_000;

/** A list whose browsers visit when they are told to. The first key is in use. */
function rig(count = 3, admitNew?: () => void) {
  let inUse = A;
  const temp = tempSubscriptions({ keyInUse: () => inUse });
  const { service, moves } = temp;
  const browsers = Array.from({ length: count }, () => browserSubscription());
  for (const subscription of browsers) service.report({ subscription, publicKey: A });
  const use = (key: string) => {
    moves.changeKey(inUse, key, () => {
      inUse = key;
    });
  };
  /** What the page and the kit do: give up, subscribe again, report with the old secret. */
  const visit = (index: number): SubscriptionJson => {
    const old = browsers[index] ?? browserSubscription();
    const subscription = browserSubscription();
    const { endpoint, keys } = old;
    service.report({ subscription, publicKey: inUse, replaces: { endpoint, auth: keys.auth } }, admitNew);
    browsers[index] = subscription;
    return old;
  };
  const active = () =>
    temp.db
      .read<object, { public_key: string }>(
        `SELECT public_key FROM subscriptions WHERE state = 'active' ORDER BY id`,
      )
      .all({})
      .map(({ public_key }) => public_key);
  return { ...temp, browsers, use, visit, active };
}

describe('a change of key', () => {
  it('counts who has moved, who is left and when those were last seen, until nobody is', async () => {
    const { use, visit, moves, clock, service, browsers, active } = rig(4);
    clock.advance(20 * DAY);
    const { [3]: subscription } = browsers;
    if (subscription !== undefined) service.report({ subscription, publicKey: A });
    clock.advance(DAY);
    const startedAt = clock.now();
    use(B);
    visit(0);
    clock.advance(2 * DAY);
    visit(1);
    expect(await moves.rotations()).toMatchObject([
      {
        from: A,
        to: B,
        state: 'moving',
        startedAt,
        startedWith: 4,
        moved: 2,
        left: 2,
        leftSeen: { inWeek: 1, inMonth: 1 },
        hours: [
          { from: startedAt, moved: 1 },
          { from: startedAt + 2 * DAY, moved: 1 },
        ],
      },
    ]);
    expect(active()).toEqual([A, A, B, B]);
    visit(2);
    visit(3);
    expect(await moves.rotations()).toMatchObject([
      { state: 'finished', moved: 4, left: 0, endedAt: clock.now() },
    ]);
    // Each person once.
    expect(active()).toEqual([B, B, B, B]);
    clock.advance(31 * DAY);
    expect(await moves.rotations()).toEqual([]);
  });

  it('is shown also where its end cannot be written, and ended once it can', async () => {
    const { use, visit, moves, db } = rig(1);
    use(B);
    visit(0);
    db.write(
      `CREATE TRIGGER full_disk BEFORE UPDATE OF ended_at ON key_rotations BEGIN SELECT RAISE(ABORT, 'full'); END`,
    ).run({});
    expect(await moves.rotations()).toMatchObject([{ state: 'moving', moved: 1, left: 0 }]);
    db.write('DROP TRIGGER full_disk').run({});
    expect(await moves.rotations()).toMatchObject([{ state: 'finished', moved: 1, left: 0 }]);
  });

  it('holds up nobody who has moved, however many new ones have come, and lets each proof bring one', async () => {
    const refuse = () => {
      throw new Error('There are too many new ones.');
    };
    const { use, visit, moves, service, browsers } = rig(40, refuse);
    use(B);
    for (const index of browsers.keys()) visit(index);
    expect(await moves.rotations()).toMatchObject([{ state: 'finished', moved: 40 }]);
    const again = (publicKey: string, auth?: string) => {
      const { endpoint = '', keys } = browsers[0] ?? {};
      const replaces = { endpoint, auth: auth ?? keys?.auth ?? '' };
      return () => service.report({ subscription: browserSubscription(), publicKey, replaces }, refuse);
    };
    expect(again(B)).toThrow('too many new ones');
    expect(again(A)).toThrow('too many new ones');
    use(C);
    expect(again(B)).toThrow('too many new ones');
    expect(again(C, randomBytes(16).toString('base64url'))).toThrow('too many new ones');
    expect(again(C)()).toMatchObject({ stored: 'new', replaced: 'retired' });
    expect(again(C)).toThrow('too many new ones');
  });

  it.each([
    ['the key in use', A],
    ['another key', B],
    ['no key', null],
  ])('holds up nobody who was imported with %s and has moved in', async (_, publicKey) => {
    const refuse = () => {
      throw new Error('There are too many new ones.');
    };
    const { service } = rig(0);
    const { endpoint, keys, ...rest } = browserSubscription();
    await service.import({ text: JSON.stringify({ endpoint, keys, ...rest }), publicKey });
    const moveIn = () =>
      service.report(
        {
          subscription: browserSubscription(),
          publicKey: A,
          movedIn: 'renewed',
          replaces: { endpoint, auth: keys.auth },
        },
        refuse,
      );
    expect(moveIn()).toMatchObject({ stored: 'new', replaced: 'retired' });
    expect(moveIn).toThrow('too many new ones');
  });

  it('lets nobody come back to move again, each time to a new one that is not counted', () => {
    let admitted = 0;
    const { use, visit, service } = rig(1);
    use(B);
    const old = visit(0);
    const admit = () => {
      admitted += 1;
      if (admitted > 2) throw new Error('There are too many new ones.');
    };
    const { endpoint, keys } = old;
    const comeBackAndMove = () => {
      service.report({ subscription: old, publicKey: A }, admit);
      const replaces = { endpoint, auth: keys.auth };
      service.report({ subscription: browserSubscription(), publicKey: B, replaces }, admit);
    };
    comeBackAndMove();
    comeBackAndMove();
    expect(comeBackAndMove).toThrow('too many new ones');
    // A report without the right secret uses up nobody's place.
    const other = { ...old, keys: browserSubscription().keys };
    expect(() => service.report({ subscription: other, publicKey: A }, admit)).toThrow('different keys');
    expect(admitted).toBe(3);
  });

  it('moves nobody twice whose report is told twice', async () => {
    const { use, visit, browsers, service, moves } = rig();
    use(B);
    const old = visit(0);
    const { endpoint, keys } = old;
    const { [0]: subscription } = browsers;
    if (subscription === undefined) throw new Error('There is no browser.');
    service.report({ subscription, publicKey: B, replaces: { endpoint, auth: keys.auth } });
    expect(await moves.rotations()).toMatchObject([{ moved: 1, left: 2 }]);
  });

  it('moves nobody whose secret nobody showed', async () => {
    const { use, browsers, service, moves } = rig();
    use(B);
    const endpoint = browsers[0]?.endpoint ?? '';
    const replaces = { endpoint, auth: randomBytes(16).toString('base64url') };
    service.report({ subscription: browserSubscription(), publicKey: B, replaces });
    expect(await moves.rotations()).toMatchObject([{ moved: 0, left: 3 }]);
  });

  it('counts a browser that was stuck for a while once it has moved', async () => {
    const { use, visit, browsers, service, moves } = rig();
    use(B);
    const { endpoint = '', keys } = browsers[0] ?? {};
    service.cancel({ endpoint, auth: keys?.auth ?? '' });
    expect(await moves.rotations()).toMatchObject([{ moved: 0, left: 2, startedWith: 3 }]);
    visit(0);
    expect(await moves.rotations()).toMatchObject([{ moved: 1, left: 2 }]);
  });

  it('can be taken back: those that have moved come back on their next visit', async () => {
    const { use, visit, moves, active } = rig();
    use(B);
    visit(0);
    use(A);
    expect(await moves.rotations()).toMatchObject([
      { from: B, to: A, state: 'moving', startedWith: 1, left: 1 },
      { from: A, state: 'cancelled', moved: 1 },
    ]);
    visit(0);
    expect(await moves.rotations()).toMatchObject([{ from: B, state: 'finished', moved: 1 }, {}]);
    expect(active()).toEqual([A, A, A]);
    // And started again, it counts from zero.
    use(B);
    expect(await moves.rotations()).toMatchObject([{ from: A, to: B, startedWith: 3, moved: 0 }, {}, {}]);
  });

  it('that follows another one takes the rest of it along', async () => {
    const { use, visit, moves, active } = rig();
    use(B);
    visit(0);
    use(C);
    visit(1);
    visit(0);
    expect(await moves.rotations()).toMatchObject([
      { from: B, to: C, state: 'finished', moved: 1 },
      { from: A, to: C, state: 'moving', moved: 2, left: 1 },
    ]);
    expect(active()).toEqual([A, C, C]);
  });

  it('is none where nobody has subscribed with the old key', async () => {
    const { use, moves } = rig(0);
    use(B);
    expect(await moves.rotations()).toEqual([]);
  });

  it('goes on in the next engine', async () => {
    const { use, moves, visit, newEngine } = rig();
    use(B);
    newEngine();
    visit(0);
    expect(await moves.rotations()).toMatchObject([{ state: 'moving', moved: 1, left: 2 }]);
  });
});

describe('moving in from another sender', () => {
  it('counts who was kept, who subscribed anew and who is still to come, each once', async () => {
    const { service, moves, clock } = rig(0);
    const theirs = [browserSubscription(), browserSubscription(), browserSubscription()] as const;
    await service.import({ text: JSON.stringify(theirs), publicKey: A });
    expect(await moves.movingIn()).toMatchObject({ kept: 0, renewed: 0, toCome: 3 });
    const [one, two] = theirs;
    const kept = { subscription: one, publicKey: A, movedIn: 'kept' } as const;
    service.report(kept);
    clock.advance(2 * DAY);
    service.report(kept);
    const replaces = { endpoint: two.endpoint, auth: two.keys.auth };
    const renewed = {
      subscription: browserSubscription(),
      publicKey: A,
      replaces,
      movedIn: 'renewed',
    } as const;
    service.report(renewed);
    service.report(renewed);
    expect(await moves.movingIn()).toEqual({
      kept: 1,
      renewed: 1,
      toCome: 1,
      hours: [
        { from: clock.now() - 2 * DAY, kept: 1, renewed: 0 },
        { from: clock.now(), kept: 0, renewed: 1 },
      ],
    });
  });

  it('is nothing that a visit on its own says', async () => {
    const { moves } = rig();
    expect(await moves.movingIn()).toEqual({ kept: 0, renewed: 0, toCome: 0, hours: [] });
  });
});

it('counts what looks at every row once, and again behind the back of whoever asks', async () => {
  const { db, sums, clock, captured, service } = tempSubscriptions();
  const topics: Topic[] = [];
  let now = 0;
  const slow: WritableDb = {
    ...db,
    read<Params extends object, Row>(sql: string): ReadStatement<Params, Row> {
      const statement = db.read<Params, Row>(sql);
      if (!sql.includes('LEFT JOIN subscription_visits')) return statement;
      return {
        get: (params) => {
          now += 2000;
          return statement.get(params);
        },
        all: (params) => statement.all(params),
        iterate: (params) => statement.iterate(params),
      };
    },
  };
  const moves = createSubscriptionMoves({
    db: slow,
    clock,
    sums,
    log: captured.log,
    changes: { publish: (...more) => topics.push(...more) },
    elapsed: () => now,
  });
  onTestFinished(async () => {
    await moves.stop();
  });
  const add = () => service.import({ text: JSON.stringify(browserSubscription()), publicKey: null });
  await add();
  expect(await moves.movingIn()).toMatchObject({ toCome: 1 });
  expect(await moves.movingIn()).toMatchObject({ toCome: 1 });
  expect(now, 'nothing was written, so nothing is counted').toBe(2000);

  await add();
  now += 20 * 2000;
  expect(await moves.movingIn(), 'nobody waits for the new count').toMatchObject({ toCome: 1 });
  await expect.poll(() => topics).toEqual(['keys']);
  expect(await moves.movingIn()).toMatchObject({ toCome: 2 });
});
