import path from 'node:path';
import Database from 'better-sqlite3';
import { ownJob, tell } from './child.ts';

export interface ToldListJob {
  dataDir: string;
}

const job = ownJob() as ToldListJob;
// Written directly, in the form the engine writes: sending and receiving would take longer than all the rest.
const connection = new Database(path.join(job.dataDir, 'pushdesk.db'));
connection.pragma('foreign_keys = ON');
const campaign = connection
  .prepare(
    `INSERT INTO campaigns (request_id, kind, message, payload, payload_bytes, audience, audience_end, created_at, state)
     VALUES ('told', 'campaign', '{"title":"Told","body":""}', '{"receipts":true}', 17, '{"kind":"everyone"}', 0, 1, 'finished')`,
  )
  .run().lastInsertRowid;
const run = (sql: string) => connection.prepare(sql).run({ campaign });
connection.transaction(() => {
  run(`INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, attempt_count, last_status,
      updated_at, service_host)
    SELECT @campaign, id, 1, push_service, iif(id % 20 = 0, 'gone', 'accepted'), 1, 201, 1, 'push.example'
    FROM subscriptions ORDER BY id`);
  // Three in four report something, half of them showed it, and one in thirty was clicked.
  run(`INSERT INTO receipts (delivery_id, received_at, shown_at, clicked_at)
    SELECT id, 1, iif(subscription_id % 3 = 0, NULL, 2), iif(subscription_id % 30 = 1, 3, NULL)
    FROM deliveries WHERE campaign_id = @campaign AND subscription_id % 20 <> 0 AND subscription_id % 5 <> 0`);
  run(`INSERT OR IGNORE INTO receipt_devices (subscription_id, last_shown_at, last_clicked_at)
    SELECT d.subscription_id, r.shown_at, r.clicked_at FROM receipts r JOIN deliveries d ON d.id = r.delivery_id
    WHERE d.campaign_id = @campaign`);
})();
connection.close();
tell({ campaignId: Number(campaign) });
