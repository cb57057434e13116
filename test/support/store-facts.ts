import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { CampaignState } from '../../electron/contract/campaigns.ts';
import type { DeliveryState } from '../../electron/contract/deliveries.ts';
import type { SubscriptionState } from '../../electron/contract/subscriptions.ts';

export interface AttemptFacts {
  /** `null` when no answer came. */
  readonly status: number | null;
  readonly diagnosis: string | null;
}

export interface DeliveryFacts {
  readonly id: number;
  readonly endpoint: string;
  readonly state: DeliveryState;
  readonly diagnosis: string | null;
  readonly attemptCount: number;
  readonly attempts: readonly AttemptFacts[];
  readonly subscriptionState: SubscriptionState;
}

/** What a store with one campaign says. */
export interface StoreFacts {
  readonly campaign: {
    readonly state: CampaignState;
    readonly recipients: number;
    /** 1: each of its recipients has a delivery. */
    readonly isWritten: 0 | 1;
  };
  readonly deliveries: readonly DeliveryFacts[];
  /** Subscriptions without a delivery. */
  readonly left: readonly string[];
  /** The sums kept by the store that differ from those of its rows, in words. */
  readonly wrongSums: readonly string[];
}

/** Reads the store of an engine that has ended, from a copy: the file itself stays as that engine left it. */
export function readStoreCopy(dataDir: string): StoreFacts {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-copy-'));
  try {
    for (const name of ['pushdesk.db', 'pushdesk.db-wal']) {
      const file = path.join(dataDir, name);
      if (existsSync(file)) cpSync(file, path.join(folder, name));
    }
    return read(path.join(folder, 'pushdesk.db'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The state of the campaign in a store that an engine is working on. */
export function campaignStateIn(dataDir: string): CampaignState {
  const connection = new Database(path.join(dataDir, 'pushdesk.db'), { readonly: true });
  try {
    return connection.prepare<[], CampaignState>('SELECT state FROM campaigns').pluck().get() ?? 'preparing';
  } finally {
    connection.close();
  }
}

interface Row {
  id: number;
  endpoint: string;
  state: DeliveryState;
  diagnosis: string | null;
  attemptCount: number;
  subscriptionState: SubscriptionState;
}

function read(file: string): StoreFacts {
  const connection = new Database(file);
  try {
    const health = connection.pragma('quick_check', { simple: true });
    if (health !== 'ok') throw new Error(`The store is damaged: ${String(health)}`);
    const campaigns = connection
      .prepare('SELECT state, recipients, audience_cursor >= audience_end AS isWritten FROM campaigns')
      .all();
    const [campaign] = campaigns as StoreFacts['campaign'][];
    if (campaign === undefined || campaigns.length > 1) throw new Error('The store has not one campaign.');
    const attempts = attemptsIn(connection);
    const rows = connection
      .prepare<[], Row>(
        `SELECT d.id, s.endpoint, d.state, d.diagnosis, d.attempt_count AS attemptCount, s.state AS subscriptionState
         FROM deliveries d JOIN subscriptions s ON s.id = d.subscription_id ORDER BY d.id`,
      )
      .all();
    return {
      campaign,
      deliveries: rows.map((row) => ({ ...row, attempts: attempts.get(row.id) ?? [] })),
      left: connection
        .prepare<[], string>(
          `SELECT endpoint FROM subscriptions WHERE id NOT IN (SELECT subscription_id FROM deliveries)`,
        )
        .pluck()
        .all(),
      wrongSums: SUMS.flatMap((sum) => differences(connection, sum)),
    };
  } finally {
    connection.close();
  }
}

function attemptsIn(connection: Database.Database): Map<number, AttemptFacts[]> {
  const rows = connection
    .prepare<[], AttemptFacts & { deliveryId: number }>(
      `SELECT delivery_id AS deliveryId, answer_status AS status, diagnosis FROM attempts ORDER BY delivery_id, number`,
    )
    .all();
  const byDelivery = new Map<number, AttemptFacts[]>();
  for (const { deliveryId, ...attempt } of rows) {
    const known = byDelivery.get(deliveryId);
    if (known === undefined) byDelivery.set(deliveryId, [attempt]);
    else known.push(attempt);
  }
  return byDelivery;
}

/** Each kept sum beside the count of its rows. */
const SUMS: readonly { name: string; kept: string; counted: string }[] = [
  {
    name: 'deliveries of the campaign',
    kept: `SELECT push_service, key_pair_id, state, diagnosis, count FROM campaign_sums WHERE count <> 0`,
    counted: `SELECT push_service, key_pair_id, state, ifnull(diagnosis, ''), count(*) FROM deliveries GROUP BY 1, 2, 3, 4`,
  },
  {
    name: 'subscriptions',
    kept: `SELECT in_bin, public_key, push_service, state, count FROM subscription_sums WHERE count <> 0`,
    counted: `SELECT deleted_at IS NOT NULL, ifnull(public_key, ''), push_service, state, count(*)
      FROM subscriptions GROUP BY 1, 2, 3, 4`,
  },
  {
    name: 'ends by day',
    kept: `SELECT push_service, state, sum(count) FROM day_sums GROUP BY 1, 2`,
    counted: `SELECT push_service, state, count(*) FROM deliveries WHERE state IN ('accepted', 'failed', 'gone') GROUP BY 1, 2`,
  },
];

function differences(
  connection: Database.Database,
  { name, kept, counted }: (typeof SUMS)[number],
): string[] {
  const lines = (sql: string) =>
    new Set(
      connection
        .prepare(sql)
        .raw()
        .all()
        .map((row) => JSON.stringify(row)),
    );
  const [inSums, inRows] = [lines(kept), lines(counted)];
  return [
    ...[...inSums].filter((line) => !inRows.has(line)).map((line) => `${name}: the sums say ${line}`),
    ...[...inRows].filter((line) => !inSums.has(line)).map((line) => `${name}: the rows say ${line}`),
  ];
}
