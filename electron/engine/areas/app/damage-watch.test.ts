import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { engineOptions } from '../../testing/engine-options.ts';
import { tempEngine } from '../../testing/temp-engine.ts';
import { createDamageWatch, damageProblem, type Damage } from './damage-watch.ts';

const NOTHING: Damage = {
  segments: [],
  payloadFormats: [],
  settings: [],
  unreadableCampaigns: 0,
  stoppedCampaigns: 0,
  keyPairs: 0,
  accessTokens: 0,
  statelessSubscriptions: 0,
  bareSubscriptions: 0,
};

/** No `Date` can hold it. */
const LATE = '9200000000000000000';

/** A data folder with three subscriptions and two segments, after `sql` has been run on its store. */
async function damagedBy(sql: string) {
  const options = engineOptions();
  const { engine, client } = await tempEngine({ options });
  const rows = [browserSubscription(), browserSubscription(), browserSubscription()];
  await client.subscriptions.import({ text: JSON.stringify(rows), publicKey: null });
  await client.subscriptions.update({ id: 1, tags: ['news'] });
  for (const name of ['Customers', 'Friends'])
    await client.audience.segments.create({ name, filter: { tagsAnyOf: ['news'] } });
  await engine.stop();
  const file = new Database(path.join(options.dataDir, 'pushdesk.db'));
  file.exec(`PRAGMA ignore_check_constraints = 1; ${sql}`);
  file.close();
  const again = await tempEngine({ options });
  await again.engine.start();
  return { ...again, options, rows };
}

const problemOf = async ({ client }: Awaited<ReturnType<typeof tempEngine>>) =>
  (await client.app.info()).damageProblem;

it('names what is missing for damaged rows, and the way to get it back', async () => {
  const engine = await damagedBy(
    `UPDATE segments SET filter = '{' WHERE name = 'Customers';
     UPDATE subscriptions SET state = 'x' WHERE id = 2;
     UPDATE people SET attributes = '[]' WHERE id = 1`,
  );
  await expect
    .poll(() => problemOf(engine))
    .toEqual({
      code: 'rows-damaged',
      cause:
        'Some rows of the data file are damaged: the segment “Customers” is missing; ' +
        '1 subscription is shown as gone and not sent to; 1 subscription lost its tags or attributes. Everything else works.',
      cure:
        'To get them back, quit Pushdesk and restore a backup. ' +
        'Without one, save the segments again under the same names, and import the subscriptions again.',
    });
});

it('names a payload format and a setting that cannot be read, and goes on with the others', async () => {
  const formats = JSON.stringify([
    { name: 'Mine', text: '{"t":"{{title}}"}' },
    { name: 'Old', text: '{' },
  ]);
  const settings = JSON.stringify({ sites: ['https://a.example', 'nonsense'] });
  const engine = await damagedBy(
    `INSERT INTO settings (name, value) VALUES ('own-formats', '${formats}'), ('app', '${settings}')
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  await expect
    .poll(() => problemOf(engine))
    .toMatchObject({
      cause:
        'Some rows of the data file are damaged: the payload format “Old” is missing; part of the setting “sites” is missing. ' +
        'Everything else works.',
      cure: expect.stringContaining(
        'save the payload formats again under the same names, and change the settings again',
      ) as string,
    });
  expect(await engine.client.campaigns.ownFormats()).toMatchObject([{ name: 'Mine' }]);
  expect(await engine.client.app.settings()).toMatchObject({ sites: ['https://a.example'] });
});

it('tells of access tokens that can’t be used any more', async () => {
  const engine = await damagedBy(
    `INSERT INTO access_tokens (id, name, scopes, hash, created_at, expires_at)
     VALUES (-5, 'a', 'read', x'01', 1, NULL), (2, 'b', 'read', x'02', 1, ${LATE}), (3, 'c', 'read', x'03', 1, 5)`,
  );
  await expect
    .poll(() => problemOf(engine))
    .toMatchObject({
      cause: 'Some rows of the data file are damaged: 2 access tokens can’t be used. Everything else works.',
      cure: expect.stringContaining('create the access tokens again') as string,
    });
});

it('can be put right as it says: by saving the segment and importing the subscriptions again', async () => {
  const engine = await damagedBy(
    `UPDATE segments SET filter = '[]' WHERE name = 'Customers'; UPDATE subscriptions SET state = 'x' WHERE id = 2`,
  );
  await expect.poll(() => problemOf(engine)).toBeTruthy();
  const { client, options, rows } = engine;
  await client.audience.segments.create({ name: 'customers', filter: { tagsAnyOf: ['news'] } });
  await client.subscriptions.import({ text: JSON.stringify(rows), publicKey: null });
  expect((await client.audience.segments.list()).items).toMatchObject([
    { name: 'customers' },
    { name: 'Friends' },
  ]);
  expect(await client.subscriptions.get({ id: 2 })).toMatchObject({ state: 'active' });
  await engine.engine.stop();
  const file = new Database(path.join(options.dataDir, 'pushdesk.db'));
  onTestFinished(() => {
    file.close();
  });
  expect(
    file
      .prepare(
        "SELECT name FROM segments WHERE filter = '[]' UNION SELECT state FROM subscriptions WHERE state <> 'active'",
      )
      .all(),
  ).toEqual([]);
});

it('looks again where something was found, and takes the notice away', () => {
  let segments = ['Customers'];
  const published: string[] = [];
  const turns: (() => void)[] = [];
  const watch = createDamageWatch({
    store: {
      segments: () => segments,
      payloadFormats: () => [],
      settings: () => [],
      campaigns: () => ({ unreadable: 0, stopped: 0 }),
      keyPairs: () => 0,
      accessTokens: () => 0,
      lastSubscription: () => 12_000,
      subscriptions: () => ({ stateless: 0, bare: 0 }),
    },
    dataDir: '/data',
    changes: { publish: (...topics) => void published.push(...topics) },
    log: capturedLog().log,
    later: (run) => turns.push(run),
  });
  const all = () => {
    for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) turn();
  };
  watch.lookAgain();
  expect(turns).toEqual([]);
  watch.look();
  all();
  expect(watch.problem()?.cause).toContain('“Customers”');
  segments = [];
  watch.lookAgain();
  all();
  expect(watch.problem()).toBeNull();
  expect(published).toEqual(['app', 'app']);
});

it.each([
  [{}, null],
  [{ segments: ['A', 'B\u202E'] }, String.raw`the segments “A” and “B\u202E” are missing`],
  [{ segments: ['A', 'B', 'C', 'D', 'E'] }, 'the segments “A”, “B”, “C” and 2 others are missing'],
  [{ payloadFormats: ['A', null] }, 'the payload formats “A” and 1 other are missing'],
  [{ payloadFormats: [null] }, '1 payload format is missing'],
  [{ settings: ['sites', 'listen'] }, 'part of the settings “sites” and “listen” is missing'],
  [{ statelessSubscriptions: 1200 }, '1,200 subscriptions are shown as gone and not sent to'],
  [{ keyPairs: 1, unreadableCampaigns: 2 }, '1 key pair can’t sign; 2 campaigns lost their message'],
  [{ stoppedCampaigns: 1 }, '1 campaign is shown as cancelled'],
])('says %o in words', (found: Partial<Damage>, words) => {
  const cause = damageProblem({ ...NOTHING, ...found }, null)?.cause ?? null;
  expect(cause).toBe(
    words === null ? null : `Some rows of the data file are damaged: ${words}. Everything else works.`,
  );
});

it('names the folder of the copies where there are some', () => {
  const problem = damageProblem({ ...NOTHING, segments: ['A'] }, '/data/backups');
  expect(problem?.cure).toContain('restore a backup; copies are in /data/backups. Without one');
});
