import { randomUUID } from 'node:crypto';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import type { SubscriptionId } from '../contract/ids.ts';
import { browserSubscription } from './testing/browser-subscription.ts';
import { engineOptions } from './testing/engine-options.ts';
import { tempEngine } from './testing/temp-engine.ts';

/** What an edit by hand, a bad disk or another program may leave in a column. STRICT tables keep the types apart. */
const HOSTILE: Readonly<Record<string, readonly (string | number | bigint | Buffer | null)[]>> = {
  INTEGER: [-1, 0, 4_000_000_000_000_000n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, null],
  REAL: [-1, 1e308, null],
  TEXT: ['', 'nonsense', '{', 'null', '[1]', '{"a":1}', '[["a"]]', '"x"', '\u0000\u202E', null],
  BLOB: ['', 'ff', 'ffffff', 'ff'.repeat(5000), null].map((hex) =>
    hex === null ? null : Buffer.from(hex, 'hex'),
  ),
};
/** The columns that identify a row: changing them makes it another row, not a damaged one. */
const NAMES_A_ROW: readonly string[] = [
  'id',
  'campaign_id',
  'subscription_id',
  'delivery_id',
  'key_pair_id',
  'day',
  'stretch',
  'act_id',
];
const TABLES = [
  'subscriptions',
  'subscription_sums',
  'key_pairs',
  'campaigns',
  'campaign_sums',
  'campaign_lanes',
  'deliveries',
  'attempts',
  'answer_texts',
  'header_lists',
  'day_sums',
  'settings',
  'people',
  'facts',
  'fact_rows',
  'segments',
  'acts',
  'act_rows',
  'state_changes',
  'campaign_members',
  'answer_examples',
  'search_bits',
  'key_rotations',
  'key_rotation_hours',
  'subscription_visits',
  'moved_in_hours',
  'access_tokens',
  'drafts',
  'templates',
] as const;

type Client = Awaited<ReturnType<typeof tempEngine>>['client'];

const message = { title: 'Hello' };
const everybody = { inBin: false };

const SEED = `
  CREATE TEMP TABLE generate_bits AS WITH RECURSIVE n(value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM n WHERE value < 1023) SELECT value FROM n;
  UPDATE subscriptions SET label = 'one' WHERE id = 1;
  UPDATE subscriptions SET last_delivery_at = 5, last_delivery_state = 'accepted', expiration_time = 4000000000000;
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, recipients, created_at, finished_at)
    SELECT 'r' || value, 'campaign', 'finished', '{"title":"Hello"}', '{}', 2, '{"kind":"everyone"}', 2, 2, 5, 9 FROM json_each('[1,2]');
  INSERT INTO campaign_lanes (campaign_id, push_service, service_host, key_pair_id, paused_diagnosis, paused_status, paused_at)
    VALUES (1, 'fcm', '', 1, 'token-refused', 403, 7);
  INSERT INTO campaign_sums (campaign_id, push_service, key_pair_id, state, diagnosis, count)
    VALUES (1, 'fcm', 1, 'failed', 'token-refused', 2), (2, 'fcm', 1, 'accepted', '', 2);
  INSERT INTO day_sums (day, push_service, state, count) VALUES (0, 'fcm', 'failed', 2);
  INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, attempt_count, last_status, diagnosis, updated_at, repeat_risk)
    SELECT c.id, s.id, 1, 'fcm', iif(c.id = 1, 'failed', 'accepted'), 1, 403, iif(c.id = 1, 'token-refused', NULL), 9, 2
    FROM campaigns c, subscriptions s;
  INSERT INTO header_lists (id, headers) VALUES (1, '[["ttl","60"]]');
  INSERT INTO answer_texts (id, key, text, uses) VALUES (1, randomblob(16), '[["a",null]]', 1), (2, randomblob(16), 'no', 1);
  INSERT INTO attempts (delivery_id, number, started_at, duration_ms, request_url, request_headers, header_list_id, body_bytes, answer_status,
      answer_headers, answer_list_id, answer_body_id, answer_received_bytes, diagnosis)
    SELECT id, 1, 8, 1.5, '', '', 1, 30, 403, '["x"]', 1, 2, 9000, diagnosis FROM deliveries;
  INSERT INTO answer_examples (campaign_id, push_service, diagnosis, status, words) VALUES (1, 'fcm', 'token-refused', 403, 'no');
  INSERT INTO campaign_members (campaign_id, stretch, count, rows) VALUES (1, 0, 2, x'01000200');
  INSERT INTO search_stretches (stretch) VALUES (0);
  INSERT INTO search_bits (id, bitmap) SELECT value, zeroblob(2000) FROM generate_bits;
  INSERT INTO drafts (message, audience, choices, revision, request_id, updated_at)
    SELECT '{"title":"Hello"}', '{"kind":"everyone"}', '{}', 1, 'r' || value, 5 FROM json_each('[8,9]');
  INSERT INTO templates (name, key, message, updated_at) VALUES ('One', 'one', '{}', 5), ('Two', 'two', '{}', 5);
  INSERT INTO settings (name, value) VALUES ('app', '{}'), ('own-formats', '[{"name":"A","text":"{{title}}"}]') ON CONFLICT DO NOTHING;
  INSERT INTO key_rotations (from_key, to_key, started_at, started_with) SELECT public_key, 'K', 5, 2 FROM key_pairs;
  INSERT INTO key_rotation_hours (rotation_id, hour, count) VALUES (1, 4, 1);
  INSERT INTO subscription_visits (subscription_id, seen_at) VALUES (1, 5), (2, 6);
  INSERT INTO moved_in_hours (hour, how, count) VALUES (4, 'kept', 1), (4, 'renewed', 2);
  INSERT INTO access_tokens (name, scopes, hash, created_at, expires_at, last_used_at)
    VALUES ('Laptop', 'read', x'01', 5, 4000000000000, 6), ('CI', 'send', x'02', 5, NULL, NULL);`;

/** At an address on this machine where nothing listens. */
const local = () => browserSubscription({ host: '127.0.0.1:9/push' });

/** The data folder of a store that has two of everything, and the database file itself. */
async function seeded() {
  const options = engineOptions({ allowPrivateEndpoints: true });
  const first = await tempEngine({ options });
  const { publicKey } = await first.client.keys.generate({ name: 'Shop', subject: 'mailto:me@example.com' });
  const text = JSON.stringify([local(), local()]);
  await first.client.subscriptions.import({ text, publicKey });
  const { subscriptions, audience } = first.client;
  for (const id of [1, 2] as SubscriptionId[]) {
    await subscriptions.update({ id, externalId: 'u1', tags: ['news'], attributes: { plan: 'pro' } });
  }
  await subscriptions.remove({ ids: [1] as SubscriptionId[] });
  await subscriptions.restore({ ids: [1] as SubscriptionId[] });
  await subscriptions.acts.start({ target: { filter: everybody }, act: { kind: 'tag', tags: ['vip'] } });
  for (const name of ['Pro', 'Vip']) {
    await audience.segments.create({ name, filter: { tagsAnyOf: ['news'] } });
  }
  await first.engine.stop();
  const file = openFile(options.dataDir);
  file.exec(SEED);
  return { file, options };
}

/** The same with an engine running on it. */
async function rig() {
  const { file, options } = await seeded();
  return { file, ...(await tempEngine({ options })) };
}

function openFile(dataDir: string): Database.Database {
  const file = new Database(path.join(dataDir, 'pushdesk.db'));
  file.pragma('ignore_check_constraints = ON');
  file.pragma('foreign_keys = OFF');
  onTestFinished(() => {
    file.close();
  });
  return file;
}

const everyone = { kind: 'everyone' } as const;

/** Every list, and everything that a person opens from one. */
const CALLS: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  overview: (client) => client.app.overview(),
  accessTokens: (client) => client.tokens.list(),
  settings: (client) => client.app.settings(),
  keys: (client) => client.keys.list(),
  'changes of key': (client) => client.keys.rotations(),
  'moving in': (client) => client.keys.movingIn(),
  subscriptions: (client) => client.subscriptions.list({}),
  'subscriptions searched': (client) => client.subscriptions.list({ filter: { search: 'one' } }),
  counts: (client) => client.subscriptions.counts({}),
  'a subscription': (client) => client.subscriptions.get({ id: 1 }),
  'its deliveries': (client) => client.subscriptions.deliveries({ id: 1 }),
  export: (client) => client.subscriptions.exportJson({ ids: [1, 2] as SubscriptionId[] }),
  campaigns: (client) => client.campaigns.list({}),
  'a campaign': (client) => client.campaigns.get({ id: 1 }),
  deliveries: (client) => client.campaigns.deliveries({ campaignId: 1 }),
  'deliveries by state': (client) => client.campaigns.deliveries({ campaignId: 1, states: ['failed'] }),
  'a delivery': (client) => client.campaigns.delivery({ id: 1 }),
  'an act': async (client) => {
    const [first] = (await client.subscriptions.acts.list()).items;
    return first === undefined ? null : client.subscriptions.acts.get({ id: first.id });
  },
  'filtered by tag': (client) => client.subscriptions.list({ filter: { tagsAnyOf: ['news'] } }),
  'counted by tag and value': (client) =>
    client.subscriptions.counts({ filter: { tagsNoneOf: ['vip'], attributes: ['plan=pro'] } }),
  'searched by what an endpoint holds': (client) =>
    client.subscriptions.list({ filter: { search: '127.0.0.1:9' } }),
  'never reached': (client) => client.subscriptions.list({ filter: { neverReached: true } }),
  'shown lately': (client) =>
    client.subscriptions.counts({ filter: { shownWithinDays: 30, neverShown: false } }),
  'clicked in a campaign': (client) =>
    client.subscriptions.counts({ filter: { clickedInCampaign: 1, notShownInCampaign: 1 } }),
  'its states': (client) => client.subscriptions.states({ id: 1 }),
  'export by page': (client) => client.subscriptions.export({}),
  segments: (client) => client.audience.segments.list(),
  'a segment': (client) => client.audience.segments.get({ id: 1 }),
  tags: (client) => client.audience.tags.list(),
  attributes: (client) => client.audience.attributes.list(),
  'values of an attribute': (client) => client.audience.attributes.values({ name: 'plan' }),
  'preflight of a segment': (client) =>
    client.campaigns.preflight({
      message,
      audience: {
        kind: 'matching',
        anyOf: [
          { kind: 'segment', id: 2 },
          { kind: 'tag', tag: 'news' },
        ],
      },
    }),
  drafts: (client) => client.drafts.list({}),
  'a draft': (client) => client.drafts.get({ id: 1 }),
  'own payload formats': (client) => client.campaigns.ownFormats(),
  templates: (client) => client.templates.list(),
  'a template': (client) => client.templates.get({ id: 1 }),
  preflight: (client) => client.campaigns.preflight({ message, audience: everyone }),
  'the server': (client) => client.server.status(),
};

/** The calls that fail without giving a proper reason, as `name: message`. */
async function failures(client: Client, calls = CALLS): Promise<string[]> {
  const told: string[] = [];
  for (const [name, call] of Object.entries(calls)) {
    try {
      await call(client);
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (code !== 'NOT_FOUND' && code !== 'BAD_INPUT' && code !== 'CONFLICT') {
        told.push(`${name}: ${String(error)}`);
      }
    }
  }
  return told;
}

interface Column {
  name: string;
  type: string;
  pk: number;
}
type Row = Record<string, string | bigint | number | Buffer | null>;

it('all answers come from a store that is whole', async () => {
  const { client } = await rig();
  expect(await failures(client)).toEqual([]);
});

it.each(TABLES)(
  'a value in %s that Pushdesk never writes takes no list and no answer away',
  async (table) => {
    const { client, file } = await rig();
    const columns = file
      .prepare<[], Column>(`SELECT name, type, pk FROM pragma_table_info('${table}')`)
      .all();
    const key = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
    const change = (column: string, value: unknown, row: Row) => {
      // A search reads some of the thousand bitmaps, so all of them are changed.
      if (table === 'search_bits')
        return file.prepare('UPDATE search_bits SET bitmap = ?').run(value).changes / 1024;
      return file
        .prepare(
          `UPDATE "${table}" SET "${column}" = @value WHERE ${key.map((name) => `"${name}" = @${name}`).join(' AND ')}`,
        )
        .run({ ...Object.fromEntries(key.map((name) => [name, row[name]])), value }).changes;
    };
    const rows = file.prepare<[], Row>(`SELECT * FROM "${table}"`).safeIntegers().all();
    const wrong: string[] = [];
    let tried = 0;
    for (const row of table === 'settings' ? rows : rows.slice(0, 1)) {
      for (const { name, type } of columns.filter((column) => !NAMES_A_ROW.includes(column.name))) {
        for (const value of HOSTILE[type] ?? []) {
          try {
            change(name, value, row);
          } catch {
            continue; // The file itself does not accept it.
          }
          tried += 1;
          const failed = await failures(client);
          if (failed.length > 0) wrong.push(`${name} = ${String(value)}: ${failed.join('; ')}`);
          expect(change(name, row[name], { ...row, [name]: value })).toBe(1);
        }
      }
    }
    expect(wrong.join('\n')).toBe('');
    expect(tried).toBeGreaterThan(0);
  },
);

/** In all other tables, every row is damaged. */
const KEYED_BY_ID: readonly string[] = [
  'subscriptions',
  'key_pairs',
  'campaigns',
  'deliveries',
  'attempts',
  'answer_texts',
  'header_lists',
  'people',
  'facts',
  'segments',
  'act_rows',
  'state_changes',
];

/** What a person keeps doing, with undamaged rows among the others. */
const DEEDS: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  'undo an act': async (client) => {
    const [first] = (await client.subscriptions.acts.list()).items;
    return first === undefined ? null : client.subscriptions.acts.undo({ id: first.id });
  },
  'tag everybody': async (client) => {
    const act = await client.subscriptions.acts.start({
      target: { filter: everybody },
      act: { kind: 'tag', tags: ['new', 'news'] },
    });
    expect(act.state).toBe('done');
    expect((await client.subscriptions.acts.undo({ id: act.id })).state).toBe('undone');
  },
  'change one row': (client) =>
    client.subscriptions.update({
      id: 1,
      label: 'One',
      addTags: ['x'],
      attributes: { plan: 'free', a: 'b' },
    }),
  'rename a tag': (client) => client.audience.tags.rename({ name: 'news', to: 'letters' }),
  'save a segment': (client) => client.audience.segments.create({ name: 'New', filter: {} }),
  'change a segment': (client) => client.audience.segments.update({ id: 2, name: 'Other' }),
  'send to a tag': (client) =>
    client.campaigns.start({
      requestId: randomUUID(),
      message,
      audience: {
        kind: 'matching',
        anyOf: [
          { kind: 'chosen', ids: [1, 2] },
          { kind: 'tag', tag: 'x' },
        ],
      },
    }),
  'pause a campaign': (client) => client.campaigns.pause({ id: 1 }),
  'cancel a campaign': (client) => client.campaigns.cancel({ id: 1 }),
  'import again': (client) =>
    client.subscriptions.import({ text: JSON.stringify([local()]), publicKey: null }),
  bin: (client) => client.subscriptions.remove({ ids: [1] }),
  erase: (client) => client.subscriptions.erase({ ids: [1] }),
};

const SOME = [0, 1, 2, 3, 4, 5];

it.each(SOME)(
  'a store with such a value in one row of every table opens, and goes on (%i)',
  async (index) => {
    const { file, options } = await seeded();
    file.exec(
      "UPDATE campaigns SET state = 'running' WHERE id = 1; UPDATE deliveries SET state = 'queued' WHERE campaign_id = 1",
    );
    let changed = 0;
    for (const table of TABLES) {
      const columns = file
        .prepare<[], Column>(`SELECT name, type, pk FROM pragma_table_info('${table}')`)
        .all();
      for (const { name, type } of columns.filter((column) => !NAMES_A_ROW.includes(column.name))) {
        const values = HOSTILE[type] ?? [];
        const row = KEYED_BY_ID.includes(table) ? 'id = 1' : '1';
        try {
          // The state of the last campaign, which is being sent, stays as it is, so that the engine has something to do.
          if (table === 'campaigns' && name === 'state') continue;
          changed += file
            .prepare(`UPDATE "${table}" SET "${name}" = ? WHERE ${row}`)
            .run(values[index % values.length]).changes;
        } catch {
          continue; // The file itself does not accept it.
        }
      }
    }
    expect(changed).toBeGreaterThan(20);
    file.close();
    const { client, captured } = await tempEngine({ options });
    expect(await failures(client)).toEqual([]);
    expect((await client.campaigns.list({})).items).toHaveLength(2);
    expect((await client.subscriptions.get({ id: 2 })).state).toBe('active');
    expect(await failures(client, DEEDS), captured.text()).toEqual([]);
    expect(await failures(client)).toEqual([]);
  },
);

it('counts anew at the start where a count is none', async () => {
  const { file, options } = await seeded();
  file.exec('UPDATE subscription_sums SET count = 9223372036854775807');
  const { client } = await tempEngine({ options });
  await client.subscriptions.import({ text: JSON.stringify([local()]), publicKey: null });
  const { byState } = await client.subscriptions.counts({});
  expect(byState).toMatchObject({ active: 3, gone: 0 });
});
