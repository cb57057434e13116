import type { Migration } from './migration.ts';

/** What devices reported about deliveries, its sums by campaign, and which devices are known to report. */
export const receipts: Migration = {
  version: 230,
  name: 'receipts',
  sql: `
    CREATE TABLE receipts (
      delivery_id INTEGER PRIMARY KEY REFERENCES deliveries (id),
      received_at INTEGER,
      shown_at INTEGER,
      clicked_at INTEGER,
      clicked_action TEXT,
      closed_at INTEGER
    ) STRICT;
    CREATE TABLE receipt_sums (
      campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
      event TEXT NOT NULL,
      -- The button of a click; '' for the notification itself, and for what is no click.
      action TEXT NOT NULL,
      -- Minutes since the campaign was made, rounded down the more the later.
      minute INTEGER NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (campaign_id, event, action, minute)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE receipt_devices (
      subscription_id INTEGER PRIMARY KEY REFERENCES subscriptions (id),
      last_shown_at INTEGER,
      last_clicked_at INTEGER
    ) STRICT`,
};
