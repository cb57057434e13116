import type { CampaignId, DeliveryId, SubscriptionId } from '../../../contract/ids.ts';
import type { DeliveryReceipts, ReceiptEvent } from '../../../contract/receipts.ts';
import { MAX_ACTIONS } from '../../../contract/message.ts';
import { actionNameOf } from '../../../core/message/payload.ts';
import type { WritableDb } from '../../store/database.ts';
import { endpointKey } from '../../store/endpoint-key.ts';
import { soundCount, soundInstantOrNull } from '../../store/sound.ts';

/** A device, as far as receipts are concerned. */
export interface Device {
  readonly id: SubscriptionId;
  readonly auth: string;
}

/** A campaign that may be reported on. */
export interface ToldCampaign {
  readonly id: CampaignId;
  readonly createdAt: number;
  readonly asksReceipts: boolean;
  /** Its deliveries were removed, and with them what was reported for each. */
  readonly isRemoved: boolean;
  /** Its buttons, by their names in the payload. */
  readonly actions: readonly string[];
}

export type ReceiptTimes = Omit<DeliveryReceipts, 'canReport'>;

export interface ReceiptSum {
  readonly event: ReceiptEvent;
  readonly action: string;
  /** Counted from when the campaign was made. */
  readonly minute: number;
  readonly count: number;
}

export interface ReceiptStore {
  /** Whose endpoint this is; `null` also for one in the bin. */
  device(endpoint: string): Device | null;
  /** @param payloadId the id that its payload has */
  campaign(payloadId: string): ToldCampaign | null;
  campaignById(id: CampaignId): ToldCampaign | null;
  /** The delivery that reached this device, as far as its push service says; `null`: nothing from the campaign did. */
  sentDelivery(campaignId: CampaignId, subscriptionId: SubscriptionId): DeliveryId | null;
  of(id: DeliveryId): ReceiptTimes;
  keep(id: DeliveryId, times: ReceiptTimes): void;
  addToSum(campaignId: CampaignId, sum: ReceiptSum): void;
  sums(campaignId: CampaignId): ReceiptSum[];
  /** Notes that the device sends receipts, and when it last showed a message and was clicked. */
  noteDevice(id: SubscriptionId, times: { shownAt: number | null; clickedAt: number | null }): void;
  /** Whether the device of this delivery sends receipts and its campaign asked for them. */
  canReport(id: DeliveryId): boolean;
  /** Among the deliveries that were removed: devices that the campaign reached and that send receipts. */
  removedReach(campaignId: CampaignId): number;
  /**
   * Goes through some of the devices that send receipts, by id, starting after `after`: how many of them the campaign reached (accepted),
   * and where to go on; `null`: there are no more.
   */
  countReached(campaignId: CampaignId, after: number, limit: number): { count: number; next: number | null };
}

interface RawReceipts {
  received_at: number | null;
  shown_at: number | null;
  clicked_at: number | null;
  clicked_action: string | null;
  closed_at: number | null;
}

interface RawCampaign {
  id: CampaignId;
  created_at: number;
  asks: number | null;
  removed: number;
  actions: number | null;
}

const NOTHING_TOLD: ReceiptTimes = {
  receivedAt: null,
  shownAt: null,
  clickedAt: null,
  clickedAction: null,
  closedAt: null,
};

/**
 * Whether the payload of a campaign asks for receipts: every format has that at the top level, except the person's own, which may have it
 * anywhere. The buttons are in the message, whatever the format makes of them.
 */
const ASKS = (campaign: string) =>
  `iif(NOT json_valid(${campaign}.payload), 0, coalesce(${campaign}.payload ->> '$.receipts',
     iif(json_valid(${campaign}.message) AND ${campaign}.message ->> '$.format' = 'own',
       EXISTS (SELECT 1 FROM json_tree(${campaign}.payload) WHERE key = 'receipts' AND type = 'true'), 0)))`;

const CAMPAIGN = `SELECT id, created_at, ${ASKS('campaigns')} AS asks, removed_at IS NOT NULL AS removed,
    iif(json_valid(message), json_array_length(message, '$.actions'), NULL) AS actions FROM campaigns`;

export function createReceiptStore(db: WritableDb): ReceiptStore {
  const device = db.read<{ key: Buffer }, Device>(
    'SELECT id, auth FROM subscriptions WHERE endpoint_key = @key AND deleted_at IS NULL',
  );
  const byPayload = db.read<{ payloadId: string }, RawCampaign>(`${CAMPAIGN} WHERE request_id = @payloadId`);
  const byId = db.read<{ id: number }, RawCampaign>(`${CAMPAIGN} WHERE id = @id`);
  // What a push service refused was never shown; what it never answered may have been.
  const sent = db.read<{ campaignId: number; subscriptionId: number }, { id: DeliveryId }>(
    `SELECT id FROM deliveries WHERE campaign_id = @campaignId AND subscription_id = @subscriptionId
       AND (state IN ('accepted', 'sending', 'unknown') OR (attempt_count > 0 AND last_status IS NULL))`,
  );
  const times = db.read<{ id: number }, RawReceipts>(
    `SELECT received_at, shown_at, clicked_at, clicked_action, closed_at FROM receipts WHERE delivery_id = @id`,
  );
  const keep = db.write<{ id: number } & ReceiptTimes>(
    `INSERT OR REPLACE INTO receipts (delivery_id, received_at, shown_at, clicked_at, clicked_action, closed_at)
     VALUES (@id, @receivedAt, @shownAt, @clickedAt, @clickedAction, @closedAt)`,
  );
  const add = db.write<{ campaignId: number; event: string; action: string; minute: number; count: number }>(
    `INSERT INTO receipt_sums (campaign_id, event, action, minute, count) VALUES (@campaignId, @event, @action, @minute, @count)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  );
  const sums = db.read<{ campaignId: number }, ReceiptSum>(
    'SELECT event, action, minute, count FROM receipt_sums WHERE campaign_id = @campaignId ORDER BY minute',
  );
  const noteDevice = db.write<{ id: number; shownAt: number | null; clickedAt: number | null }>(
    `INSERT INTO receipt_devices (subscription_id, last_shown_at, last_clicked_at) VALUES (@id, @shownAt, @clickedAt)
     ON CONFLICT DO UPDATE SET
       last_shown_at = max(ifnull(last_shown_at, excluded.last_shown_at), ifnull(excluded.last_shown_at, last_shown_at)),
       last_clicked_at = max(ifnull(last_clicked_at, excluded.last_clicked_at), ifnull(excluded.last_clicked_at, last_clicked_at))`,
  );
  const canReport = db.read<{ id: number }, { asks: number | null }>(
    `SELECT ${ASKS('c')} AS asks
     FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
       JOIN receipt_devices r ON r.subscription_id = d.subscription_id WHERE d.id = @id`,
  );
  const removed = db.read<{ id: number }, { count: number | null }>(
    `SELECT iif(json_valid(removed_facts), removed_facts ->> '$.canReport', 0) AS count FROM campaigns WHERE id = @id`,
  );
  const reached = db.read<
    { campaignId: number; after: number; limit: number },
    { count: number; last: number | null; looked: number }
  >(
    `SELECT count(d.id) AS count, max(r.subscription_id) AS last, count(*) AS looked
     FROM (SELECT subscription_id FROM receipt_devices WHERE subscription_id > @after ORDER BY subscription_id LIMIT @limit) r
       LEFT JOIN deliveries d ON d.campaign_id = @campaignId AND d.subscription_id = r.subscription_id AND d.state = 'accepted'`,
  );

  return {
    device: (endpoint) => device.get({ key: endpointKey(endpoint) }) ?? null,
    campaign: (payloadId) => toCampaign(byPayload.get({ payloadId })),
    campaignById: (id) => toCampaign(byId.get({ id })),
    sentDelivery: (campaignId, subscriptionId) => sent.get({ campaignId, subscriptionId })?.id ?? null,
    of(id) {
      const raw = times.get({ id });
      if (raw === undefined) return NOTHING_TOLD;
      return {
        receivedAt: soundInstantOrNull(raw.received_at),
        shownAt: soundInstantOrNull(raw.shown_at),
        clickedAt: soundInstantOrNull(raw.clicked_at),
        clickedAction: raw.clicked_action,
        closedAt: soundInstantOrNull(raw.closed_at),
      };
    },
    keep(id, given) {
      keep.run({ id, ...given });
    },
    addToSum(campaignId, sum) {
      add.run({ campaignId, ...sum });
    },
    sums: (campaignId) => sums.all({ campaignId }).map((sum) => ({ ...sum, count: soundCount(sum.count) })),
    noteDevice(id, { shownAt, clickedAt }) {
      noteDevice.run({ id, shownAt, clickedAt });
    },
    canReport: (id) => canReport.get({ id })?.asks === 1,
    removedReach: (id) => soundCount(removed.get({ id })?.count ?? 0),
    countReached(campaignId, after, limit) {
      const found = reached.get({ campaignId, after, limit });
      if (found === undefined) return { count: 0, next: null };
      return { count: found.count, next: found.looked < limit ? null : found.last };
    },
  };
}

function toCampaign(raw: RawCampaign | undefined): ToldCampaign | null {
  if (raw === undefined) return null;
  const { id, created_at: createdAt, asks } = raw;
  return {
    id,
    createdAt,
    asksReceipts: asks === 1,
    isRemoved: raw.removed === 1,
    actions: actionsOf(raw.actions),
  };
}

/** @param count may be anything if the message is damaged */
function actionsOf(count: number | null): string[] {
  return Array.from({ length: Math.min(soundCount(count ?? 0), MAX_ACTIONS) }, (_, index) =>
    actionNameOf(index),
  );
}
