import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { CampaignState } from '../../electron/contract/campaigns.ts';
import { instantOf, localTimeOf } from '../../electron/core/campaign/schedule-time.ts';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { account } from '../support/account.ts';
import { startHeadlessEngine, type EngineLife } from '../support/headless-engine.ts';
import { seedCampaign } from '../support/seed-campaign.ts';
import { recordOf, requestCounter } from '../support/service-record.ts';
import { readStoreCopy } from '../support/store-facts.ts';

const HOUR_MS = 3_600_000;
/** More than the deliveries that one transaction writes, so that a kill can catch the campaign between two of them. */
export const DEVICES = 5200;
export const PATIENCE_MS = 90_000;

/** What a store says about the one campaign that was scheduled in it. */
export interface ScheduledFacts {
  readonly state: CampaignState;
  readonly startsAt: number;
  readonly asks: string | null;
  /** When it began; before that, when it was scheduled. */
  readonly createdAt: number;
  readonly deliveries: number;
}

/** One life of the engine, with what a test does with it. */
export interface ScheduledLife extends EngineLife {
  /**
   * Waits until the store says so.
   * @throws Error with what the engine printed last if it ends first, or takes too long
   */
  until(is: (facts: ScheduledFacts) => boolean): Promise<void>;
}

/**
 * A push service, and a data folder with a campaign to all of its devices that waits for its time. Engine and push service have a clock
 * that can be set forward between two lives.
 */
export async function setTheStage(folder: string, seed: string, timeZone: string) {
  let aheadMs = 0;
  const clock = { now: () => Date.now() + aheadMs };
  const service: PushService = await createPushService({ seed, clock, decrypt: 'sample' });
  const trusted = path.join(folder, 'authority.pem');
  await service.writeCertificate(trusted);
  const dataDir = path.join(folder, 'data');
  const schedule = { at: localTimeOf(Date.now() + 3 * HOUR_MS, timeZone), timeZone };
  const due = instantOf(schedule)?.at ?? 0;
  const { messageId } = await seedCampaign(
    dataDir,
    [
      { service, dialect: 'mozilla', count: DEVICES / 2, keyPair: 0 },
      { service, dialect: 'fcm', count: DEVICES / 2, keyPair: 0 },
    ],
    { schedule, message: { ttlSeconds: 30 * 86_400 } },
  );
  const requests = requestCounter([service]);
  const lives: EngineLife[] = [];

  const facts = (): ScheduledFacts => {
    const connection = new Database(path.join(dataDir, 'pushdesk.db'), { readonly: true });
    try {
      const row = connection
        .prepare<[], ScheduledFacts>(
          `SELECT c.state, s.starts_at AS startsAt, s.asks, c.created_at AS createdAt,
             (SELECT count(*) FROM deliveries) AS deliveries
           FROM campaigns c JOIN campaign_schedules s ON s.campaign_id = c.id`,
        )
        .get();
      if (row === undefined) throw new Error('The scheduled campaign is gone.');
      return row;
    } finally {
      connection.close();
    }
  };

  return {
    service,
    requests,
    clock,
    due,
    timeZone,
    facts,
    /** The app stays closed until its clock shows this time; it never goes back. */
    sleepUntil(instant: number) {
      aheadMs = Math.max(aheadMs, Math.ceil(instant - Date.now()));
    },
    start(): ScheduledLife {
      const life = startHeadlessEngine({
        dataDir,
        trusted,
        clockAheadMs: aheadMs,
      });
      lives.push(life);
      let hasEnded = false;
      void life.ended.then(() => {
        hasEnded = true;
      });
      return {
        ...life,
        async until(is) {
          const begun = Date.now();
          while (Date.now() - begun < PATIENCE_MS && !hasEnded) {
            if (is(facts())) return;
            await wait(2);
          }
          throw new Error(`The campaign did not come so far:\n${life.output().slice(-2000)}`);
        },
      };
    },
    /** Once the engine has ended: what comparing its store with the push service shows. */
    look() {
      const store = readStoreCopy(dataDir);
      return { store, ...account(store, recordOf([service]), { messageId, devices: DEVICES }) };
    },
    /** What all its lives have printed so far. */
    printed: () => lives.map((life) => life.output()).join(''),
    /** When the first message of it reached the push service, by the clock of both; `null`: none did. */
    firstRequestAt: () => service.requests.entries()[0]?.at ?? null,
    async close() {
      for (const life of lives) await life.kill();
      await service.close();
    },
  };
}

export type ScheduleStage = Awaited<ReturnType<typeof setTheStage>>;
