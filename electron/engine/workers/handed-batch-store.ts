import { z } from 'zod';
import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { RepeatRisk } from '../../core/campaign/repeat-risk.ts';
import type { WritableDb } from '../store/database.ts';
import { soundJson } from '../store/sound.ts';
import type { HandedBatch } from '../wire/handed-over.ts';

/** How many messages of a campaign went through a worker, by its name; `null`: through this machine. */
export interface WorkerShare {
  readonly worker: string | null;
  readonly count: number;
}

export interface HandedBatchRow extends HandedBatch {
  /** The queue that it was handed to. */
  readonly queue: string;
  readonly pushService: PushServiceId;
  readonly givenUpAt: number | null;
  /** Its deliveries, in the order in which they were handed over; `null`: that one has come back. */
  readonly places: readonly (DeliveryId | null)[];
}

/** Which batches were handed to workers. To be written before a batch leaves, and on disk by then. */
export interface HandedBatchStore {
  add(
    batch: { id: string; queue: string; pushService: PushServiceId; ids: readonly DeliveryId[] },
    now: number,
  ): void;
  get(id: string): HandedBatchRow | null;
  /** Those that were not given up, in no particular order. */
  open(): HandedBatchRow[];
  /** Its worker was lost: results may still come. */
  giveUp(ids: readonly string[], now: number): void;
  /** These of its deliveries have come back. */
  takeOut(id: string, deliveries: readonly DeliveryId[]): void;
  remove(ids: readonly string[]): void;
  /** Forgets what was given up before that time. */
  tidy(before: number): void;
  /** Notes how many more messages of a campaign a worker has sent; `null`: this machine. */
  addShares(shares: readonly (WorkerShare & { campaignId: CampaignId })[]): void;
  /** Largest first. */
  sharesOf(campaignId: CampaignId): WorkerShare[];
  /** The campaign of a delivery; `null`: it was erased. */
  campaignOf(id: DeliveryId): CampaignId | null;
  flushed(): Promise<void>;
}

interface Raw {
  id: string;
  queue: string;
  push_service: PushServiceId;
  deliveries: string;
  given_up_at: number | null;
}

/** No worker has this name. */
const HERE = '';

const deliveriesSchema = z.array(z.tuple([z.number(), z.number(), z.number()]).nullable());

export function createHandedBatchStore(db: WritableDb): HandedBatchStore {
  const insert = db.write<object>(
    `INSERT INTO handed_batches (id, queue, push_service, deliveries, handed_at)
     SELECT @id, @queue, @pushService, json_group_array(json_array(d.id, d.attempt_count, d.repeat_risk)), @now
     FROM json_each(@ids) i CROSS JOIN deliveries d ON d.id = i.value`,
  );
  const columns = 'SELECT id, queue, push_service, deliveries, given_up_at FROM handed_batches';
  const one = db.read<{ id: string }, Raw>(`${columns} WHERE id = @id`);
  const all = db.read<object, Raw>(`${columns} WHERE given_up_at IS NULL`);
  const given = '(SELECT value FROM json_each(@ids))';
  const leave = db.write<{ ids: string; now: number }>(
    `UPDATE handed_batches SET given_up_at = @now WHERE id IN ${given}`,
  );
  const takeOut = db.write<{ id: string; ids: string }>(
    `UPDATE handed_batches SET deliveries = (
       SELECT json_group_array(json(CASE WHEN value ->> '$[0]' IN ${given} THEN 'null' ELSE value END) ORDER BY key)
       FROM json_each(deliveries))
     WHERE id = @id`,
  );
  const drop = db.write<{ ids: string }>(`DELETE FROM handed_batches WHERE id IN ${given}`);
  const dropOld = db.write<{ before: number }>('DELETE FROM handed_batches WHERE given_up_at < @before');
  const share = db.write<{ campaignId: CampaignId; worker: string; count: number }>(
    `INSERT INTO worker_shares (campaign_id, worker, count) VALUES (@campaignId, @worker, @count)
     ON CONFLICT DO UPDATE SET count = count + @count`,
  );
  const shares = db.read<{ campaignId: CampaignId }, { worker: string; count: number }>(
    'SELECT worker, count FROM worker_shares WHERE campaign_id = @campaignId ORDER BY count DESC, worker',
  );
  const campaign = db.read<{ id: DeliveryId }, { campaign: CampaignId }>(
    'SELECT campaign_id AS campaign FROM deliveries WHERE id = @id',
  );
  return {
    add({ ids, ...batch }, now) {
      db.transactionSoon(() => insert.run({ ...batch, ids: JSON.stringify(ids), now }));
    },
    get(id) {
      const raw = one.get({ id });
      return raw === undefined ? null : toRow(raw);
    },
    open: () => all.all({}).map(toRow),
    giveUp(ids, now) {
      db.transactionSoon(() => leave.run({ ids: JSON.stringify(ids), now }));
    },
    takeOut(id, deliveries) {
      db.transactionSoon(() => takeOut.run({ id, ids: JSON.stringify(deliveries) }));
    },
    remove(ids) {
      if (ids.length > 0) db.transactionSoon(() => drop.run({ ids: JSON.stringify(ids) }));
    },
    tidy(before) {
      dropOld.run({ before });
    },
    addShares(list) {
      if (list.length === 0) return;
      db.transactionSoon(() => {
        for (const { worker, ...one } of list) share.run({ ...one, worker: worker ?? HERE });
      });
    },
    sharesOf: (campaignId) =>
      shares
        .all({ campaignId })
        .map(({ worker, count }) => ({ worker: worker === HERE ? null : worker, count })),
    campaignOf: (id) => campaign.get({ id })?.campaign ?? null,
    flushed: () => db.flushed(),
  };
}

function toRow(raw: Raw): HandedBatchRow {
  const deliveries = soundJson(deliveriesSchema, raw.deliveries) ?? [];
  return {
    id: raw.id,
    queue: raw.queue,
    pushService: raw.push_service,
    deliveries: deliveries
      .filter((one) => one !== null)
      .map(([id, attemptCount, repeatRisk]) => ({
        id: id as DeliveryId,
        attemptCount,
        repeatRisk: repeatRisk as RepeatRisk,
      })),
    givenUpAt: raw.given_up_at,
    places: deliveries.map((one) => (one === null ? null : (one[0] as DeliveryId))),
  };
}
