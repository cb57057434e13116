import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { createLoopbackCertificate } from '../../electron/engine/local-push-service/certificate.ts';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { createRandom } from '../../electron/engine/local-push-service/random.ts';
import { tempFolder } from '../../electron/engine/testing/temp-folder.ts';
import { account } from '../support/account.ts';
import { startHeadlessEngine, type EngineLife } from '../support/headless-engine.ts';
import { seedCampaign, type DeviceGroup } from '../support/seed-campaign.ts';
import { planFaults } from '../support/plan-faults.ts';
import { recordOf, requestCounter } from '../support/service-record.ts';
import { campaignStateIn, readStoreCopy, type DeliveryFacts } from '../support/store-facts.ts';
import { nextKill, type KillMoment } from './kill-plan.ts';

const KILLS = 34;
/** The kills are laid out as if this many more came, so that the last ones find as much work as the first. */
const SPARE = 8;
/** The same seed gives the same devices, faults and chances; what the machine does with them differs. */
const SEED = process.env['PUSHDESK_TORTURE_SEED'] ?? randomUUID();
/** Far beyond what an idle machine needs. */
const PATIENCE_MS = 120_000;

const services: PushService[] = [];
const lives: EngineLife[] = [];
afterEach(async () => {
  for (const life of lives.splice(0)) await life.kill();
  for (const service of services.splice(0)) await service.close();
});

/** Two push services, which outlive every kill, and a campaign to 5,000 devices of theirs with faults mixed in. */
async function setTheStage(folder: string) {
  const certificate = await createLoopbackCertificate();
  const one = await createPushService({ certificate, seed: `${SEED} one` });
  const two = await createPushService({ certificate, seed: `${SEED} two` });
  services.push(one, two);
  const trusted = path.join(folder, 'authority.pem');
  await one.writeCertificate(trusted);
  const groups: DeviceGroup[] = [
    { service: one, dialect: 'mozilla', count: 1700, keyPair: 0 },
    { service: one, dialect: 'fcm', count: 1500, keyPair: 0 },
    { service: two, dialect: 'fcm', count: 800, keyPair: 1 },
    { service: two, dialect: 'wns', count: 500, keyPair: 0 },
    { service: two, dialect: 'apple', count: 500, keyPair: 1 },
  ];
  const dataDir = path.join(folder, 'data');
  const { messageId, devices } = await seedCampaign(dataDir, groups);
  const random = createRandom(`${SEED} chances`);
  const ends = planFaults(devices, random, { lineCuts: true });
  return {
    dataDir,
    random,
    ends,
    count: devices.length,
    requests: requestCounter([one, two]),
    start() {
      const life = startHeadlessEngine({ dataDir, trusted });
      lives.push(life);
      return life;
    },
    /** The store as it is on disk, and what comparing it with the services' record shows. */
    look() {
      const store = readStoreCopy(dataDir);
      const expected = { messageId, devices: devices.length };
      return { store, ...account(store, recordOf([one, two]), expected) };
    },
  };
}

type Stage = Awaited<ReturnType<typeof setTheStage>>;

/** Lets it work until that moment, then kills it; false when it had just ended cleanly. */
async function killAt(life: EngineLife, moment: KillMoment, requests: Stage['requests']): Promise<boolean> {
  if (moment.requests !== null) {
    const sent = requests.next(moment.requests);
    const fallen = life.ended.then(() => 'fallen');
    const late = wait(PATIENCE_MS / 2, 'silent', { ref: false });
    const trouble = await Promise.race([sent, fallen, late]);
    if (trouble !== undefined) throw new Error(`The engine is ${trouble}, seed ${SEED}:\n${life.output()}`);
  }
  if (moment.asksFirst) life.askToEnd();
  await wait(moment.milliseconds);
  await life.kill();
  return (await life.ended) === null;
}

console.info(`PUSHDESK_TORTURE_SEED=${SEED}`);

it(`loses nothing and repeats nothing in silence through ${KILLS} kills`, async () => {
  const stage = await setTheStage(tempFolder());
  const { dataDir, random, requests } = stage;
  const interrupted = new Set<number>();
  let kills = 0;
  let killsAtWork = 0;
  for (let open = stage.count; kills < KILLS;) {
    const before = requests.total();
    if (await killAt(stage.start(), nextKill(random, open, KILLS - kills + SPARE), requests)) kills += 1;
    if (requests.total() > before) killsAtWork += 1;
    const { store, problems, sending } = stage.look();
    expect(problems, `after kill ${kills}, seed ${SEED}`).toEqual([]);
    // A kill of an engine that has nothing left to do proves nothing.
    expect(store.campaign.state, `after kill ${kills}, seed ${SEED}`).not.toBe('finished');
    for (const id of sending) interrupted.add(id);
    open = stage.count - store.deliveries.filter(isNotSentAgain).length;
  }

  const last = stage.start();
  await vi.waitUntil(() => campaignStateIn(dataDir) === 'finished', { timeout: PATIENCE_MS, interval: 200 });
  expect(await last.end()).toBe(0);
  expect(existsSync(path.join(dataDir, 'pushdesk.db-wal'))).toBe(false);

  const { store, problems, unknown, unknownAccepted, toldRepeats } = stage.look();
  expect(problems, `seed ${SEED}`).toEqual([]);
  expect([store.campaign.recipients, store.deliveries.length, store.left]).toEqual([5000, 5000, []]);
  // Each unknown one was on the wire at a kill, and each that was on the wire at a kill is unknown: none was sent again.
  expect(unknown, `seed ${SEED}`).toEqual(interrupted);
  const unforeseen = store.deliveries.filter(
    ({ state, endpoint }) => state !== 'unknown' && state !== stage.ends.get(endpoint),
  );
  expect(unforeseen, `ends that no fault explains, seed ${SEED}`).toEqual([]);
  const retired = store.deliveries.filter(
    ({ state, subscriptionState }) => (state === 'gone') !== (subscriptionState === 'gone'),
  );
  expect(retired, `subscriptions that are wrongly retired or kept, seed ${SEED}`).toEqual([]);
  expect(killsAtWork).toBeGreaterThanOrEqual(KILLS / 2);
  console.info(
    `${kills} kills, ${killsAtWork} of them after something was sent; ${requests.total()} requests: 0 lost, 0 repeated in silence, ` +
      `${unknown.size} unknown (${unknownAccepted} of them had been taken), ${toldRepeats} repeated after a dropped line, ` +
      `each with an attempt that tells it; seed ${SEED}`,
  );
}, 900_000);

/** It has ended, or was on the wire at the kill and will be unknown. */
function isNotSentAgain({ state }: DeliveryFacts): boolean {
  return state !== 'queued' && state !== 'retrying';
}
