import type { CancelSubscription, OwnSubscription, ReportSubscription } from '../../../contract/http.ts';
import { Refusal, type Problem } from '../../../contract/problem.ts';
import { decodeBase64 } from '../../../core/text/base64url.ts';
import { isSameEndpoint } from '../../../core/subscription/canonical-endpoint.ts';
import { checkSubscription, type SubscriptionChecks } from '../../../core/subscription/subscription-check.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Reported } from '../../http/public-routes.ts';
import { isSameSecret } from '../../keys/same-secret.ts';
import type { WritableDb } from '../../store/database.ts';
import type { PagePeople } from './people/page-people.ts';
import type { PeopleWriter } from './people/people-writer.ts';
import { owned, withPage, withTold } from './people/person-changes.ts';
import type { SubscriptionId } from '../../../contract/ids.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { asNew, merge, type Arrival } from './merge.ts';
import type { SubscriptionMoves } from './subscription-moves-service.ts';

/**
 * What browsers report through the subscribe page. An endpoint alone proves nothing: a known subscription is changed only for a caller that
 * shows its secret, is never bound to another key, and is never changed while in the bin (docs/decisions/known-subscriptions.md).
 */
export interface SubscriptionIntake {
  /**
   * Stores it, or updates and revives a known one.
   * @param admitNew called before an unknown one is stored, unless a known one has moved to the key in use, and before one that left is
   *   revived; if it throws, nothing is stored
   * @throws Refusal BAD_INPUT for one that no message could be sent to, and for a known one without its secret or with another key
   */
  report(input: ReportSubscription, admitNew?: () => void): Reported;
  /** A wrong secret gets the same answer as an unknown endpoint: knowing an endpoint reveals nothing about the list. */
  cancel(input: CancelSubscription): { known: boolean };
  /** The row of a subscription in the list, for a caller that shows its secret; `null`: there is none. */
  idOf(own: OwnSubscription): SubscriptionId | null;
}

export interface SubscriptionIntakeOptions {
  db: WritableDb;
  store: SubscriptionStore;
  /** Read for each report: the settings may change. */
  checks: () => SubscriptionChecks;
  people: PeopleWriter;
  pagePeople: PagePeople;
  moves: Pick<SubscriptionMoves, 'noteSeen' | 'noteMoved' | 'noteMovedIn'>;
  /** The key of the subscribe page at the moment; `null`: none. */
  keyInUse: () => string | null;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
}

export function createSubscriptionIntake({
  db,
  store,
  checks,
  people,
  pagePeople,
  moves,
  keyInUse,
  changes,
  clock,
  log,
}: SubscriptionIntakeOptions): SubscriptionIntake {
  const keep = (
    arrival: Arrival & { publicKey: string },
    old: Replaced | null,
    admitNew: () => void,
  ): { stored: Reported['stored']; id: SubscriptionId } => {
    const now = clock.now();
    const added = store.addNew(asNew(arrival, now), arrival.source, now);
    if (added !== null) return { stored: 'new', id: added };
    const { endpoint, auth } = arrival.subscription;
    const known = store.byEndpoint(endpoint);
    if (known === null) throw new Error('A known subscription cannot be found.');
    if (known.deletedAt !== null) return { stored: 'in-bin', id: known.id };
    const isItself = old !== null && isSameEndpoint(old.endpoint, endpoint);
    const shown = [auth, isItself ? old.auth : null];
    if (!shown.some((secret) => isSameSecret(secret, known.auth))) {
      throw new Refusal('BAD_INPUT', OTHER_SECRET);
    }
    if (known.publicKey !== null && known.publicKey !== arrival.publicKey) {
      throw new Refusal('BAD_INPUT', OTHER_KEY);
    }
    // Otherwise one that moved could be revived and move again, each time to a new one that is not counted.
    if (known.state === 'unsubscribed') admitNew();
    store.replace(known.id, merge(known, arrival, now).values, now, 'page');
    return { stored: 'known', id: known.id };
  };

  /** The browser has given it up, so it is retired; a row that the push service retired keeps its better reason. */
  const retire = (
    { endpoint, auth }: Replaced,
    by: SubscriptionId | null,
    newKey: string | null,
  ): Reported['replaced'] => {
    const old = store.byEndpoint(endpoint);
    if (old === null || old.deletedAt !== null) return 'none';
    if (!isSameSecret(auth, old.auth)) return 'unproven';
    // It is the same browser, so what is known about its owner is carried over.
    const person = people.of(old.id);
    if (person !== null && by !== null) {
      people.change([by], (before) => ({
        ...withTold(withPage(before, person), owned(person)),
        removedTags: person.removedTags,
      }));
    }
    if (newKey !== null && old.publicKey !== null && old.publicKey !== newKey) moves.noteMoved(old.publicKey);
    if (old.state !== 'gone') store.setState(old.id, 'unsubscribed', clock.now(), 'page');
    return 'retired';
  };

  /**
   * Whether a browser in the list has moved to the key in use. Its proof works only once: it retires the subscription that it names, and
   * the new one already has that key.
   */
  const hasMoved = (old: Replaced | null, publicKey: string): boolean => {
    if (old === null || publicKey !== keyInUse()) return false;
    const known = store.byEndpoint(old.endpoint);
    if (known === null || known.deletedAt !== null || known.state !== 'active') return false;
    // Another sender's subscription may have been made with the same key, by a worker that the kit replaces.
    const isOther = known.publicKey !== publicKey || store.get(known.id)?.source === 'import';
    return isOther && isSameSecret(old.auth, known.auth);
  };

  return {
    report({ subscription, publicKey, replaces, person, movedIn }, admitNew = () => undefined) {
      const check = checkSubscription(subscription, checks());
      if (check.kind === 'bad') throw new Refusal('BAD_INPUT', check.problem);
      const point = decodeBase64(publicKey);
      if (point === null || !checks().isPointOnCurve(point)) {
        throw new Refusal('BAD_INPUT', NOT_A_PUBLIC_KEY);
      }
      const { endpoint, pushService } = check.subscription;
      const arrival = {
        subscription: check.subscription,
        // The last character has bits that mean nothing: the same key must not look like another one.
        publicKey: Buffer.from(point).toString('base64url'),
        source: 'page',
      } as const;
      const old = typeof replaces === 'string' ? { endpoint: replaces, auth: null } : (replaces ?? null);
      const reported = db.transaction((): Reported => {
        if (store.byEndpoint(endpoint) === null && !hasMoved(old, arrival.publicKey)) admitNew();
        const { stored, id } = keep(arrival, old, admitNew);
        const by = stored === 'in-bin' ? null : id;
        // A report that is sent twice counts no move twice.
        const newKey = stored === 'new' ? arrival.publicKey : null;
        const replaced =
          old === null || isSameEndpoint(old.endpoint, endpoint) ? 'none' : retire(old, by, newKey);
        const isFirst = by !== null && moves.noteSeen(by);
        if (isFirst && movedIn !== undefined) moves.noteMovedIn(movedIn);
        if (person === undefined || by === null) return { stored, replaced, leftOut: 0 };
        const { change, leftOut } = pagePeople.read(person);
        people.change([by], change, 'page');
        return { stored, replaced, leftOut };
      });
      changes.publish('subscriptions', 'keys', 'segments', 'tags');
      log.info({ ...reported, pushService }, 'a browser reported its subscription');
      return reported;
    },

    cancel({ endpoint, auth }) {
      const known = store.byEndpoint(endpoint);
      if (known === null || known.deletedAt !== null) return { known: false };
      if (!isSameSecret(auth, known.auth)) {
        log.info({ subscriptionId: known.id }, 'a cancellation with a wrong secret was left out');
        return { known: false };
      }
      store.setState(known.id, 'unsubscribed', clock.now(), 'page');
      changes.publish('subscriptions', 'keys');
      log.info({ subscriptionId: known.id }, 'a browser cancelled its subscription');
      return { known: true };
    },

    idOf({ endpoint, auth }) {
      const known = store.byEndpoint(endpoint);
      const isThere = known !== null && known.deletedAt === null && isSameSecret(auth, known.auth);
      return isThere ? known.id : null;
    },
  };
}

/** The one that is reported as over; without its secret in the form that earlier pages used. */
interface Replaced {
  readonly endpoint: string;
  readonly auth: string | null;
}

const NOT_A_PUBLIC_KEY: Problem = {
  code: 'public-key-malformed',
  cause: 'The public key is not a point on the curve P-256, so no browser can have subscribed with it.',
  cure: 'Reload the subscribe page.',
  field: 'publicKey',
};

const SUBSCRIBE_AGAIN = 'On the subscribe page, press Cancel subscription, then Subscribe.';

const OTHER_SECRET: Problem = {
  code: 'wrong-secret',
  cause: 'Pushdesk has this subscription with different keys, so nothing was changed.',
  cure: SUBSCRIBE_AGAIN,
  field: 'subscription.keys.auth',
};

const OTHER_KEY: Problem = {
  code: 'other-key-pair',
  cause:
    'Pushdesk has this subscription with a different key pair. A subscription never changes its key pair, so nothing was changed.',
  cure: SUBSCRIBE_AGAIN,
  field: 'publicKey',
};
