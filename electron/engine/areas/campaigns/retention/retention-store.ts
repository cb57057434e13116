import { z } from 'zod';
import type { CampaignId, DeliveryId } from '../../../../contract/ids.ts';
import type { RemovalPreview } from '../../../../contract/retention.ts';
import { campaignStatesThat } from '../../../../core/campaign/lifecycle.ts';
import { createDeliveryRemovalStore } from '../../../dispatch/delivery-removal-store.ts';
import type { WritableDb } from '../../../store/database.ts';
import { soundCount, soundCountSql, soundInstantOrNull, soundJson } from '../../../store/sound.ts';
import { sqlList } from '../../../store/sql-list.ts';

/** What was known of removed deliveries and is in no total. */
export interface RemovedFacts {
  /** Deliveries that may have arrived twice. */
  readonly repeats: number;
  /** Accepted ones whose device sends receipts. */
  readonly canReport: number;
}

export interface RetentionStore {
  /** For campaigns that ended before that time (ms since 1970). */
  preview(before: number): RemovalPreview;
  /** The oldest campaign that ended before that time and still has deliveries; `null`: there is none. */
  next(before: number): CampaignId | null;
  /**
   * Removes some of its deliveries, and keeps what is known of them and in no total. To be called within a transaction.
   * @returns how many; less than `limit`: it has none left, which is recorded
   */
  removeSome(id: CampaignId, limit: number, now: number): number;
  /** What is kept of those that were removed. */
  facts(id: CampaignId): RemovedFacts;
  /** When the last of its deliveries was removed; `null`: it was not. */
  removedAt(id: CampaignId): number | null;
}

const NOTHING: RemovedFacts = { repeats: 0, canReport: 0 };
const factsSchema = z.object({ repeats: z.number().nonnegative(), canReport: z.number().nonnegative() });

const ENDED = sqlList([...campaignStatesThat('isFinished'), ...campaignStatesThat('isCancelled')]);
/** A cancelled campaign may still have deliveries whose end has to be written: those have not ended yet. */
const OLD = `campaigns c INDEXED BY campaigns_with_deliveries
  WHERE c.finished_at IS NOT NULL AND c.removed_at IS NULL AND c.finished_at < @before AND c.state IN (${ENDED})
  AND NOT EXISTS (SELECT 1 FROM campaign_sums o WHERE o.campaign_id = c.id AND o.state IN ('queued', 'retrying', 'sending') AND o.count > 0)`;

/** Measured: a delivery with its index entries, an attempt without its texts, and the extra rows of a personal text. */
const DELIVERY_BYTES = 100;
const ATTEMPT_BYTES = 55;
const VALUES_BYTES = 12;
const SAMPLE = 300;
const SAMPLED = '(SELECT id FROM deliveries WHERE campaign_id = @id LIMIT @limit)';

export function createRetentionStore(db: WritableDb): RetentionStore {
  const removal = createDeliveryRemovalStore(db);
  const counts = db.read<
    { before: number },
    { campaigns: number; deliveries: number | null; last: number | null }
  >(
    `SELECT count(*) AS campaigns, sum(n) AS deliveries, max(id) AS last FROM (
       SELECT c.id, (SELECT sum(${soundCountSql('s.count')}) FROM campaign_sums s WHERE s.campaign_id = c.id) AS n FROM ${OLD})
     WHERE n > 0`,
  );
  const sample = db.read<
    { id: number; limit: number },
    { deliveries: number; attempts: number; bytes: number | null; personal: number; values: number | null }
  >(
    `SELECT count(DISTINCT d.id) AS deliveries, count(a.id) AS attempts,
       sum(length(a.request_url) + length(a.request_headers) + ifnull(length(a.answer_headers), 0) + ifnull(length(a.answer_body), 0)
         + ifnull(length(a.error), 0) + length(a.notes)) AS bytes,
       (SELECT count(*) FROM ${SAMPLED} d JOIN delivery_values v ON v.delivery_id = d.id) AS personal,
       (SELECT sum(octet_length(v.fixed)) FROM ${SAMPLED} d JOIN delivery_values v ON v.delivery_id = d.id) AS "values"
     FROM ${SAMPLED} d LEFT JOIN attempts a ON a.delivery_id = d.id`,
  );
  const oldest = db.read<{ before: number }, { id: CampaignId }>(
    `SELECT c.id FROM ${OLD} ORDER BY c.finished_at, c.id LIMIT 1`,
  );
  const some = db.read<{ id: number; limit: number }, { id: DeliveryId; repeats: number; canReport: number }>(
    `SELECT d.id, d.repeat_risk = 2 AS repeats,
       d.state = 'accepted' AND EXISTS (SELECT 1 FROM receipt_devices r WHERE r.subscription_id = d.subscription_id) AS canReport
     FROM deliveries d WHERE d.campaign_id = @id LIMIT @limit`,
  );
  const read = db.read<{ id: number }, { facts: string | null; at: number | null }>(
    'SELECT removed_facts AS facts, removed_at AS at FROM campaigns WHERE id = @id',
  );
  const keep = db.write<{ id: number; facts: string }>(
    'UPDATE campaigns SET removed_facts = @facts WHERE id = @id',
  );
  const end = db.write<{ id: number; now: number }>('UPDATE campaigns SET removed_at = @now WHERE id = @id');

  const facts = (id: CampaignId): RemovedFacts => {
    const { facts: kept = null } = read.get({ id }) ?? {};
    return kept === null ? NOTHING : (soundJson(factsSchema, kept) ?? NOTHING);
  };

  return {
    facts,
    removedAt: (id) => soundInstantOrNull(read.get({ id })?.at ?? null),
    preview(before) {
      const found = counts.get({ before });
      if (found === undefined || found.last === null) return { deliveries: 0, campaigns: 0, bytes: 0 };
      const deliveries = soundCount(found.deliveries ?? 0);
      const taken = sample.get({ id: found.last, limit: SAMPLE });
      const ofOne =
        taken === undefined || taken.deliveries === 0
          ? 0
          : ((taken.bytes ?? 0) +
              taken.attempts * ATTEMPT_BYTES +
              (taken.values ?? 0) +
              taken.personal * VALUES_BYTES) /
            taken.deliveries;
      return {
        deliveries,
        campaigns: found.campaigns,
        bytes: Math.round(deliveries * (DELIVERY_BYTES + ofOne)),
      };
    },
    next: (before) => oldest.get({ before })?.id ?? null,
    removeSome(id, limit, now) {
      const rows = some.all({ id, limit });
      if (rows.length > 0) {
        const known = facts(id);
        const sumOf = (name: 'repeats' | 'canReport') =>
          rows.reduce((sum, row) => sum + row[name], known[name]);
        keep.run({ id, facts: JSON.stringify({ repeats: sumOf('repeats'), canReport: sumOf('canReport') }) });
        removal.remove(rows.map((row) => row.id));
      }
      if (rows.length < limit) end.run({ id, now });
      return rows.length;
    },
  };
}
