import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, expect, it, vi } from 'vitest';
import { canaryRulesSchema, type CanaryRules } from '../../electron/contract/canary.ts';
import { createLoopbackCertificate } from '../../electron/engine/local-push-service/certificate.ts';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { createRandom, type Random } from '../../electron/engine/local-push-service/random.ts';
import { tempFolder } from '../../electron/engine/testing/temp-folder.ts';
import { account } from '../support/account.ts';
import { startHeadlessEngine, type EngineLife } from '../support/headless-engine.ts';
import { seedCampaign, setAttributes } from '../support/seed-campaign.ts';
import { recordOf, requestCounter } from '../support/service-record.ts';
import { campaignStateIn, readStoreCopy } from '../support/store-facts.ts';
import { nextKill } from './kill-plan.ts';

/** `PUSHDESK_TORTURE_PERSONAL_KILLS=300` for a long run. */
const KILLS = Number(process.env['PUSHDESK_TORTURE_PERSONAL_KILLS'] ?? 5);
const SEED = process.env['PUSHDESK_TORTURE_SEED'] ?? randomUUID();
const DEVICES = 1500;
/** What is on the wire at a kill is not sent again: more kills would find nothing left to do. */
const KILLS_OF_A_CAMPAIGN = 15;
const SPARE = 3;
const MAX_AFTER_DECISION_MS = 150;
const PATIENCE_MS = 180_000;

/** Judged good however much is unknown after the kills. Every third campaign has none. */
const CANARIES = (['go-on', 'wait', null] as const).map((whenGood) =>
  whenGood === null
    ? null
    : canaryRulesSchema.parse({
        sharePercent: 20,
        minAcceptedPercent: 0,
        maxFailedPercent: 100,
        anyRefusedToken: false,
        whenGood,
      }),
);
const TRY_AGAIN = { kind: 'answer', status: 503, retryAfter: { seconds: 0, form: 'seconds' } } as const;
const MESSAGE = {
  title: 'Hello {{name}}',
  body: 'News of {{city|your town}}',
  url: '/for/{{name}}',
  texts: { de: { title: 'Hallo {{name}}', body: 'Neues aus {{city|deiner Stadt}}', url: '', actions: [] } },
};

interface Text {
  title: string;
  body: string;
}

/**
 * A third read German, and for every fourth no city is known. Each of them has a different name after each kill, and a different language.
 */
function attributesAfter(kill: number, at: number): Record<string, string> {
  return {
    name: `“Number ${at}” & after ${kill}`,
    language: (at + kill) % 3 === 0 ? 'de-AT' : 'nb',
    ...(at % 4 === 0 ? {} : { city: `City ${at * 7 + kill}` }),
  };
}

/** What the message says to somebody about whom that is known: spelled out here, and not computed with the code under test. */
function textFor({ name = '', language, city }: Record<string, string>): Text {
  return language === 'de-AT'
    ? { title: `Hallo ${name}`, body: `Neues aus ${city ?? 'deiner Stadt'}` }
    : { title: `Hello ${name}`, body: `News of ${city ?? 'your town'}` };
}

/** How often a kill met a campaign in which state, and with its canary in which state, by what the store says after the kill. */
const met: Record<string, number> = {};

const services: PushService[] = [];
const lives: EngineLife[] = [];
afterEach(async () => {
  for (const life of lives.splice(0)) await life.kill();
  for (const service of services.splice(0)) await service.close();
});

/** What is kept for each endpoint that has a delivery, as it is in the store. */
function keptIn(dataDir: string): Map<string, string> {
  const connection = new Database(path.join(dataDir, 'pushdesk.db'), { readonly: true });
  try {
    const rows = connection
      .prepare<[], { endpoint: string; fixed: string | null }>(
        `SELECT s.endpoint, v.fixed FROM deliveries d JOIN subscriptions s ON s.id = d.subscription_id
         LEFT JOIN delivery_values v ON v.delivery_id = d.id`,
      )
      .all();
    return new Map(rows.map(({ endpoint, fixed }) => [endpoint, fixed ?? 'nothing']));
  } finally {
    connection.close();
  }
}

/** `null`: it has none, or it is not chosen yet. */
function canaryStateIn(dataDir: string): string | null {
  const connection = new Database(path.join(dataDir, 'pushdesk.db'), { readonly: true });
  try {
    return connection.prepare<[], string>('SELECT state FROM canaries').pluck().get() ?? null;
  } finally {
    connection.close();
  }
}

async function setTheStage(folder: string, seed: string, canary: CanaryRules | null) {
  const certificate = await createLoopbackCertificate();
  const service = await createPushService({ certificate, seed });
  services.push(service);
  const trusted = path.join(folder, 'authority.pem');
  await service.writeCertificate(trusted);
  const dataDir = path.join(folder, 'data');
  const groups = [
    { service, dialect: 'mozilla', count: DEVICES / 2, keyPair: 0 },
    { service, dialect: 'fcm', count: DEVICES / 2, keyPair: 0 },
  ] as const;
  const places = new Map<string, number>();
  const placeOf = (endpoint: string) => {
    if (!places.has(endpoint)) places.set(endpoint, places.size);
    return places.get(endpoint) ?? 0;
  };
  const { messageId, devices } = await seedCampaign(dataDir, groups, {
    canary,
    message: MESSAGE,
    attributesOf: (endpoint) => attributesAfter(0, placeOf(endpoint)),
  });
  // Slow enough that every kill finds something on the wire; one in ten is tried again at once.
  service.faults.add({ effect: { kind: 'delay', milliseconds: 15 } });
  for (const { endpoint } of devices.filter((_one, at) => at % 10 === 3))
    service.faults.add({ endpoint, times: 1, effect: TRY_AGAIN });

  const expected = new Map<string, Text>();
  const kept = new Map<string, string>();
  /** Looks at the store of an engine that has just ended, with what was known after that many kills; returns what is wrong, in words. */
  const look = (kill: number) => {
    const wrong: string[] = [];
    for (const [endpoint, fixed] of keptIn(dataDir)) {
      if (fixed === 'nothing') wrong.push(`Nothing is kept for ${endpoint}.`);
      const before = kept.get(endpoint);
      if (before === undefined) {
        kept.set(endpoint, fixed);
        expected.set(endpoint, textFor(attributesAfter(kill, placeOf(endpoint))));
      } else if (before !== fixed) wrong.push(`What ${endpoint} gets has changed: ${before} to ${fixed}.`);
    }
    let opened = 0;
    for (const { token, payload } of service.requests.entries()) {
      if (payload === null) continue;
      opened += 1;
      const endpoint = `${service.origin}/wpush/v2/${token ?? ''}`;
      const { title, body } = JSON.parse(payload) as Text;
      const meant = expected.get(endpoint);
      if (title !== meant?.title || body !== meant.body)
        wrong.push(`${endpoint} got “${title}” “${body}”, meant was ${JSON.stringify(meant)}.`);
    }
    const store = readStoreCopy(dataDir);
    const found = account(store, recordOf([service]), { messageId, devices: DEVICES });
    return { store, opened, wrong: [...found.problems, ...wrong] };
  };
  return {
    dataDir,
    requests: requestCounter([service]),
    look,
    change(kill: number) {
      setAttributes(dataDir, (endpoint) => attributesAfter(kill, placeOf(endpoint)));
    },
    start() {
      const life = startHeadlessEngine({ dataDir, trusted });
      lives.push(life);
      return life;
    },
  };
}

type Stage = Awaited<ReturnType<typeof setTheStage>>;

/**
 * When the canary waits for the person, they let it go on, and the kill may come as soon as that is answered: by then it is decided for
 * good. @returns whether it was killed: it may have ended first
 */
async function killOnce(stage: Stage, random: Random, open: number, killsLeft: number): Promise<boolean> {
  const life = stage.start();
  if (canaryStateIn(stage.dataDir) === 'waiting') {
    await life.call('POST', '/campaigns/1/canary/go-on');
    await wait(Math.floor(random() * MAX_AFTER_DECISION_MS));
    await life.kill();
    expect(canaryStateIn(stage.dataDir)).toBe('passed');
    return true;
  }
  const moment = nextKill(random, open, killsLeft);
  if (moment.requests !== null) {
    const sent = stage.requests.next(moment.requests);
    await Promise.race([sent, life.ended, wait(PATIENCE_MS / 2, null, { ref: false })]);
  }
  if (moment.asksFirst) life.askToEnd();
  await wait(moment.milliseconds);
  await life.kill();
  return (await life.ended) === null;
}

/** One campaign, until it has finished. @returns how often its engine was killed by then */
async function sendThrough(most: number, seed: string, canary: CanaryRules | null) {
  const stage = await setTheStage(tempFolder(), seed, canary);
  const random = createRandom(seed);
  let lastLife = 0;
  let kills = 0;
  for (let open = DEVICES; kills < most;) {
    if (await killOnce(stage, random, open, most - kills + SPARE)) kills += 1;
    const { store, wrong } = stage.look(lastLife);
    const state = `${store.campaign.state}, canary ${canaryStateIn(stage.dataDir) ?? 'none'}`;
    met[state] = (met[state] ?? 0) + 1;
    expect(wrong, `after kill ${kills}, seed ${seed}`).toEqual([]);
    if (store.campaign.state === 'finished') break;
    open = store.deliveries.filter(({ state }) => state === 'queued' || state === 'retrying').length;
    if (store.campaign.state === 'preparing') open = DEVICES;
    lastLife += 1;
    stage.change(lastLife);
  }
  const last = stage.start();
  await vi.waitUntil(() => canaryStateIn(stage.dataDir) !== 'sending', {
    timeout: PATIENCE_MS,
    interval: 200,
  });
  if (canaryStateIn(stage.dataDir) === 'waiting') await last.call('POST', '/campaigns/1/canary/go-on');
  await vi.waitUntil(() => campaignStateIn(stage.dataDir) === 'finished', {
    timeout: PATIENCE_MS,
    interval: 200,
  });
  expect(await last.end()).toBe(0);
  const { store, opened, wrong } = stage.look(lastLife);
  expect(wrong, `seed ${seed}`).toEqual([]);
  expect([store.campaign.recipients, store.deliveries.length, store.left]).toEqual([DEVICES, DEVICES, []]);
  // Otherwise nothing was compared.
  const accepted = store.deliveries.filter(({ state }) => state === 'accepted').length;
  expect(opened).toBeGreaterThanOrEqual(accepted);
  expect(accepted).toBeGreaterThan(DEVICES / 10);
  return { kills, opened };
}

it(
  `gives each device its own text and nobody another's through ${KILLS} kills`,
  async () => {
    let [kills, opened] = [0, 0];
    for (let round = 0; kills < KILLS; round += 1) {
      const most = Math.min(KILLS - kills, KILLS_OF_A_CAMPAIGN);
      const run = await sendThrough(most, `${SEED} ${round}`, CANARIES[round % CANARIES.length] ?? null);
      kills += run.kills;
      opened += run.opened;
      console.info(
        `${kills} kills (${JSON.stringify(met)}); ${opened} texts compared, none of them another's; seed ${SEED}`,
      );
    }
  },
  600_000 + KILLS * 5000,
);
