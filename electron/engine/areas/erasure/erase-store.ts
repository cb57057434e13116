import type { CampaignId, DeliveryId, KeyPairId, SubscriptionId } from '../../../contract/ids.ts';
import type { PushServiceId } from '../../../contract/push-service.ts';
import type { DeliveryState } from '../../../contract/deliveries.ts';
import { createDeliveryRemovalStore } from '../../dispatch/delivery-removal-store.ts';
import type { WritableDb } from '../../store/database.ts';
import { soundCountSql } from '../../store/sound.ts';

/** A subscription to erase, with everything it could be found by. */
export interface ErasedSubscription {
  readonly id: SubscriptionId;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly label: string | null;
  readonly externalId: string | null;
}

export interface ErasedDelivery {
  readonly id: DeliveryId;
  readonly campaignId: CampaignId;
  readonly pushService: PushServiceId;
  readonly keyPairId: KeyPairId;
  readonly state: DeliveryState;
  readonly diagnosis: string | null;
  /** Its campaign is still being written, so it has not counted its recipients yet. */
  readonly isUncounted: boolean;
}

/** Rows of all tables that belong to a person. */
export interface EraseStore {
  /** Those of these that exist. */
  subscriptions(ids: readonly SubscriptionId[]): ErasedSubscription[];
  /** Some of what has been in the bin since `before` (ms since 1970) or longer. */
  inBin(before: number, limit: number): SubscriptionId[];
  binCount(): number;
  campaignCount(): number;
  deliveries(ids: readonly SubscriptionId[]): ErasedDelivery[];
  /**
   * Takes external IDs and endpoints out of audiences, segments and drafts that name them; texts that some subscription still has are left
   * alone. To be called after `erase`.
   */
  redact(erased: readonly ErasedSubscription[]): void;
  /** Deletes them with their attempts, and with the answers that no other delivery shares. To be called within `eraseRows`. */
  erase(subscriptions: readonly SubscriptionId[], deliveries: readonly DeliveryId[], now: number): void;
}

interface RawDelivery {
  id: DeliveryId;
  campaign_id: CampaignId;
  push_service: PushServiceId;
  key_pair_id: KeyPairId;
  state: DeliveryState;
  diagnosis: string | null;
  is_uncounted: number;
}

const GIVEN = '(SELECT value FROM json_each(@ids))';

/** Where a text names people; a tag that is spelled the same does not. */
const NAMES_PEOPLE = ['externalIds', 'endpoints'];
/** Every JSON column that may name them. Drafts that were deleted or sent are kept for a day, so they are included. */
const NAMING = [
  { table: 'campaigns', id: 'id', text: 'audience' },
  { table: 'campaigns', id: 'id', text: 'kept_audience' },
  { table: 'campaign_schedules', id: 'campaign_id', text: 'first_request' },
  { table: 'segments', id: 'id', text: 'filter' },
  { table: 'drafts', id: 'id', text: 'audience' },
] as const;

export function createEraseStore(db: WritableDb): EraseStore {
  const known = db.read<{ ids: string }, ErasedSubscription>(
    `SELECT s.id, s.endpoint, s.p256dh, s.auth, p.label, p.external_id AS externalId
     FROM subscriptions s LEFT JOIN people p ON p.id = s.id WHERE s.id IN ${GIVEN}`,
  );
  const bin = db.read<{ before: number; limit: number }, { id: SubscriptionId }>(
    'SELECT id FROM subscriptions WHERE (deleted_at IS NOT NULL) = 1 AND deleted_at <= @before LIMIT @limit',
  );
  const countBin = db.read<object, { count: number | null }>(
    `SELECT sum(${soundCountSql('count')}) AS count FROM subscription_sums WHERE in_bin = 1`,
  );
  const countCampaigns = db.read<object, { count: number }>('SELECT count(*) AS count FROM campaigns');
  // The only index with subscriptions begins with the campaign, so every campaign is searched for every subscription.
  const sent = db.read<{ ids: string }, RawDelivery>(
    `SELECT d.id, d.campaign_id, d.push_service, d.key_pair_id, d.state, d.diagnosis,
       c.audience_cursor < c.audience_end AS is_uncounted
     FROM campaigns c CROSS JOIN json_each(@ids) s
       CROSS JOIN deliveries d ON d.campaign_id = c.id AND d.subscription_id = s.value`,
  );
  const removal = createDeliveryRemovalStore(db);
  const dropDevices = db.write<{ ids: string }>(
    `DELETE FROM receipt_devices WHERE subscription_id IN ${GIVEN}`,
  );
  const dropVisits = db.write<{ ids: string }>(
    `DELETE FROM subscription_visits WHERE subscription_id IN ${GIVEN}`,
  );
  // [Note: list sums] A row that is simply deleted would not be counted as having left.
  const leaveList = db.write<{ ids: string; now: number }>(
    `UPDATE subscriptions SET deleted_at = @now, cause_at = @now WHERE id IN ${GIVEN} AND deleted_at IS NULL`,
  );
  const dropHistory = db.write<{ ids: string }>(
    `DELETE FROM state_changes WHERE subscription_id IN ${GIVEN}`,
  );
  const dropSubscriptions = db.write<{ ids: string }>(`DELETE FROM subscriptions WHERE id IN ${GIVEN}`);

  const naming = NAMING.map(({ table, id, text }) => ({
    find: db.read<object, { id: number; text: string }>(
      `SELECT ${id} AS id, ${text} AS text FROM ${table}
       WHERE ${NAMES_PEOPLE.map((name) => `instr(${text}, '"${name}":["') > 0`).join(' OR ')}`,
    ),
    change: db.write<{ id: number; text: string }>(`UPDATE ${table} SET ${text} = @text WHERE ${id} = @id`),
  }));
  const stillNamed = db.read<{ externalId: string }, { id: number }>(
    'SELECT id FROM people WHERE external_id IS NOT NULL AND external_id = @externalId LIMIT 1',
  );

  return {
    subscriptions: (ids) => known.all({ ids: JSON.stringify(ids) }),
    inBin: (before, limit) => bin.all({ before, limit }).map(({ id }) => id),
    binCount: () => countBin.get({})?.count ?? 0,
    campaignCount: () => countCampaigns.get({})?.count ?? 0,
    deliveries: (ids) =>
      sent.all({ ids: JSON.stringify(ids) }).map((raw) => ({
        id: raw.id,
        campaignId: raw.campaign_id,
        pushService: raw.push_service,
        keyPairId: raw.key_pair_id,
        state: raw.state,
        diagnosis: raw.diagnosis,
        isUncounted: raw.is_uncounted === 1,
      })),
    redact(erased) {
      const found = naming.map(({ find, change }) => ({ rows: find.all({}), change }));
      if (found.every(({ rows }) => rows.length === 0)) return;
      const texts = erased.flatMap(({ endpoint, externalId }) => [
        endpoint,
        ...(externalId === null || stillNamed.get({ externalId }) !== undefined ? [] : [externalId]),
      ]);
      // A word stays in its place: a filter left without any would mean everyone.
      for (const { rows, change } of found)
        for (const { id, text } of rows) {
          const without = redacted(text, texts);
          if (without !== text) change.run({ id, text: without });
        }
    },
    erase(subscriptions, deliveries, now) {
      removal.remove(deliveries);
      leaveList.run({ ids: JSON.stringify(subscriptions), now });
      dropDevices.run({ ids: JSON.stringify(subscriptions) });
      dropVisits.run({ ids: JSON.stringify(subscriptions) });
      dropHistory.run({ ids: JSON.stringify(subscriptions) });
      dropSubscriptions.run({ ids: JSON.stringify(subscriptions) });
    },
  };
}

function redacted(json: string, texts: readonly string[]): string {
  try {
    return JSON.stringify(JSON.parse(json), (name, value: unknown) =>
      NAMES_PEOPLE.includes(name) && Array.isArray(value)
        ? value.map((one: unknown) => (texts.some((text) => text === one) ? 'erased' : one))
        : value,
    );
  } catch {
    // A damaged text has no meaning any more, except for the people it names.
    return texts.reduce((text, one) => text.replaceAll(JSON.stringify(one), JSON.stringify('erased')), json);
  }
}
