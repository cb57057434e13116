import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { browserSubscription } from '../../electron/engine/testing/browser-subscription.ts';
import { tempEngine } from '../../electron/engine/testing/temp-engine.ts';
import { engineOptions } from '../../electron/engine/testing/engine-options.ts';
import { tempFolder } from '../../electron/engine/testing/temp-folder.ts';
import { createSaveFiles } from '../../electron/main/save-files.ts';
import { account } from '../support/account.ts';
import { API_TOKEN, startHeadlessEngine, type EngineLife } from '../support/headless-engine.ts';
import { seedCampaign } from '../support/seed-campaign.ts';
import { recordOf } from '../support/service-record.ts';
import { mayMount, smallDisk } from '../support/small-disk.ts';
import { campaignStateIn, readStoreCopy } from '../support/store-facts.ts';

const COUNT = 1500;
const FULL = {
  code: 'disk-full',
  detail: 'The disk is full, so nothing more can be stored.',
  cure: 'Free some space and try again.',
};

const lives: EngineLife[] = [];
const services: PushService[] = [];
afterEach(async () => {
  for (const life of lives.splice(0)) await life.kill();
  for (const service of services.splice(0)) await service.close();
});

/** A disk of its own, really full: what SQLite or a shell limit refuses in other tests, the file system refuses here. */
describe.runIf(mayMount())('a real disk that is full', () => {
  it('in the middle of a campaign: it waits, says so to whoever asks, and goes on', async () => {
    const disk = smallDisk('16m');
    const folder = tempFolder();
    const dataDir = path.join(disk.folder, 'data');
    const trusted = path.join(folder, 'authority.pem');
    const service = await createPushService();
    services.push(service);
    await service.writeCertificate(trusted);
    const groups = [{ service, dialect: 'fcm' as const, count: COUNT, keyPair: 0 }];
    const { messageId, devices } = await seedCampaign(dataDir, groups);
    service.faults.add({ effect: { kind: 'delay', milliseconds: 10 } });
    const life = startHeadlessEngine({ dataDir, trusted });
    lives.push(life);
    await vi.waitUntil(() => service.requests.counts().accepted > 50, { timeout: 180_000 });
    disk.fill();
    await vi.waitUntil(() => life.output().includes('disk is full'), { timeout: 180_000 });

    const url = /ready: (\S+)/.exec(life.output())?.[1] ?? '';
    const api = async (method: string, place: string, body?: unknown) => {
      const answer = await fetch(new URL(`api/v1/${place}`, url), {
        method,
        headers: {
          authorization: `Bearer ${API_TOKEN}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: body === undefined ? null : JSON.stringify(body),
      });
      return { status: answer.status, json: (await answer.json()) as unknown };
    };
    const text = JSON.stringify(Array.from({ length: 2000 }, () => browserSubscription()));
    for (const [method, place, body] of [
      ['POST', 'subscriptions/import', { text, publicKey: null }],
      ['PATCH', 'subscriptions/1', { label: 'x'.repeat(200), attributes: { a: 'y'.repeat(500) } }],
      ['POST', 'campaigns', { message: { title: 'Two' }, audience: { kind: 'everyone' } }],
    ] as const) {
      const told = await api(method, place, body);
      expect(told, place).toMatchObject({ status: 503, json: FULL });
    }
    expect(await api('GET', 'subscriptions?limit=1')).toMatchObject({ status: 200 });
    expect(campaignStateIn(dataDir)).toBe('running');

    disk.free();
    await vi.waitUntil(() => campaignStateIn(dataDir) === 'finished', { timeout: 180_000, interval: 100 });
    expect(await life.end()).toBe(0);
    const store = readStoreCopy(dataDir);
    const expected = { messageId, devices: devices.length };
    const { problems, unknown } = account(store, recordOf([service]), expected);
    expect(problems).toEqual([]);
    expect(unknown.size).toBe(0);
    expect(store.deliveries.every(({ state }) => state === 'accepted')).toBe(true);
  }, 600_000);

  it('when it starts: it says so and ends, and opens the store once there is room', async () => {
    const disk = smallDisk('8m');
    const options = engineOptions({ dataDir: path.join(disk.folder, 'data') });
    const first = await tempEngine({ options });
    await first.client.subscriptions.import({
      text: JSON.stringify([browserSubscription()]),
      publicKey: null,
    });
    await first.engine.stop();
    disk.fill();
    const full = startHeadlessEngine({ dataDir: options.dataDir, trusted: '' });
    lives.push(full);
    expect(await full.ended).toBe(1);
    expect(full.output().trim().split('\n').at(-1)).toBe(`${FULL.detail} ${FULL.cure}`);
    expect(full.output()).not.toMatch(/^\s+at /m);
    disk.free();
    const { client } = await tempEngine({ options });
    expect((await client.subscriptions.list({})).items).toHaveLength(1);
  });

  it('while an export is written: the file that was there stays, and nothing half written is left', async () => {
    const disk = smallDisk('1m');
    const file = path.join(disk.folder, 'subscriptions.json');
    writeFileSync(file, 'the last export');
    const files = createSaveFiles();
    const id = await files.open(file);
    await files.write(id, 'x'.repeat(1000));
    disk.fill();
    await expect(files.write(id, 'x'.repeat(2_000_000))).rejects.toMatchObject({ code: 'ENOSPC' });
    await files.close(id, false);
    expect(readFileSync(file, 'utf8')).toBe('the last export');
    expect(readdirSync(disk.folder).sort()).toEqual(['ballast', 'subscriptions.json']);
  });
});
