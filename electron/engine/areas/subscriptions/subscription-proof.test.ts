import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ReportSubscription, SubscriptionJson } from '../../../contract/http.ts';
import { Refusal } from '../../../contract/problem.ts';
import { subscriptionStateSchema, type SubscriptionState } from '../../../contract/subscriptions.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../testing/temp-subscriptions.ts';

/** Every way for a report from outside to meet a known row: what the row is, which secret is shown, and which key. */
const STATES = subscriptionStateSchema.options;
const PLACES = ['in the list', 'in the bin'] as const;
/** `own`: the keys are those of the row; `old`: the keys are new, and its secret is shown as that of the subscription being replaced. */
const PROOFS = ['own', 'old', 'wrong old', 'old of another endpoint', 'endpoint alone', 'none'] as const;
const KEYS = ['the same', 'another', 'not known yet'] as const;

const OWN_KEY = makeKeyPair().publicKey;
const OTHER_KEY = makeKeyPair().publicKey;
const wrongSecret = () => randomBytes(16).toString('base64url');

const CASES = STATES.flatMap((state) =>
  PLACES.flatMap((place) =>
    PROOFS.flatMap((proof) => KEYS.map((key) => [state, place, proof, key] as const)),
  ),
);

function rig(state: SubscriptionState, place: (typeof PLACES)[number], key: (typeof KEYS)[number]) {
  const temp = tempSubscriptions();
  const row = browserSubscription();
  temp.service.report({ subscription: row, publicKey: OWN_KEY });
  temp.db
    .write<object>(
      'UPDATE subscriptions SET state = @state, deleted_at = @deletedAt, public_key = @publicKey',
    )
    .run({
      state,
      deletedAt: place === 'in the bin' ? 5 : null,
      publicKey: key === 'not known yet' ? null : OWN_KEY,
    });
  const rows = () => temp.db.read<object, object>('SELECT * FROM subscriptions ORDER BY id').all({});
  return { ...temp, row, rows };
}

function reportOf(
  row: SubscriptionJson,
  proof: (typeof PROOFS)[number],
  key: (typeof KEYS)[number],
): ReportSubscription {
  const publicKey = key === 'another' ? OTHER_KEY : OWN_KEY;
  const stolen = browserSubscription({ endpoint: row.endpoint });
  const { endpoint } = row;
  switch (proof) {
    case 'own':
      return { subscription: row, publicKey };
    case 'old':
      return { subscription: stolen, publicKey, replaces: { endpoint, auth: row.keys.auth } };
    case 'wrong old':
      return { subscription: stolen, publicKey, replaces: { endpoint, auth: wrongSecret() } };
    case 'old of another endpoint':
      return { subscription: stolen, publicKey, replaces: { endpoint: `${endpoint}x`, auth: row.keys.auth } };
    case 'endpoint alone':
      return { subscription: stolen, publicKey, replaces: endpoint };
    case 'none':
      return { subscription: stolen, publicKey };
  }
}

function outcomeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal) return error.problem.code;
    throw error;
  }
}

describe.each(CASES)(
  'a row that is %s, %s, reported with proof "%s" and %s key',
  (state, place, proof, key) => {
    it('is changed only in the list, with its secret, and with its own key', () => {
      const { service, row, rows } = rig(state, place, key);
      const before = rows();
      const outcome = outcomeOf(() => service.report(reportOf(row, proof, key)));
      const proven = proof === 'own' || proof === 'old';
      if (place === 'in the bin') expect(outcome).toEqual({ stored: 'in-bin', replaced: 'none', leftOut: 0 });
      else if (!proven) expect(outcome).toBe('wrong-secret');
      else if (key === 'another') expect(outcome).toBe('other-key-pair');
      else expect(outcome).toEqual({ stored: 'known', replaced: 'none', leftOut: 0 });
      if (place === 'in the list' && proven && key !== 'another') {
        expect(rows()).toMatchObject([{ state: 'active', public_key: OWN_KEY, deleted_at: null }]);
      } else expect(rows()).toEqual(before);
    });
  },
);

describe.each(STATES.flatMap((state) => PLACES.map((place) => [state, place] as const)))(
  'a row that is %s, %s',
  (state, place) => {
    it.each([
      ['its secret', true],
      ['a wrong secret', false],
      ['nothing', null],
    ] as const)('is replaced by another only with its secret: %s', (_name, right) => {
      const { service, row, rows } = rig(state, place, 'the same');
      const before = rows();
      const subscription = browserSubscription();
      const { endpoint } = row;
      const auth = right === true ? row.keys.auth : wrongSecret();
      const replaces = right === null ? endpoint : { endpoint, auth };
      const outcome = service.report({ subscription, publicKey: OTHER_KEY, replaces });
      const retired = place === 'in the list' && right === true;
      expect(outcome).toEqual({
        stored: 'new',
        replaced: place === 'in the bin' ? 'none' : retired ? 'retired' : 'unproven',
        leftOut: 0,
      });
      if (retired && state !== 'gone') expect(rows()[0]).toMatchObject({ state: 'unsubscribed' });
      else expect(rows()[0]).toEqual(before[0]);
      expect(rows()).toHaveLength(2);
    });

    it.each([true, false])('is cancelled only with its secret: %s', (right) => {
      const { service, row, rows } = rig(state, place, 'the same');
      const before = rows();
      const auth = right ? row.keys.auth : wrongSecret();
      const outcome = outcomeOf(() => service.cancel({ endpoint: row.endpoint, auth }));
      expect(outcome).toEqual({ known: place === 'in the list' && right });
      if (place === 'in the list' && right) expect(rows()).toMatchObject([{ state: 'unsubscribed' }]);
      else expect(rows()).toEqual(before);
    });
  },
);

it('a refused report retires nothing, whatever it proves of another', () => {
  const { service, row, rows } = rig('active', 'in the list', 'the same');
  const mine = browserSubscription();
  service.report({ subscription: mine, publicKey: OWN_KEY });
  const before = rows();
  const outcome = outcomeOf(() =>
    service.report({
      subscription: browserSubscription({ endpoint: row.endpoint }),
      publicKey: OWN_KEY,
      replaces: { endpoint: mine.endpoint, auth: mine.keys.auth },
    }),
  );
  expect(outcome).toBe('wrong-secret');
  expect(rows()).toEqual(before);
});
