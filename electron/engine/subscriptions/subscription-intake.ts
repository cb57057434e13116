import { timingSafeEqual } from 'node:crypto';
import type { CancelSubscription, ReportSubscription } from '../../contract/http.ts';
import { Refusal, type Problem } from '../../contract/problem.ts';
import { decodeBase64 } from '../../core/base64url.ts';
import { checkSubscription, type SubscriptionChecks } from '../../core/subscription-check.ts';
import type { ChangeHub } from '../change-hub.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { WritableDb } from '../store/database.ts';
import type { SubscriptionStore } from '../store/subscription-store.ts';
import { asNew, merge, type Arrival } from './merge.ts';

/** What browsers tell through the subscribe page. */
export interface SubscriptionIntake {
  /**
   * Stores it, or brings a known one up to date and to life.
   * @param admitNew called before one that is not known is stored; what it throws keeps that one out
   * @throws Refusal BAD_INPUT for what no message could be sent to
   */
  report(input: ReportSubscription, admitNew?: () => void): { stored: 'new' | 'known' };
  /** @throws Refusal BAD_INPUT when the secret is not that of this subscription */
  cancel(input: CancelSubscription): { known: boolean };
}

export interface SubscriptionIntakeOptions {
  db: WritableDb;
  store: SubscriptionStore;
  /** Read for each report: the settings may change. */
  checks: () => SubscriptionChecks;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
}

export function createSubscriptionIntake({
  db,
  store,
  checks,
  changes,
  clock,
  log,
}: SubscriptionIntakeOptions): SubscriptionIntake {
  const keep = (arrival: Arrival): 'new' | 'known' => {
    const now = clock.now();
    if (store.addNew(asNew(arrival, now), arrival.source, now)) return 'new';
    const known = store.byEndpoint(arrival.subscription.endpoint);
    if (known === null) throw new Error('A known subscription cannot be found.');
    store.replace(known.id, merge(known, arrival, now).values, now);
    return 'known';
  };

  /** The browser has let go of it, so it is retired; a row that the push service retired keeps its better reason. */
  const retire = (endpoint: string): void => {
    const old = store.byEndpoint(endpoint);
    if (old === null || old.state === 'gone') return;
    store.setState(old.id, 'unsubscribed', clock.now());
  };

  return {
    report({ subscription, publicKey, replaces }, admitNew) {
      const check = checkSubscription(subscription, checks());
      if (check.kind === 'bad') throw new Refusal('BAD_INPUT', check.problem);
      if (!isPoint(publicKey, checks())) throw new Refusal('BAD_INPUT', NOT_A_PUBLIC_KEY);
      const stored = db.transaction(() => {
        if (admitNew !== undefined && store.byEndpoint(check.subscription.endpoint) === null) admitNew();
        const outcome = keep({ subscription: check.subscription, publicKey, source: 'page' });
        if (replaces !== undefined && replaces !== check.subscription.endpoint) retire(replaces);
        return outcome;
      });
      changes.publish('subscriptions', 'keys');
      log.info(
        { stored, pushService: check.subscription.pushService },
        'a browser reported its subscription',
      );
      return { stored };
    },

    cancel({ endpoint, auth }) {
      const known = store.byEndpoint(endpoint);
      if (known === null) return { known: false };
      if (!sameSecret(auth, known.auth)) throw new Refusal('BAD_INPUT', WRONG_SECRET);
      store.setState(known.id, 'unsubscribed', clock.now());
      changes.publish('subscriptions', 'keys');
      log.info({ subscriptionId: known.id }, 'a browser cancelled its subscription');
      return { known: true };
    },
  };
}

const NOT_A_PUBLIC_KEY: Problem = {
  code: 'public-key-malformed',
  cause: 'The public key is not a point on the curve P-256, so no browser can have subscribed with it.',
  cure: 'Load the subscribe page again.',
  field: 'publicKey',
};

const WRONG_SECRET: Problem = {
  code: 'wrong-secret',
  cause: 'The secret is not that of this subscription, so it stays as it is.',
  cure: 'Cancel it in the browser that subscribed.',
  field: 'auth',
};

function isPoint(publicKey: string, checks: SubscriptionChecks): boolean {
  const bytes = decodeBase64(publicKey);
  return bytes !== null && checks.isPointOnCurve(bytes);
}

/** Compares bytes, because the same secret may be written in base64 and in base64url, padded or not. */
function sameSecret(given: string, stored: string): boolean {
  const a = decodeBase64(given);
  const b = decodeBase64(stored);
  return a !== null && b !== null && a.length === b.length && timingSafeEqual(a, b);
}
