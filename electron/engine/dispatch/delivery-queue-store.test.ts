import { describe, expect, it } from 'vitest';
import type { CampaignId, KeyPairId } from '../../contract/ids.ts';
import { tempStore } from '../testing/temp-store.ts';
import type { WritableDb } from '../store/database.ts';
import { createDeliveryQueueStore } from './delivery-queue-store.ts';

const lane = {
  campaignId: 1 as CampaignId,
  pushService: 'fcm',
  serviceHost: '',
  keyPairId: 7 as KeyPairId,
} as const;

/** A store that remembers what was asked of it. */
function watchedStore() {
  const { db } = tempStore();
  const asked: string[] = [];
  const watched: WritableDb = {
    ...db,
    read(sql) {
      asked.push(sql);
      return db.read(sql);
    },
  };
  const run = (sql: string) => db.write<object>(sql).run({});
  return { db, queue: createDeliveryQueueStore(watched), asked, run };
}

describe('the queue of a lane', () => {
  it('is read in its order without sorting all of it, whatever the statistics say', () => {
    const { db, asked, run } = watchedStore();
    // As they are after a campaign: nothing is waiting.
    run('ANALYZE');
    run(`INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
      ('deliveries', 'deliveries_queued', '0 0 0 0 0 0'), ('deliveries', 'deliveries_retrying', '0 0 0 0 0 0 0'),
      ('deliveries', 'deliveries_by_state', '40000 2001 2001 1')`);
    run('ANALYZE sqlite_schema');
    const waiting = asked.filter((sql) => sql.includes('FROM deliveries d INDEXED BY'));
    expect(waiting).toHaveLength(4);
    const params = { ...lane, now: 1, limit: 10 };
    for (const sql of waiting) {
      const plan = db.read<object, { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(params);
      const steps = plan.map(({ detail }) => detail);
      expect(steps[0]).toMatch(
        /^SEARCH d USING (?:COVERING )?INDEX \w+ \(campaign_id=\? AND (?:state=\? AND )?push_service=\? AND service_host=\? AND key_pair_id=\?/,
      );
      expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
    }
  });
});
