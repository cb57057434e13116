import { readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Workers } from '../electron/contract/workers.ts';
import { createLoopbackCertificate } from '../electron/engine/local-push-service/certificate.ts';
import { createPushService } from '../electron/engine/local-push-service/push-service.ts';
import { tempFolder } from '../electron/engine/testing/temp-folder.ts';
import { account } from './support/account.ts';
import { API_TOKEN, startHeadlessEngine } from './support/headless-engine.ts';
import { startPostgres } from './support/postgres.ts';
import { seedCampaign } from './support/seed-campaign.ts';
import { recordOf, requestCounter } from './support/service-record.ts';
import { mayMount, smallDisk } from './support/small-disk.ts';
import { campaignStateIn, readStoreCopy } from './support/store-facts.ts';

const RECIPIENTS = 4000;
const PASSWORD = 'pass-word-of-the-database';
const PATIENCE = { timeout: 150_000, interval: 100 };

it.runIf(mayMount())(
  'a campaign waits while the disk of the database is full, says so, goes on by itself, and no secret is logged',
  async () => {
    const folder = tempFolder();
    const push = await createPushService({ certificate: await createLoopbackCertificate(), seed: 'full' });
    onTestFinished(() => push.close());
    // Enough time to fill the disk in the middle of it.
    push.faults.add({ effect: { kind: 'delay', milliseconds: 100 } });
    const trusted = path.join(folder, 'authority.pem');
    await push.writeCertificate(trusted);
    const dataDir = path.join(folder, 'data');
    const seeded = await seedCampaign(dataDir, [
      { service: push, dialect: 'fcm', count: RECIPIENTS, keyPair: 0 },
    ]);
    const postgres = await startPostgres();
    onTestFinished(() => postgres.close());
    const disk = smallDisk('48m');
    postgres.own(disk.folder);
    postgres.query(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
    postgres.query('CREATE DATABASE small TABLESPACE small');
    const address = postgres.address
      .replace('postgres@', `postgres:${PASSWORD}@`)
      .replace(/\/postgres$/, '/small');
    const start = (command: readonly string[]) => {
      const variables = { PUSHDESK_WORKERS: address, PUSHDESK_SEND_HERE: '0', PUSHDESK_LOG_LEVEL: 'debug' };
      const life = startHeadlessEngine({ dataDir, trusted, command, variables });
      onTestFinished(() => life.kill());
      return life;
    };
    const requests = requestCounter([push]);
    const [engine, worker] = [start([]), start(['worker'])];
    await requests.next(RECIPIENTS / 10);
    disk.fill();
    const workers = () => engine.call('GET', '/workers') as Promise<Workers>;
    await vi.waitUntil(async () => (await workers()).problem !== null, PATIENCE);
    await vi.waitUntil(async () => (await workers()).problem?.cause.includes('its disk is full'), PATIENCE);
    expect(campaignStateIn(dataDir)).toBe('running');
    disk.free();
    await vi.waitUntil(() => campaignStateIn(dataDir) === 'finished', PATIENCE);
    expect(await worker.end()).toBe(0);
    expect(await engine.end()).toBe(0);

    const store = readStoreCopy(dataDir);
    const { problems, unknown } = account(store, recordOf([push]), {
      messageId: seeded.messageId,
      devices: RECIPIENTS,
    });
    expect([problems, unknown.size]).toEqual([[], 0]);
    expect(store.deliveries.every(({ state }) => state === 'accepted')).toBe(true);
    expect(requests.total()).toBe(RECIPIENTS);

    const printed = engine.output() + worker.output();
    expect(printed).toContain('database');
    for (const secret of [PASSWORD, API_TOKEN, ...secretsOf(dataDir)])
      expect(printed.includes(secret), 'a secret stands in what was printed').toBe(false);
  },
  600_000,
);

/** Private halves, keys of browsers, and signed tokens. */
function secretsOf(dataDir: string): string[] {
  const connection = new Database(path.join(dataDir, 'pushdesk.db'), { readonly: true });
  try {
    const browsers = connection.prepare<[], string>('SELECT auth FROM subscriptions LIMIT 200').pluck().all();
    const files = ['private-keys.json', 'push-tokens.json'].map((name) =>
      readFileSync(path.join(dataDir, name), 'utf8'),
    );
    const found = files.flatMap((text) => text.match(/[\w-]{40,}(?:\.[\w-]{20,}){0,2}/g) ?? []);
    const publicKeys = new Set(
      connection.prepare<[], string>('SELECT public_key FROM key_pairs').pluck().all(),
    );
    const secrets = found.filter((text) => !publicKeys.has(text));
    expect(secrets.length).toBeGreaterThan(1);
    return [...browsers, ...secrets];
  } finally {
    connection.close();
  }
}
