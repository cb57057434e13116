import type { SubscriptionId } from '../../../contract/ids.ts';
import type { PushServiceId } from '../../../contract/push-service.ts';
import type { Subscription, SubscriptionSource, SubscriptionState } from '../../../contract/subscriptions.ts';
import type { WritableDb } from '../../store/database.ts';
import { endpointKey } from '../../store/endpoint-key.ts';
import { SELECT_SUBSCRIPTIONS, toSubscription, type RawSubscription } from './subscription-row.ts';

/** What is written of a subscription. */
export interface SubscriptionValues {
  readonly endpoint: string;
  readonly pushService: PushServiceId;
  readonly p256dh: string;
  readonly auth: string;
  readonly publicKey: string | null;
  readonly expirationTime: number | null;
  readonly remark: string | null;
  readonly label: string | null;
  readonly state: SubscriptionState;
  readonly deletedAt: number | null;
}

/** What has to be known of a row to decide what becomes of it. */
export interface KnownSubscription {
  readonly id: SubscriptionId;
  readonly state: SubscriptionState;
  readonly publicKey: string | null;
  readonly auth: string;
  readonly label: string | null;
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
  /** In whatever spelling of it. */
  byEndpoint(endpoint: string): KnownSubscription | null;
  /** `false` when the endpoint is there already; then nothing is written. */
  addNew(values: SubscriptionValues, source: SubscriptionSource, now: number): boolean;
  /** Writes over a row; the time of its state moves only when the state does. */
  replace(id: SubscriptionId, values: SubscriptionValues, now: number): void;
  setState(id: SubscriptionId, state: SubscriptionState, now: number): void;
  /** Marks active ones whose time is over, and returns how many. */
  expireDue(now: number): number;
  /** In the order of their ids; unknown ones are left out. */
  keysOf(ids: readonly SubscriptionId[]): SubscriptionKeys[];
  /** To the bin; returns how many were not there yet. */
  moveToBin(ids: readonly SubscriptionId[], now: number): number;
  /** Out of the bin with the state they had; returns how many. */
  takeFromBin(ids: readonly SubscriptionId[]): number;
  /** Makes retired ones outside the bin active again; returns how many. */
  reactivate(ids: readonly SubscriptionId[], now: number): number;
}

interface RawKnown {
  id: number;
  state: SubscriptionState;
  public_key: string | null;
  auth: string;
  label: string | null;
  deleted_at: number | null;
}

interface RawKeys {
  endpoint: string;
  expiration_time: number | null;
  p256dh: string;
  auth: string;
}

export function createSubscriptionStore(db: WritableDb): SubscriptionStore {
  const one = db.read<{ id: number }, RawSubscription>(`${SELECT_SUBSCRIPTIONS} WHERE s.id = @id`);
  const known = db.read<{ key: Buffer }, RawKnown>(
    `SELECT id, state, public_key, auth, label, deleted_at FROM subscriptions WHERE endpoint_key = @key`,
  );
  const insert = db.write<SubscriptionValues & { key: Buffer; source: SubscriptionSource; now: number }>(
    `INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, public_key, state, expiration_time,
       label, source, remark, added_at, state_changed_at, deleted_at)
     VALUES (@endpoint, @key, @pushService, @p256dh, @auth, @publicKey, @state, @expirationTime,
       @label, @source, @remark, @now, @now, @deletedAt)
     ON CONFLICT (endpoint_key) DO NOTHING`,
  );
  const update = db.write<SubscriptionValues & { id: number; now: number }>(
    `UPDATE subscriptions SET push_service = @pushService, p256dh = @p256dh, auth = @auth, public_key = @publicKey,
       expiration_time = @expirationTime, remark = @remark, label = @label, deleted_at = @deletedAt,
       state_changed_at = iif(state = @state, state_changed_at, @now), state = @state
     WHERE id = @id`,
  );
  const changeState = db.write<{ id: number; state: SubscriptionState; now: number }>(
    `UPDATE subscriptions SET state = @state, state_changed_at = @now WHERE id = @id AND state <> @state`,
  );
  const anyDue = db.read<{ now: number }, { id: number }>(
    `SELECT id FROM subscriptions
     WHERE state = 'active' AND expiration_time IS NOT NULL AND expiration_time <= @now LIMIT 1`,
  );
  const expire = db.write<{ now: number }>(
    `UPDATE subscriptions SET state = 'expired', state_changed_at = @now
     WHERE state = 'active' AND expiration_time IS NOT NULL AND expiration_time <= @now`,
  );
  const keys = db.read<{ ids: string }, RawKeys>(
    `SELECT endpoint, expiration_time, p256dh, auth FROM subscriptions
     WHERE id IN (SELECT value FROM json_each(@ids)) ORDER BY id`,
  );
  const bin = db.write<{ ids: string; now: number }>(
    `UPDATE subscriptions SET deleted_at = @now
     WHERE id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NULL`,
  );
  const unbin = db.write<{ ids: string }>(
    `UPDATE subscriptions SET deleted_at = NULL
     WHERE id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NOT NULL`,
  );
  const revive = db.write<{ ids: string; now: number }>(
    `UPDATE subscriptions SET state = 'active', state_changed_at = @now
     WHERE id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NULL AND state IN ('gone', 'mismatched')`,
  );

  return {
    get(id) {
      const raw = one.get({ id });
      return raw === undefined ? null : toSubscription(raw);
    },
    byEndpoint(endpoint) {
      const raw = known.get({ key: endpointKey(endpoint) });
      return raw === undefined ? null : toKnown(raw);
    },
    addNew: (values, source, now) =>
      insert.run({ ...values, key: endpointKey(values.endpoint), source, now }).changes === 1,
    replace(id, values, now) {
      update.run({ ...values, id, now });
    },
    setState(id, state, now) {
      changeState.run({ id, state, now });
    },
    expireDue: (now) => (anyDue.get({ now }) === undefined ? 0 : expire.run({ now }).changes),
    keysOf: (ids) =>
      keys.all({ ids: JSON.stringify(ids) }).map((raw) => ({
        endpoint: raw.endpoint,
        expirationTime: raw.expiration_time,
        p256dh: raw.p256dh,
        auth: raw.auth,
      })),
    moveToBin: (ids, now) => bin.run({ ids: JSON.stringify(ids), now }).changes,
    takeFromBin: (ids) => unbin.run({ ids: JSON.stringify(ids) }).changes,
    reactivate: (ids, now) => revive.run({ ids: JSON.stringify(ids), now }).changes,
  };
}

function toKnown(raw: RawKnown): KnownSubscription {
  return {
    id: raw.id as SubscriptionId,
    state: raw.state,
    publicKey: raw.public_key,
    auth: raw.auth,
    label: raw.label,
    deletedAt: raw.deleted_at,
  };
}
