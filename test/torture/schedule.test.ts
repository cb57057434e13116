import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { localTimeOf } from '../../electron/core/campaign/schedule-time.ts';
import { createRandom, type Random } from '../../electron/engine/local-push-service/random.ts';
import { tempFolder } from '../../electron/engine/testing/temp-folder.ts';
import { DEVICES, PATIENCE_MS, setTheStage, type ScheduleStage } from './schedule-stage.ts';

/** `PUSHDESK_TORTURE_SCHEDULE_KILLS=120` for a long run. */
const KILLS = Number(process.env['PUSHDESK_TORTURE_SCHEDULE_KILLS'] ?? 5);
const SEED = process.env['PUSHDESK_TORTURE_SEED'] ?? randomUUID();
const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;
/** From this much on, a late start is logged. */
const LATE_MS = MINUTE_MS;
/** Without a window it starts by itself if it is no later than this. */
const MAX_LATE_MS = 60 * MINUTE_MS;
const ZONES = ['Europe/Oslo', 'America/St_Johns', 'Asia/Kolkata', 'Pacific/Chatham'];

/** What a kill found the campaign doing, as its store says afterwards. */
type Met =
  | 'waiting before its time'
  | 'due, not begun'
  | 'writing deliveries'
  | 'sending'
  | 'asking'
  | 'over';
const met: Partial<Record<Met, number>> = {};

/** Kills the engine, and looks at once. */
async function kill(stage: ScheduleStage, life: ReturnType<ScheduleStage['start']>): Promise<Met> {
  await life.kill();
  const { store, problems } = stage.look();
  expect(problems, `seed ${SEED}`).toEqual([]);
  const { state, asks, startsAt } = stage.facts();
  const first = stage.firstRequestAt();
  if (first !== null) expect(first, `sent before its time, seed ${SEED}`).toBeGreaterThanOrEqual(startsAt);
  if (state === 'scheduled') expect(first, `sent before it began, seed ${SEED}`).toBeNull();
  const found = ((): Met => {
    if (asks !== null) return 'asking';
    if (state === 'scheduled')
      return stage.clock.now() < startsAt ? 'waiting before its time' : 'due, not begun';
    if (state === 'preparing') return 'writing deliveries';
    return store.deliveries.some(({ state: one }) => one === 'queued' || one === 'sending')
      ? 'sending'
      : 'over';
  })();
  met[found] = (met[found] ?? 0) + 1;
  return found;
}

/** It waits for its time, and nothing happens before. */
async function killBefore(stage: ScheduleStage, random: Random): Promise<void> {
  stage.sleepUntil(stage.due - (5 + random() * 60) * MINUTE_MS);
  const life = stage.start();
  await wait(random() * 1500);
  expect(await kill(stage, life)).toBe('waiting before its time');
}

/** Around its time: at the very moment, as the deliveries are written, or as the first are sent. */
async function killAround(stage: ScheduleStage, random: Random): Promise<Met> {
  const kind = random();
  // Sooner than it is ready, or later.
  stage.sleepUntil(stage.due - random() * 4000);
  const sent = stage.requests.next(1 + Math.floor((random() * DEVICES) / 4));
  const life = stage.start();
  if (kind < 0.3) {
    const untilDue = stage.due - stage.clock.now();
    await wait(Math.max(0, untilDue - 150 + random() * 450));
  } else if (kind < 0.7) {
    await life.until(({ state }) => state !== 'scheduled');
    await wait(random() * 120);
  } else await Promise.race([sent, life.ended, wait(PATIENCE_MS / 3, null, { ref: false })]);
  return kill(stage, life);
}

/** Nobody was there at its time. It asks, however often it is killed as it asks; what a person decides survives a kill. */
async function askAndDecide(stage: ScheduleStage, random: Random): Promise<number> {
  const first = stage.start();
  await wait(random() * 2500);
  await kill(stage, first);
  const life = stage.start();
  await life.until(({ asks }) => asks !== null);
  await wait(500);
  expect(stage.facts(), `seed ${SEED}`).toMatchObject({ state: 'scheduled', asks: 'late', deliveries: 0 });
  expect(stage.firstRequestAt(), `late in silence, seed ${SEED}`).toBeNull();
  expect(await life.call('GET', '/campaigns/1')).toMatchObject({
    state: 'scheduled',
    schedule: { asks: { reason: 'late', problem: { code: 'schedule-late' } } },
  });
  const decision = random();
  if (decision < 0.5) await life.call('POST', '/campaigns/1/send-now');
  else if (decision < 0.8) {
    const { timeZone } = stage;
    const at = localTimeOf(stage.clock.now() + 90 * MINUTE_MS, timeZone);
    await life.call('PATCH', '/campaigns/1', { schedule: { at, timeZone } });
  } else await life.call('POST', '/campaigns/1/cancel');
  await wait(random() * 100);
  await kill(stage, life);
  const { state, asks, startsAt } = stage.facts();
  expect(asks, `seed ${SEED}`).toBeNull();
  if (decision < 0.5) expect(['preparing', 'running', 'finished']).toContain(state);
  else if (decision < 0.8) {
    expect(state).toBe('scheduled');
    stage.sleepUntil(startsAt - 1000);
  } else expect(state).toBe('cancelled');
  return 2;
}

/** It began, was killed at that moment, and nothing went out; long after, it asks before it goes on. */
async function askAndResume(stage: ScheduleStage, random: Random): Promise<number> {
  const first = stage.start();
  await wait(random() * 2500);
  await kill(stage, first);
  const life = stage.start();
  await life.until(({ asks }) => asks !== null);
  await wait(500);
  expect(stage.facts(), `seed ${SEED}`).toMatchObject({ state: 'paused', asks: 'late' });
  expect(stage.firstRequestAt(), `late in silence, seed ${SEED}`).toBeNull();
  await life.call('POST', '/campaigns/1/resume');
  await wait(random() * 100);
  await kill(stage, life);
  const { state, asks } = stage.facts();
  expect(asks, `seed ${SEED}`).toBeNull();
  expect(['preparing', 'running', 'finished']).toContain(state);
  return 2;
}

/** One campaign, from its schedule to its end. @returns how often its engine was killed */
async function oneCampaign(seed: string): Promise<number> {
  const random = createRandom(seed);
  const zone = ZONES[Math.floor(random() * ZONES.length)] ?? 'UTC';
  const stage = await setTheStage(tempFolder(), seed, zone);
  try {
    let kills = 0;
    const more = () => (random() < 0.5 ? 1 : 2);
    for (let left = more(); left > 0; left -= 1, kills += 1) await killBefore(stage, random);
    const misses = random() < 0.4;
    for (let left = misses ? 0 : more(); left > 0; left -= 1, kills += 1) await killAround(stage, random);
    // How long nobody opens it after that.
    const closed = random();
    const away =
      closed < 0.3 ? 0 : closed < 0.6 ? random() * 50 * MINUTE_MS : closed < 0.8 ? MAX_LATE_MS * 2 : WEEK_MS;
    stage.sleepUntil(stage.due + away);
    const isMissed = away > MAX_LATE_MS;
    const isUntouched = stage.look().store.deliveries.every(({ state }) => state === 'queued');
    const asks = isMissed && stage.facts().state === 'scheduled';
    const wasResumed = isMissed && isUntouched && !asks;
    // Killed at the very moment of its start, it had no time to say so in its log.
    let isCutShort = false;
    if (asks) kills += await askAndDecide(stage, random);
    else if (wasResumed) kills += await askAndResume(stage, random);
    else {
      isCutShort = (await killAround(stage, random)) === 'writing deliveries';
      kills += 1;
    }
    const last = stage.start();
    await last.until(({ state }) => state === 'finished' || state === 'cancelled');
    expect(await last.end()).toBe(0);
    const { store, problems, unknown } = stage.look();
    expect(problems, `seed ${seed}`).toEqual([]);
    const { state, startsAt, createdAt } = stage.facts();
    if (state === 'cancelled') {
      expect([store.deliveries.length, stage.requests.total()]).toEqual([0, 0]);
    } else {
      expect([store.deliveries.length, store.left]).toEqual([DEVICES, []]);
      expect(store.deliveries.filter(({ state: one }) => one === 'accepted').length).toBe(
        DEVICES - unknown.size,
      );
      // It began at its time, or as late as it says.
      expect(createdAt).toBeGreaterThanOrEqual(startsAt);
      const late = createdAt - startsAt;
      // Where the start was cut off, it begins at the moment of Resume: the person said so.
      if (wasResumed) expect(late, `seed ${seed}`).toBeGreaterThanOrEqual(away);
      else if (!asks) {
        expect(late, `late in silence, seed ${seed}`).toBeLessThan(MAX_LATE_MS);
        if (late > LATE_MS && !isCutShort) expect(stage.printed()).toContain('started late');
      }
    }
    return kills;
  } finally {
    await stage.close();
  }
}

it(
  `starts a scheduled campaign once, or asks when it is late, through ${KILLS} kills`,
  async () => {
    for (let kills = 0, round = 0; kills < KILLS; round += 1) {
      kills += await oneCampaign(`${SEED} ${round}`);
      console.info(`${kills} kills: ${JSON.stringify(met)}; seed ${SEED}`);
    }
  },
  600_000 + KILLS * 20_000,
);
