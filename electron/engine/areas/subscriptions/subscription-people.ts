import type { z } from 'zod';
import type { SubscriptionId } from '../../../contract/ids.ts';
import { MAX_ATTRIBUTES, MAX_TAGS } from '../../../contract/people.ts';
import { Refusal, type Problem } from '../../../contract/problem.ts';
import type { StateChange, Subscription } from '../../../contract/subscriptions.ts';
import type {
  updateSubscriptionInputSchema,
  upsertSubscriptionInputSchema,
} from '../../../contract/subscription-changes.ts';
import { checkSubscription, type SubscriptionChecks } from '../../../core/subscription/subscription-check.ts';
import { decodeBase64 } from '../../../core/text/base64url.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import { mustStillBe } from '../../base/must-still-be.ts';
import type { WritableDb } from '../../store/database.ts';
import { asNew, merge, type Arrival } from './merge.ts';
import type { Facts } from './people/facts.ts';
import type { PersonValues } from './people/people-store.ts';
import type { PeopleWriter } from './people/people-writer.ts';
import { withOwner, withTold } from './people/person-changes.ts';
import type { StateChangeStore } from './state-change-store.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { subscriptionUnknown } from './subscription-unknown.ts';

type Upsert = z.output<typeof upsertSubscriptionInputSchema>;
type Stored = { id: SubscriptionId; stored: 'new' | 'updated' };

/** What an owner says about one subscription, or a backend about its own. */
export interface SubscriptionPeople {
  /**
   * Stores one, or updates a known one.
   * @throws Refusal BAD_INPUT
   */
  upsert(row: Upsert): Stored;
  /** One answer for each, in order. */
  upsertMany(input: { rows: Upsert[] }): { rows: (Stored | { stored: 'refused'; problem: Problem })[] };
  /** @throws Refusal NOT_FOUND; BAD_INPUT if it would have too many tags or attributes */
  update(input: z.output<typeof updateSubscriptionInputSchema>): Subscription;
  /**
   * The most recent ones, newest first.
   * @throws Refusal NOT_FOUND
   */
  states(input: { id: SubscriptionId }): { items: StateChange[] };
}

export interface SubscriptionPeopleOptions {
  db: WritableDb;
  store: SubscriptionStore;
  people: PeopleWriter;
  facts: Facts;
  history: StateChangeStore;
  /** Read for each: the settings may change. */
  checks: () => SubscriptionChecks;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
}

export function createSubscriptionPeople(options: SubscriptionPeopleOptions): SubscriptionPeople {
  const { db, store, people, facts, history, checks, changes, clock } = options;

  const told = () => {
    changes.publish('subscriptions', 'keys', 'segments', 'tags');
  };

  /** Stores one; all or nothing. */
  const keep = (row: Upsert): Stored => {
    const check = checkSubscription(row.subscription, checks());
    if (check.kind === 'bad') throw new Refusal('BAD_INPUT', check.problem);
    const arrival: Arrival = {
      subscription: check.subscription,
      publicKey: pointOf(row.publicKey, checks()),
      source: 'import',
    };
    return db.transaction(() => {
      const now = clock.now();
      const added = store.addNew(asNew(arrival, now), 'import', now);
      const known = added === null ? store.byEndpoint(check.subscription.endpoint) : null;
      if (known !== null) store.replace(known.id, merge(known, arrival, now).values, now, 'api');
      const id = added ?? known?.id;
      if (id === undefined) throw new Error('A known subscription cannot be found.');
      const { label, externalId, attributes } = row;
      const tags = row.tags === undefined ? undefined : facts.tagIds(row.tags);
      people.change([id], (before) => bounded(withTold(before, { label, externalId, tags, attributes })));
      return { id, stored: added === null ? 'updated' : 'new' };
    });
  };

  return {
    update({ id, was, ...change }) {
      db.transaction(() => {
        const seen = store.get(id);
        if (seen === null) throw subscriptionUnknown();
        const { attributes = {}, ...fields } = was ?? {};
        mustStillBe(seen, fields);
        const unset = Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
        mustStillBe({ ...unset, ...seen.attributes }, attributes);
        const ids = (names: readonly string[] | undefined) =>
          names === undefined ? undefined : facts.tagIds(names);
        people.change([id], (before) =>
          bounded(
            withOwner(before, {
              ...change,
              tags: ids(change.tags),
              addTags: ids(change.addTags),
              removeTags: facts.knownTagIds(change.removeTags ?? []),
            }),
          ),
        );
      });
      told();
      const after = store.get(id);
      if (after === null) throw subscriptionUnknown();
      return after;
    },

    upsert(row) {
      const stored = keep(row);
      told();
      return stored;
    },

    upsertMany({ rows }) {
      const answers = rows.map((row) => {
        try {
          return keep(row);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          return { stored: 'refused' as const, problem: error.problem };
        }
      });
      told();
      return { rows: answers };
    },

    states({ id }) {
      if (store.get(id) === null) throw subscriptionUnknown();
      return { items: history.of(id) };
    },
  };
}

/** @throws Refusal BAD_INPUT if one person would have more than there is room for */
export function bounded(person: PersonValues): PersonValues {
  if (person.tags.length > MAX_TAGS) throw new Refusal('BAD_INPUT', tooMany('tags', MAX_TAGS));
  if (Object.keys(person.attributes).length > MAX_ATTRIBUTES) {
    throw new Refusal('BAD_INPUT', tooMany('attributes', MAX_ATTRIBUTES));
  }
  return person;
}

const tooMany = (field: 'tags' | 'attributes', most: number): Problem => ({
  code: `too-many-${field}`,
  cause: `One subscription can have ${most} ${field}, and this one would have more.`,
  cure: `Remove some of its ${field} first.`,
  field,
});

/** The last character has bits that mean nothing: the same key must not look like another one. */
function pointOf(publicKey: string | null, checks: SubscriptionChecks): string | null {
  if (publicKey === null) return null;
  const point = decodeBase64(publicKey);
  if (point !== null && checks.isPointOnCurve(point)) return Buffer.from(point).toString('base64url');
  throw new Refusal('BAD_INPUT', {
    code: 'public-key-malformed',
    cause: 'The public key is not a point on the curve P-256.',
    cure: 'Send the public key that the subscription was made with, or leave it out.',
    field: 'publicKey',
  });
}
