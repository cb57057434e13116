import type { Migration } from './migration.ts';

/**
 * Campaigns that wait for their time. The state column is rebuilt, because SQLite cannot change an existing CHECK; all other columns,
 * whatever they are, stay as they are. A row inserted without a state gets one in which nothing is sent.
 */
export const schedules: Migration = {
  version: 290,
  name: 'schedules',
  sql: `
    DROP INDEX campaigns_unfinished;
    ALTER TABLE campaigns ADD COLUMN state_now TEXT NOT NULL DEFAULT 'cancelled'
      CHECK (state_now IN ('scheduled', 'preparing', 'running', 'paused', 'finished', 'cancelled'));
    UPDATE campaigns SET state_now = state;
    ALTER TABLE campaigns DROP COLUMN state;
    ALTER TABLE campaigns RENAME COLUMN state_now TO state;
    -- When messages may go out by the clock of each recipient; NULL: at once.
    ALTER TABLE campaigns ADD COLUMN hours TEXT;
    CREATE INDEX campaigns_unfinished ON campaigns (state, id) WHERE state IN ('preparing', 'running', 'paused');
    CREATE INDEX campaigns_scheduled ON campaigns (id) WHERE state = 'scheduled';
    CREATE TABLE campaign_schedules (
      campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id),
      -- Local date and time without a zone.
      local_time TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      per_recipient INTEGER NOT NULL DEFAULT 0 CHECK (per_recipient IN (0, 1)),
      starts_at INTEGER NOT NULL,
      scheduled_at INTEGER NOT NULL,
      -- Why it did not start at its time and waits for a decision.
      asks TEXT CHECK (asks IN ('late', 'clock', 'blocked', 'restored')),
      asks_since INTEGER,
      asks_problem TEXT,
      -- The request that made it, kept once it was edited: the same one sent again still means this campaign.
      first_request TEXT
    ) STRICT`,
};
