import type { Migration } from './migration.ts';

/**
 * [Note: lanes] A lane is what a campaign sends to one push service with one key; among services that Pushdesk does not know by name, each
 * host is a lane of its own, so that trouble at one never stalls another. `paused_diagnosis` is the circuit breaker: it survives a restart.
 *
 * The retries of a delivery are counted per round: a round begins with the first attempt, and again when the person sends it again.
 */
export const campaignLanes: Migration = {
  version: 30,
  name: 'campaign lanes',
  sql: `
    CREATE TABLE campaign_lanes (
      campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
      push_service TEXT NOT NULL,
      service_host TEXT NOT NULL,
      key_pair_id INTEGER NOT NULL,
      paused_diagnosis TEXT,
      paused_status INTEGER,
      paused_at INTEGER,
      PRIMARY KEY (campaign_id, push_service, service_host, key_pair_id)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE campaigns ADD COLUMN messages_per_minute INTEGER;

    -- Empty for the services that are known by name.
    ALTER TABLE deliveries ADD COLUMN service_host TEXT NOT NULL DEFAULT '';
    ALTER TABLE deliveries ADD COLUMN round_attempts INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE deliveries ADD COLUMN round_started_at INTEGER;

    DROP INDEX deliveries_due;
    CREATE INDEX deliveries_due ON deliveries
      (campaign_id, push_service, service_host, key_pair_id, state, next_attempt_at, id)
      WHERE state IN ('queued', 'retrying');

    -- What was fitted to the push service, in words, as a JSON array.
    ALTER TABLE attempts ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';

    UPDATE deliveries SET round_attempts = attempt_count,
      round_started_at = (SELECT min(started_at) FROM attempts WHERE delivery_id = deliveries.id);
    UPDATE deliveries SET service_host = (
        SELECT CASE WHEN instr(substr(endpoint, 9), '/') = 0 THEN substr(endpoint, 9)
          ELSE substr(endpoint, 9, instr(substr(endpoint, 9), '/') - 1) END
        FROM subscriptions WHERE subscriptions.id = deliveries.subscription_id)
      WHERE push_service = 'other';
    INSERT INTO campaign_lanes (campaign_id, push_service, service_host, key_pair_id)
      SELECT DISTINCT campaign_id, push_service, service_host, key_pair_id FROM deliveries;
  `,
};
