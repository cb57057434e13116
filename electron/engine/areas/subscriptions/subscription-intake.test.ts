import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../contract/problem.ts';
import { subscriptionStateSchema } from '../../../contract/subscriptions.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../testing/temp-subscriptions.ts';

const { publicKey } = makeKeyPair();

describe('a browser reports its subscription', () => {
  it('which is stored once, with the key it was made with', () => {
    const { service, all, addKeyPair, clock, topics } = tempSubscriptions();
    const pair = addKeyPair('Shop');
    const subscription = browserSubscription();
    expect(service.report({ subscription, publicKey: pair.publicKey })).toEqual({
      stored: 'new',
      replaced: 'none',
      leftOut: 0,
    });
    const added = clock.now();
    clock.advance(1000);
    expect(service.report({ subscription, publicKey: pair.publicKey })).toEqual({
      stored: 'known',
      replaced: 'none',
      leftOut: 0,
    });
    expect(all()).toEqual([
      {
        id: 1,
        endpoint: subscription.endpoint,
        pushService: 'fcm',
        state: 'active',
        publicKey: pair.publicKey,
        keyPairId: pair.id,
        keyPairName: 'Shop',
        expirationTime: null,
        label: null,
        externalId: null,
        tags: [],
        attributes: {},
        source: 'page',
        remark: null,
        addedAt: added,
        stateChangedAt: added,
        lastDelivery: null,
        lastAcceptedAt: null,
        deletedAt: null,
      },
    ]);
    expect(topics).toContain('subscriptions');
  });

  it('with a key that this machine does not hold', () => {
    const { service, all } = tempSubscriptions();
    service.report({ subscription: browserSubscription(), publicKey });
    expect(all()).toMatchObject([{ publicKey, keyPairId: null, keyPairName: null }]);
  });

  it.each(subscriptionStateSchema.options)('which lives again, whatever it was: %s', (state) => {
    const { service, all, db, clock } = tempSubscriptions();
    const subscription = browserSubscription();
    service.report({ subscription, publicKey });
    db.write<object>('UPDATE subscriptions SET state = @state').run({ state });
    clock.advance(1000);
    expect(service.report({ subscription, publicKey })).toEqual({
      stored: 'known',
      replaced: 'none',
      leftOut: 0,
    });
    expect(all()).toMatchObject([{ state: 'active' }]);
    expect(all()[0]?.stateChangedAt).toBe(state === 'active' ? clock.now() - 1000 : clock.now());
  });

  it('which takes the place of an older one', () => {
    const { service, all } = tempSubscriptions();
    const old = browserSubscription();
    const renewed = browserSubscription();
    const own = { endpoint: old.endpoint, auth: old.keys.auth };
    service.report({ subscription: old, publicKey });
    expect(service.report({ subscription: renewed, publicKey, replaces: own }).replaced).toBe('retired');
    const states = [
      [renewed.endpoint, 'active'],
      [old.endpoint, 'unsubscribed'],
    ];
    expect(all().map(({ endpoint, state }) => [endpoint, state])).toEqual(states);
    const itself = { endpoint: renewed.endpoint, auth: renewed.keys.auth };
    service.report({ subscription: renewed, publicKey, replaces: itself });
    service.report({ subscription: renewed, publicKey, replaces: renewed.endpoint });
    const unknown = { endpoint: 'https://nobody.example/knows', auth: own.auth };
    expect(service.report({ subscription: renewed, publicKey, replaces: unknown }).replaced).toBe('none');
    expect(all().map(({ endpoint, state }) => [endpoint, state])).toEqual(states);
  });

  it('which keeps the better reason of one that the push service retired', () => {
    const { service, all, db } = tempSubscriptions();
    const old = browserSubscription();
    service.report({ subscription: old, publicKey });
    db.write<object>("UPDATE subscriptions SET state = 'gone'").run({});
    const replaces = { endpoint: old.endpoint, auth: old.keys.auth };
    service.report({ subscription: browserSubscription(), publicKey, replaces });
    expect(all().at(-1)?.state).toBe('gone');
  });

  it('with the same key, spelt with other bits at its end', () => {
    const { service, all } = tempSubscriptions();
    const subscription = browserSubscription();
    service.report({ subscription, publicKey });
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(publicKey.slice(-1));
    const spelt = publicKey.slice(0, -1) + alphabet.charAt(last ^ 1);
    expect(service.report({ subscription, publicKey: spelt }).stored).toBe('known');
    expect(all()[0]?.publicKey).toBe(publicKey);
  });

  it.each([
    ['a private address', { endpoint: 'https://127.0.0.1/push/1' }, 'endpoint-private'],
    ['http', { endpoint: 'http://push.example.com/1' }, 'endpoint-not-https'],
    ['no address', { endpoint: 'push' }, 'endpoint-malformed'],
    [
      'a point off the curve',
      { keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) } },
      'p256dh-not-on-curve',
    ],
    ['a short secret', { keys: { ...browserSubscription().keys, auth: 'AAAA' } }, 'auth-length'],
  ])('with %s: refused, nothing stored', (_name, change, code) => {
    const { service, all } = tempSubscriptions();
    const refusal = refusalOf(() => service.report({ subscription: browserSubscription(change), publicKey }));
    expect(refusal).toMatchObject({ kind: 'BAD_INPUT', problem: { code } });
    expect(all()).toEqual([]);
  });

  it('with a public key that is no point: refused, nothing stored', () => {
    const { service, all } = tempSubscriptions();
    const bad = `B${'A'.repeat(86)}`;
    const refusal = refusalOf(() => service.report({ subscription: browserSubscription(), publicKey: bad }));
    expect(refusal.problem.field).toBe('publicKey');
    expect(all()).toEqual([]);
  });

  it('at a private address, where the person allows that', () => {
    const { service, all } = tempSubscriptions({ allowPrivate: true });
    service.report({ subscription: browserSubscription({ host: '127.0.0.1:8443/push' }), publicKey });
    expect(all()).toMatchObject([{ pushService: 'other', state: 'active' }]);
  });

  it('without its secrets in the log', () => {
    const { service, captured } = tempSubscriptions();
    const subscription = browserSubscription();
    service.report({ subscription, publicKey });
    expect(captured.text()).not.toContain(subscription.keys.auth);
    expect(captured.text()).not.toContain(subscription.endpoint);
  });
});

describe('a browser cancels', () => {
  it('with its secret, in either alphabet', () => {
    const { service, all, clock } = tempSubscriptions();
    const subscription = browserSubscription();
    service.report({ subscription, publicKey });
    clock.advance(5);
    const auth = Buffer.from(subscription.keys.auth, 'base64url').toString('base64');
    expect(service.cancel({ endpoint: subscription.endpoint, auth })).toEqual({ known: true });
    expect(all()).toMatchObject([{ state: 'unsubscribed', stateChangedAt: clock.now() }]);
    expect(service.cancel({ endpoint: subscription.endpoint, auth })).toEqual({ known: true });
  });

  it('one that nobody knows', () => {
    const { service } = tempSubscriptions();
    expect(service.cancel({ endpoint: 'https://nobody.example/knows', auth: 'AAAA' })).toEqual({
      known: false,
    });
  });

  it.each([browserSubscription().keys.auth, '', 'not base64 at all', 'AAAA'])(
    'with a wrong secret: it stays, and the answer is that for an unknown one (%s)',
    (auth) => {
      const { service, all } = tempSubscriptions();
      const subscription = browserSubscription();
      service.report({ subscription, publicKey });
      expect(service.cancel({ endpoint: subscription.endpoint, auth })).toEqual({ known: false });
      expect(all()[0]?.state).toBe('active');
    },
  );
});

function refusalOf(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
