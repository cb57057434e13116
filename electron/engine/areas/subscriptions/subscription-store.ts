import type { SubscriptionId } from '../../../contract/ids.ts';
import type { PushServiceId } from '../../../contract/push-service.ts';
import type { Subscription, SubscriptionSource, SubscriptionState } from '../../../contract/subscriptions.ts';
import type { WritableDb } from '../../store/database.ts';
import { endpointKey } from '../../store/endpoint-key.ts';
import {
  SELECT_SUBSCRIPTIONS,
  toSubscription,
  type RawSubscription,
  type TagNames,
} from './subscription-row.ts';

/** Why a state changes, or why a row moves into or out of the bin. See [Note: state changes]. */
export type StateCause = 'page' | 'import' | 'person' | 'expiry' | 'api';

/** What is written for a subscription. */
export interface SubscriptionValues {
  readonly endpoint: string;
  readonly pushService: PushServiceId;
  readonly p256dh: string;
  readonly auth: string;
  readonly publicKey: string | null;
  readonly expirationTime: number | null;
  readonly remark: string | null;
  readonly state: SubscriptionState;
  readonly deletedAt: number | null;
}

/** What has to be known about a row to decide what becomes of it. */
export interface KnownSubscription {
  readonly id: SubscriptionId;
  readonly state: SubscriptionState;
  readonly publicKey: string | null;
  readonly auth: string;
  readonly deletedAt: number | null;
}

export interface SubscriptionKeys {
  readonly endpoint: string;
  readonly expirationTime: number | null;
  readonly p256dh: string;
  readonly auth: string;
}

export interface SubscriptionStore {
  get(id: SubscriptionId): Subscription | null;
  /** However it is spelled. */
  byEndpoint(endpoint: string): KnownSubscription | null;
  /** `null` if the endpoint is already there; then nothing is written. */
  addNew(values: SubscriptionValues, source: SubscriptionSource, now: number): SubscriptionId | null;
  /** Overwrites a row; the time of its state changes only when the state does. */
  replace(id: SubscriptionId, values: SubscriptionValues, now: number, cause: StateCause): void;
  setState(id: SubscriptionId, state: SubscriptionState, now: number, cause: StateCause): void;
  /** Marks active ones whose time is over, and returns how many. */
  expireDue(now: number): number;
  /** Makes those active again that were marked too early; returns how many. */
  unexpire(now: number): number;
  /** In the order of their ids; unknown ones are left out. */
  keysOf(ids: readonly SubscriptionId[]): SubscriptionKeys[];
  /** Moves them to the bin; returns those that were not there yet. */
  moveToBin(ids: readonly SubscriptionId[], now: number, cause: StateCause): SubscriptionId[];
  /** Takes them out of the bin with the state they had; returns those that were there. */
  takeFromBin(ids: readonly SubscriptionId[], now: number, cause: StateCause): SubscriptionId[];
  /** Makes retired ones outside the bin active again; returns those. */
  reactivate(ids: readonly SubscriptionId[], now: number, cause: StateCause): SubscriptionId[];
}

interface RawKnown {
  id: number;
  state: SubscriptionState;
  public_key: string | null;
  auth: string;
  deleted_at: number | null;
}

interface RawKeys {
  endpoint: string;
  expiration_time: number | null;
  p256dh: string;
  auth: string;
}

export function createSubscriptionStore(db: WritableDb, tagNames: TagNames = () => []): SubscriptionStore {
  const one = db.read<{ id: number }, RawSubscription>(`${SELECT_SUBSCRIPTIONS} WHERE s.id = @id`);
  const known = db.read<{ key: Buffer }, RawKnown>(
    `SELECT id, state, public_key, auth, deleted_at FROM subscriptions WHERE endpoint_key = @key`,
  );
  const insert = db.write<SubscriptionValues & { key: Buffer; source: SubscriptionSource; now: number }>(
    `INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, public_key, state, expiration_time,
       source, remark, added_at, state_changed_at, deleted_at)
     VALUES (@endpoint, @key, @pushService, @p256dh, @auth, @publicKey, @state, @expirationTime,
       @source, @remark, @now, @now, @deletedAt)
     ON CONFLICT (endpoint_key) DO NOTHING`,
  );
  const update = db.write<SubscriptionValues & { id: number; now: number; cause: StateCause }>(
    `UPDATE subscriptions SET push_service = @pushService, p256dh = @p256dh, auth = @auth, public_key = @publicKey,
       expiration_time = @expirationTime, remark = @remark, deleted_at = @deletedAt,
       state_changed_at = iif(state = @state, state_changed_at, @now), state = @state,
       state_cause = @cause, cause_at = @now
     WHERE id = @id`,
  );
  const changeState = db.write<{ id: number; state: SubscriptionState; now: number; cause: StateCause }>(
    `UPDATE subscriptions SET state = @state, state_changed_at = @now, state_cause = @cause, cause_at = @now WHERE id = @id AND state <> @state`,
  );
  const anyDue = db.read<{ now: number }, { id: number }>(
    `SELECT id FROM subscriptions
     WHERE state = 'active' AND expiration_time IS NOT NULL AND expiration_time <= @now LIMIT 1`,
  );
  const expire = db.write<{ now: number }>(
    `UPDATE subscriptions SET state = 'expired', state_changed_at = @now, state_cause = 'expiry', cause_at = @now
     WHERE state = 'active' AND expiration_time IS NOT NULL AND expiration_time <= @now`,
  );
  const anyExpired = db.read<object, { count: number }>(
    "SELECT count FROM subscription_sums WHERE state = 'expired' AND count > 0 LIMIT 1",
  );
  const unexpire = db.write<{ now: number }>(
    `UPDATE subscriptions SET state = 'active', state_changed_at = @now, state_cause = 'expiry', cause_at = @now
     WHERE state = 'expired' AND expiration_time > @now`,
  );
  const keys = db.read<{ ids: string }, RawKeys>(
    `SELECT endpoint, expiration_time, p256dh, auth FROM subscriptions
     WHERE id IN (SELECT value FROM json_each(@ids)) ORDER BY id`,
  );
  type Move = { ids: string; now: number; cause: StateCause };
  const bin = db.writeReturning<Move, { id: SubscriptionId }>(
    `UPDATE subscriptions SET deleted_at = @now, state_cause = @cause, cause_at = @now
     WHERE id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NULL RETURNING id`,
  );
  const unbin = db.writeReturning<Move, { id: SubscriptionId }>(
    `UPDATE subscriptions SET deleted_at = NULL, state_cause = @cause, cause_at = @now
     WHERE id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NOT NULL RETURNING id`,
  );
  const revive = db.writeReturning<Move, { id: SubscriptionId }>(
    `UPDATE subscriptions SET state = 'active', state_changed_at = @now, state_cause = @cause, cause_at = @now
     WHERE id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NULL AND state IN ('gone', 'mismatched') RETURNING id`,
  );
  const moved = (ids: readonly SubscriptionId[], now: number, cause: StateCause) => ({
    ids: JSON.stringify(ids),
    now,
    cause,
  });
  const idsOf = (rows: readonly { id: SubscriptionId }[]) => rows.map(({ id }) => id);

  return {
    get(id) {
      const raw = one.get({ id });
      return raw === undefined ? null : toSubscription(raw, tagNames);
    },
    byEndpoint(endpoint) {
      const raw = known.get({ key: endpointKey(endpoint) });
      return raw === undefined ? null : toKnown(raw);
    },
    addNew(values, source, now) {
      const { changes, lastId } = insert.run({ ...values, key: endpointKey(values.endpoint), source, now });
      return changes === 1 ? (lastId as SubscriptionId) : null;
    },
    replace(id, values, now, cause) {
      update.run({ ...values, id, now, cause });
    },
    setState(id, state, now, cause) {
      changeState.run({ id, state, now, cause });
    },
    expireDue: (now) => (anyDue.get({ now }) === undefined ? 0 : expire.run({ now }).changes),
    unexpire: (now) => (anyExpired.get({}) === undefined ? 0 : unexpire.run({ now }).changes),
    keysOf: (ids) =>
      keys.all({ ids: JSON.stringify(ids) }).map((raw) => ({
        endpoint: raw.endpoint,
        expirationTime: raw.expiration_time,
        p256dh: raw.p256dh,
        auth: raw.auth,
      })),
    moveToBin: (ids, now, cause) => idsOf(bin.all(moved(ids, now, cause))),
    takeFromBin: (ids, now, cause) => idsOf(unbin.all(moved(ids, now, cause))),
    reactivate: (ids, now, cause) => idsOf(revive.all(moved(ids, now, cause))),
  };
}

function toKnown(raw: RawKnown): KnownSubscription {
  return {
    id: raw.id as SubscriptionId,
    state: raw.state,
    publicKey: raw.public_key,
    auth: raw.auth,
    deletedAt: raw.deleted_at,
  };
}
