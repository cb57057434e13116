import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { createLoopbackCertificate } from '../../electron/engine/local-push-service/certificate.ts';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { createRandom, type Random } from '../../electron/engine/local-push-service/random.ts';
import { tempFolder } from '../../electron/engine/testing/temp-folder.ts';
import { account } from '../support/account.ts';
import { startHeadlessEngine, type EngineLife } from '../support/headless-engine.ts';
import { planFaults } from '../support/plan-faults.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { seedCampaign, type DeviceGroup } from '../support/seed-campaign.ts';
import { recordOf, requestCounter } from '../support/service-record.ts';
import { campaignStateIn, readStoreCopy } from '../support/store-facts.ts';

const KILLS = Number(process.env['PUSHDESK_TORTURE_KILLS'] ?? 12);
/** The same seed gives the same devices, faults and kills; what the machine does with them differs. */
const SEED = process.env['PUSHDESK_TORTURE_SEED'] ?? randomUUID();
/** Besides a thousand in all, this many devices for each kill, so that even the last one finds work. */
const DEVICES_A_KILL = 20;
/** Far beyond what an idle machine needs. */
const PATIENCE_MS = 180_000 + 2000 * KILLS;
const WORKERS = 2;

const services: PushService[] = [];
const lives = new Set<EngineLife>();
let database: Postgres | null = null;
afterEach(async () => {
  for (const life of lives) await life.kill();
  lives.clear();
  await database?.close();
  database = null;
  for (const service of services.splice(0)) await service.close();
});

async function setTheStage(folder: string, random: Random) {
  const certificate = await createLoopbackCertificate();
  const one = await createPushService({ certificate, seed: `${SEED} one` });
  const two = await createPushService({ certificate, seed: `${SEED} two` });
  services.push(one, two);
  const trusted = path.join(folder, 'authority.pem');
  await one.writeCertificate(trusted);
  const part = (share: number) => Math.round((1000 + KILLS * DEVICES_A_KILL) * share);
  const groups: DeviceGroup[] = [
    { service: one, dialect: 'mozilla', count: part(0.4), keyPair: 0 },
    { service: one, dialect: 'fcm', count: part(0.3), keyPair: 0 },
    { service: two, dialect: 'fcm', count: part(0.2), keyPair: 1 },
    { service: two, dialect: 'wns', count: part(0.1), keyPair: 0 },
  ];
  const dataDir = path.join(folder, 'data');
  const { messageId, devices } = await seedCampaign(dataDir, groups);
  const ends = planFaults(devices, random, { lineCuts: true });
  const postgres = await startPostgres();
  database = postgres;
  const begin = (command: readonly string[], variables: Readonly<Record<string, string>>) => {
    const life = startHeadlessEngine({
      dataDir,
      trusted,
      command,
      variables: { PUSHDESK_WORKERS: postgres.address, ...variables },
    });
    lives.add(life);
    void life.ended.then(() => lives.delete(life));
    return life;
  };
  return {
    dataDir,
    ends,
    devices: devices.length,
    postgres,
    requests: requestCounter([one, two]),
    coordinator: () => begin([], { PUSHDESK_SEND_HERE: '0' }),
    worker: (number: number) => begin(['worker'], { PUSHDESK_WORKER_NAME: `worker ${number}` }),
    look() {
      const store = readStoreCopy(dataDir);
      return { store, ...account(store, recordOf([one, two]), { messageId, devices: devices.length }) };
    },
  };
}

console.info(`PUSHDESK_TORTURE_SEED=${SEED}`);

it(
  `loses nothing and repeats nothing in silence through ${KILLS} kills of workers, database and engine`,
  async () => {
    const random = createRandom(`${SEED} chances`);
    const stage = await setTheStage(tempFolder(), random);
    const { dataDir, requests, postgres } = stage;
    let coordinator = stage.coordinator();
    const workers = Array.from({ length: WORKERS }, (_item, number) => stage.worker(number));
    const kills = { worker: 0, database: 0, engine: 0 };
    const total = () => kills.worker + kills.database + kills.engine;
    const tell = () => [coordinator, ...workers].map((life) => life.output().slice(-3000)).join('\n--\n');

    while (total() < KILLS && campaignStateIn(dataDir) !== 'finished') {
      const open = stage.devices - requests.total();
      const more = 1 + Math.floor((random() * 1.6 * Math.max(0, open)) / (KILLS - total() + 4));
      // While a worker is missing or the database is away, little comes.
      await Promise.race([requests.next(more), wait(2500)]);
      await wait(Math.floor(random() * 30));
      const chance = random();
      if (chance < 0.45) {
        const which = Math.floor(random() * WORKERS);
        await workers[which]?.kill();
        kills.worker += 1;
        workers[which] = stage.worker(which);
      } else if (chance < 0.7) {
        await postgres.kill();
        kills.database += 1;
        await wait(Math.floor(random() * 1500));
        await postgres.start();
      } else {
        await coordinator.kill();
        kills.engine += 1;
        const { problems } = stage.look();
        console.info(JSON.stringify(kills));
        expect(problems, `after ${JSON.stringify(kills)}, seed ${SEED}`).toEqual([]);
        coordinator = stage.coordinator();
      }
    }
    try {
      await vi.waitUntil(() => campaignStateIn(dataDir) === 'finished', {
        timeout: PATIENCE_MS,
        interval: 200,
      });
    } catch (error) {
      throw new Error(`It does not finish, seed ${SEED}:\n${tell()}`, { cause: error });
    }
    expect(await Promise.all(workers.map((life) => life.end()))).toEqual(workers.map(() => 0));
    expect(await coordinator.end()).toBe(0);

    const { store, problems, unknown, unknownAccepted, toldRepeats } = stage.look();
    expect(problems, `seed ${SEED}`).toEqual([]);
    expect([store.deliveries.length, store.left]).toEqual([stage.devices, []]);
    const unforeseen = store.deliveries.filter(
      ({ state, endpoint }) => state !== 'unknown' && state !== stage.ends.get(endpoint),
    );
    expect(unforeseen, `ends that no fault explains, seed ${SEED}`).toEqual([]);
    // Only what was on the wire of a killed program can be unknown.
    if (kills.worker + kills.engine === 0) expect(unknown.size, `seed ${SEED}`).toBe(0);
    expect(total(), `kills before the end, seed ${SEED}`).toBeGreaterThanOrEqual(KILLS / 2);
    console.info(
      `${JSON.stringify(kills)} kills; ${requests.total()} requests for ${stage.devices} devices: 0 lost, 0 repeated in silence, ` +
        `${unknown.size} unknown (${unknownAccepted} of them had been taken), ${toldRepeats} repeated after a dropped line, ` +
        `each with an attempt that tells it; seed ${SEED}`,
    );
  },
  KILLS * 30_000 + PATIENCE_MS * 2,
);
