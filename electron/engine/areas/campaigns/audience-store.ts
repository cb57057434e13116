import type { CampaignId, DeliveryId, KeyPairId, SubscriptionId } from '../../../contract/ids.ts';
import { pushServiceSchema, type PushServiceId } from '../../../contract/push-service.ts';
import type { WritableDb } from '../../store/database.ts';
import { sqlList } from '../../store/sql-list.ts';
import type { LaneKey } from '../../dispatch/lane-store.ts';

/** Which subscriptions a batch of deliveries is written for, and with which keys. */
export interface AudienceBatch {
  readonly campaignId: CampaignId;
  /** Only these of them; `null`: all. */
  readonly ids: readonly SubscriptionId[] | null;
  /** Subscriptions after this id, up to and including `upTo`. */
  readonly after: number;
  readonly upTo: number;
  /** Pairs that can sign on this machine. */
  readonly keyPairIds: readonly KeyPairId[];
  /** The pair for subscriptions whose key is not known; `null`: they are left out. */
  readonly fallbackKeyPairId: KeyPairId | null;
}

export interface AudienceStore {
  /** The id of the subscription that is `count` rows after `after`, or `end` when there are fewer. */
  idAfter(after: number, end: number, count: number): number;
  /** Writes queued deliveries and says how many go to which lane. */
  write(batch: AudienceBatch, now: number): (LaneKey & { count: number })[];
  /** For the deliveries that are written, by subscription; others are left out. */
  deliveriesOf(campaignId: CampaignId, ids: readonly SubscriptionId[]): Map<SubscriptionId, DeliveryId>;
}

interface RawLane {
  push_service: PushServiceId;
  service_host: string;
  key_pair_id: number;
  count: number;
}

const CHOSEN = 'id IN (SELECT value FROM json_each(@ids))';
/** One that Pushdesk does not know counts as the service `other`. [Note: damaged rows] */
const SERVICE = `iif(s.push_service IN (${sqlList(pushServiceSchema.options)}), s.push_service, 'other')`;
/** Host and port of an endpoint `https://host:port/…`: 9 is where the host begins. */
const HOST = `CASE WHEN ${SERVICE} <> 'other' THEN ''
  WHEN instr(substr(s.endpoint, 9), '/') = 0 THEN substr(s.endpoint, 9)
  ELSE substr(s.endpoint, 9, instr(substr(s.endpoint, 9), '/') - 1) END`;
/** Those in a stretch of rows who get something: active, not in the bin, and with a key that can sign. */
export const MEANT = `FROM subscriptions s
    LEFT JOIN key_pairs k ON k.public_key = s.public_key AND k.id IN (SELECT value FROM json_each(@keyPairIds))
  WHERE s.id > @after AND s.id <= @upTo AND s.state = 'active' AND s.deleted_at IS NULL
    AND (s.expiration_time IS NULL OR s.expiration_time > @now)
    AND (k.id IS NOT NULL OR (s.public_key IS NULL AND @fallbackKeyPairId IS NOT NULL))`;
const INSERT = `INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, service_host, state, updated_at)
  SELECT @campaignId, s.id, ifnull(k.id, @fallbackKeyPairId), ${SERVICE}, ${HOST}, 'queued', @now
  ${MEANT}`;

export function createAudienceStore(db: WritableDb): AudienceStore {
  const step = db.read<{ after: number; end: number; count: number }, { id: number | null }>(
    `SELECT max(id) AS id FROM (SELECT id FROM subscriptions WHERE id > @after AND id <= @end ORDER BY id LIMIT @count)`,
  );
  const insertEveryone = db.write<object>(`${INSERT} ORDER BY s.id`);
  const insertChosen = db.write<object>(`${INSERT} AND s.${CHOSEN} ORDER BY s.id`);
  const lastDelivery = db.read<object, { id: number | null }>('SELECT max(id) AS id FROM deliveries');
  const written = db.read<{ after: number }, RawLane>(
    `SELECT push_service, service_host, key_pair_id, count(*) AS count FROM deliveries WHERE id > @after GROUP BY 1, 2, 3`,
  );

  const ofSubscriptions = db.read<
    { campaignId: number; ids: string },
    { id: number; subscription_id: number }
  >(
    `SELECT d.id, d.subscription_id FROM json_each(@ids) j
       CROSS JOIN deliveries d ON d.campaign_id = @campaignId AND d.subscription_id = j.value`,
  );

  return {
    deliveriesOf: (campaignId, ids) =>
      new Map(
        ofSubscriptions
          .all({ campaignId, ids: JSON.stringify(ids) })
          .map((raw) => [raw.subscription_id as SubscriptionId, raw.id as DeliveryId]),
      ),
    idAfter: (after, end, count) => step.get({ after, end, count })?.id ?? end,
    write({ campaignId, ids, after, upTo, keyPairIds, fallbackKeyPairId }, now) {
      const before = lastDelivery.get({})?.id ?? 0;
      const values = {
        campaignId,
        after,
        upTo,
        keyPairIds: JSON.stringify(keyPairIds),
        fallbackKeyPairId,
        now,
      };
      if (ids === null) insertEveryone.run(values);
      else insertChosen.run({ ...values, ids: JSON.stringify(ids) });
      return written.all({ after: before }).map((raw) => ({
        campaignId,
        pushService: raw.push_service,
        serviceHost: raw.service_host,
        keyPairId: raw.key_pair_id as KeyPairId,
        count: raw.count,
      }));
    },
  };
}
