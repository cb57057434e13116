import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { VirtualDevice } from '../../electron/engine/local-push-service/device-push-service.ts';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { createDrafts } from '../../electron/engine/areas/templates/draft-service.ts';
import { openStore } from '../../electron/engine/store/open-store.ts';
import { storeProblemOf } from '../../electron/engine/store/store-problem.ts';
import { capturedLog } from '../../electron/engine/testing/captured-log.ts';
import { fakeClock } from '../../electron/engine/testing/fake-clock.ts';
import { tempFolder } from '../../electron/engine/testing/temp-folder.ts';
import { account } from '../support/account.ts';
import { startHeadlessEngine, type EngineLife } from '../support/headless-engine.ts';
import { seedCampaign } from '../support/seed-campaign.ts';
import { recordOf } from '../support/service-record.ts';
import { campaignStateIn, readStoreCopy } from '../support/store-facts.ts';
import { faultRig, type FaultRig } from './fault-rig.ts';
import { holdStore } from './held-store.ts';

const COUNT = 120;
/** Room for the seeded store and for part of what the campaign writes to its write-ahead log; in blocks of 512 or 1024 bytes. */
const LARGEST_FILE = 2500;

/** SQLite may use no more pages than it has: the error is that of a full disk, and comes where that would come. */
function fillDisk({ rows }: FaultRig): void {
  const [now] = rows<{ page_count: number }>('PRAGMA page_count');
  rows(`PRAGMA max_page_count = ${now?.page_count ?? 0}`);
}

function freeDisk({ rows }: FaultRig): void {
  rows('PRAGMA max_page_count = 1073741823');
}

/** Lets that much time pass while the store refuses. */
async function endure(rig: FaultRig, id: Parameters<FaultRig['run']>[0], milliseconds: number) {
  const begun = rig.time.clock.now();
  return rig.run(id, () => rig.time.clock.now() - begun > milliseconds);
}

function expectEachOnce(rig: FaultRig, devices: readonly VirtualDevice[]): void {
  expect(devices.map((device) => device.acceptedCount())).toEqual(devices.map(() => 1));
  const attempts = rig.rows<{ count: number }>('SELECT count(*) AS count FROM attempts GROUP BY delivery_id');
  expect(attempts.map(({ count }) => count)).toEqual(devices.map(() => 1));
}

/** What a person who asks for something meanwhile is told. */
function problemOf(rig: FaultRig, wish: () => unknown): string | undefined {
  try {
    wish();
    return undefined;
  } catch (error) {
    return storeProblemOf(error, rig.file)?.code;
  }
}

describe('a disk that is full', () => {
  it('in the middle of a campaign: nothing more is sent, nothing is lost, and it goes on when there is room', async () => {
    const rig = await faultRig();
    const devices = rig.devices('fcm', COUNT);
    const id = rig.start();
    await rig.run(id, () => rig.push.requests.counts().received >= 20);
    fillDisk(rig);
    await rig.run(id, () => rig.logText().includes('disk is full'));
    await endure(rig, id, 5000);
    const sent = rig.push.requests.counts().received;
    const stuck = await endure(rig, id, 60_000);
    expect(rig.push.requests.counts().received).toBe(sent);
    expect(sent).toBeLessThan(COUNT);
    expect(stuck.state).toBe('running');
    const long = { message: { body: 'x'.repeat(100_000) }, audience: null, choices: {} };
    const drafts = createDrafts({ db: rig.store.db, changes: { publish() {} }, clock: fakeClock() });
    expect(problemOf(rig, () => drafts.create(long))).toBe('disk-full');

    freeDisk(rig);
    expect(await rig.run(id)).toMatchObject({ state: 'finished', counts: { accepted: COUNT } });
    expectEachOnce(rig, devices);
  });

  it('while the deliveries are written: none is written twice or forgotten', async () => {
    const rig = await faultRig();
    const devices = rig.devices('fcm', 400);
    const id = rig.start();
    fillDisk(rig);
    await vi.waitUntil(() => rig.logText().includes('disk is full'), { timeout: 180_000 });
    expect(rig.service.get({ id })).toMatchObject({ state: 'preparing', wait: { reason: 'store' } });
    expect(rig.storeProblem()?.code).toBe('disk-full');
    expect(rig.push.requests.counts().received).toBe(0);
    freeDisk(rig);
    expect(await rig.run(id)).toMatchObject({
      state: 'finished',
      recipients: 400,
      counts: { accepted: 400 },
    });
    expect(rig.storeProblem()).toBeNull();
    expectEachOnce(rig, devices);
  });

  it('when the engine ends: it lets go of its folder, and nothing is lost', async () => {
    const rig = await faultRig();
    const devices = rig.devices('fcm', COUNT);
    const id = rig.start();
    await rig.run(id);
    fillDisk(rig);
    rig.store.close();
    const { log } = capturedLog();
    const again = openStore({ file: rig.file, log, clock: rig.time.clock });
    const count = again.db.read<object, { count: number }>('SELECT count(*) AS count FROM attempts');
    expect(count.get({})).toEqual({ count: devices.length });
    again.close();
  });
});

describe('a store that another program holds', () => {
  it('in the middle of a campaign: nothing more is sent, nothing is lost, and it goes on when it is free', async () => {
    const rig = await faultRig();
    const devices = rig.devices('fcm', COUNT);
    const id = rig.start();
    await rig.run(id, () => rig.push.requests.counts().received >= 20);
    const other = await holdStore(rig.file);
    try {
      await rig.run(id, () => rig.logText().includes('database is locked'));
      await endure(rig, id, 3000);
      const sent = rig.push.requests.counts().received;
      const stuck = await endure(rig, id, 10_000);
      expect(rig.push.requests.counts().received).toBe(sent);
      expect(sent).toBeLessThan(COUNT);
      expect(stuck.state).toBe('running');
      expect(problemOf(rig, () => rig.service.pause({ id }))).toBe('store-locked');
      expect(rig.service.get({ id }).state).toBe('running');
    } finally {
      await other.release();
    }
    expect(await rig.run(id)).toMatchObject({ state: 'finished', counts: { accepted: COUNT } });
    expectEachOnce(rig, devices);
  });
});

describe('a whole engine', () => {
  const lives: EngineLife[] = [];
  const services: PushService[] = [];
  afterEach(async () => {
    for (const life of lives.splice(0)) await life.kill();
    for (const service of services.splice(0)) await service.close();
  });

  /** A campaign that has just been started, in a folder that engines can be let loose on. */
  async function stage(count: number) {
    const folder = tempFolder();
    const dataDir = path.join(folder, 'data');
    const trusted = path.join(folder, 'authority.pem');
    const service = await createPushService();
    services.push(service);
    await service.writeCertificate(trusted);
    const groups = [{ service, dialect: 'fcm' as const, count, keyPair: 0 }];
    const { messageId, devices } = await seedCampaign(dataDir, groups);
    return {
      dataDir,
      service,
      start: (largestFile?: number): EngineLife => {
        const life = startHeadlessEngine({ dataDir, trusted, largestFile });
        lives.push(life);
        return life;
      },
      look: () => {
        const store = readStoreCopy(dataDir);
        const expected = { messageId, devices: devices.length };
        return { store, ...account(store, recordOf([service]), expected) };
      },
      finished: () =>
        vi.waitUntil(() => campaignStateIn(dataDir) === 'finished', { timeout: 180_000, interval: 100 }),
    };
  }

  it('that is killed when the system lets it write no more comes back to the truth', async () => {
    const { service, start, look, finished } = await stage(1500);
    service.faults.add({ effect: { kind: 'delay', milliseconds: 10 } });
    const cramped = start(LARGEST_FILE);
    await vi.waitUntil(() => cramped.output().includes('the store could not save a step'), {
      timeout: 180_000,
    });
    await cramped.kill();
    const full = look();
    expect(full.problems).toEqual([]);
    expect(full.store.campaign.state).toBe('running');
    expect(service.requests.counts().accepted).toBeGreaterThan(0);

    const free = start();
    await finished();
    expect(await free.end()).toBe(0);
    const { problems, store, unknown } = look();
    expect(problems).toEqual([]);
    expect(unknown).toEqual(full.sending);
    expect(store.deliveries.filter(({ state }) => state !== 'accepted' && state !== 'unknown')).toEqual([]);
  }, 600_000);

  it('that finds its store held by another program says so and ends; later it goes on', async () => {
    const { dataDir, service, start, look, finished } = await stage(100);
    const other = await holdStore(path.join(dataDir, 'pushdesk.db'));
    try {
      const life = start();
      expect(await life.ended).toBe(1);
      expect(life.output()).toMatch(/Another program is using the data file .* Close the other program/);
      expect(service.requests.counts().received).toBe(0);
    } finally {
      await other.release();
    }
    const life = start();
    await finished();
    expect(await life.end()).toBe(0);
    expect(look()).toMatchObject({ problems: [], store: { campaign: { recipients: 100 } } });
  }, 600_000);
});
