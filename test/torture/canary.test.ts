import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, expect, it, vi } from 'vitest';
import { canaryRulesSchema } from '../../electron/contract/canary.ts';
import { createLoopbackCertificate } from '../../electron/engine/local-push-service/certificate.ts';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { createRandom } from '../../electron/engine/local-push-service/random.ts';
import { tempFolder } from '../../electron/engine/testing/temp-folder.ts';
import { account } from '../support/account.ts';
import { startHeadlessEngine, type EngineLife } from '../support/headless-engine.ts';
import { seedCampaign } from '../support/seed-campaign.ts';
import { recordOf, requestCounter } from '../support/service-record.ts';
import { readStoreCopy } from '../support/store-facts.ts';

/** `PUSHDESK_TORTURE_CANARY_KILLS=300` for a long run. */
const KILLS = Number(process.env['PUSHDESK_TORTURE_CANARY_KILLS'] ?? 5);
const SEED = process.env['PUSHDESK_TORTURE_SEED'] ?? randomUUID();
const DEVICES = 3000;
/** A fifth of either part, judged good however much is unknown after the kills, and then held for the person. */
const RULES = canaryRulesSchema.parse({
  sharePercent: 20,
  minAcceptedPercent: 0,
  maxFailedPercent: 100,
  anyRefusedToken: false,
  whenGood: 'wait',
});
const PATIENCE_MS = 180_000;

const services: PushService[] = [];
const lives: EngineLife[] = [];
afterEach(async () => {
  for (const life of lives.splice(0)) await life.kill();
  for (const service of services.splice(0)) await service.close();
});

/** As it is in the store: who the canary is, and what has become of it. */
function canaryIn(dataDir: string): { state: string; chosen: string[] } {
  const connection = new Database(path.join(dataDir, 'pushdesk.db'), { readonly: true });
  try {
    const state = connection.prepare<[], string>('SELECT state FROM canaries').pluck().get() ?? '';
    const chosen = connection
      .prepare<[], string>(
        'SELECT s.endpoint FROM deliveries d JOIN subscriptions s ON s.id = d.subscription_id WHERE d.canary = 1 ORDER BY 1',
      )
      .pluck()
      .all();
    return { state, chosen };
  } finally {
    connection.close();
  }
}

async function setTheStage(folder: string) {
  const certificate = await createLoopbackCertificate();
  const service = await createPushService({ certificate, seed: SEED });
  services.push(service);
  const trusted = path.join(folder, 'authority.pem');
  await service.writeCertificate(trusted);
  const dataDir = path.join(folder, 'data');
  const groups = [
    { service, dialect: 'mozilla', count: DEVICES / 2, keyPair: 0 },
    { service, dialect: 'fcm', count: DEVICES / 2, keyPair: 0 },
  ] as const;
  const { messageId } = await seedCampaign(dataDir, groups, { canary: RULES });
  return {
    dataDir,
    requests: requestCounter([service]),
    start() {
      const life = startHeadlessEngine({ dataDir, trusted });
      lives.push(life);
      return life;
    },
    look() {
      const store = readStoreCopy(dataDir);
      return { store, ...account(store, recordOf([service]), { messageId, devices: DEVICES }) };
    },
  };
}

it(`sends nothing but the canary through ${KILLS} kills, the same one after each`, async () => {
  const stage = await setTheStage(tempFolder());
  const random = createRandom(SEED);
  let known: string[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const life = stage.start();
    if (random() < 0.7) {
      const sent = stage.requests.next(1 + Math.floor(random() * 60));
      await Promise.race([sent, wait(2000, null, { ref: false })]);
    } else await wait(Math.floor(random() * 1500));
    await life.kill();
    const { chosen } = canaryIn(stage.dataDir);
    if (known.length > 0) expect(chosen, `after kill ${kill}, seed ${SEED}`).toEqual(known);
    known = chosen;
    const { store, problems } = stage.look();
    expect(problems, `after kill ${kill}, seed ${SEED}`).toEqual([]);
    const others = store.deliveries.filter(
      ({ endpoint, state }) => state !== 'queued' && !chosen.includes(endpoint),
    );
    expect(others, `sent before the verdict, seed ${SEED}`).toEqual([]);
  }
  const last = stage.start();
  await vi.waitUntil(() => canaryIn(stage.dataDir).state === 'waiting', {
    timeout: PATIENCE_MS,
    interval: 200,
  });
  // It may have been judged before this life began, and then there is nothing to end in an orderly way.
  await last.kill();
  const { store, problems } = stage.look();
  expect(problems, `seed ${SEED}`).toEqual([]);
  const { chosen } = canaryIn(stage.dataDir);
  expect(chosen).toHaveLength(DEVICES / 5);
  const touched = store.deliveries.filter(({ state }) => state !== 'queued').map(({ endpoint }) => endpoint);
  expect(touched.toSorted(), `seed ${SEED}`).toEqual(chosen.toSorted());
  console.info(
    `${KILLS} kills; ${stage.requests.total()} requests, ${chosen.length} in the canary; seed ${SEED}`,
  );
}, 900_000);
