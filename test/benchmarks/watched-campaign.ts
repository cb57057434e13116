import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { CampaignId } from '../../electron/contract/ids.ts';
import { messageSchema } from '../../electron/contract/message.ts';
import type { EngineClient } from './engine-on-disk.ts';
import { MESSAGE } from './message.ts';

export interface WatchedRun {
  id: CampaignId;
  accepted: number;
  totalMs: number;
  /** Processor time of the engine meanwhile, across all its threads. */
  cpuMs: number;
  /** Delay of the engine's thread while the campaign was under way, in ms. */
  lag: { p50: number; p99: number; max: number };
  /** What the window asks for all the time: a campaign's progress, in ms. */
  slowestAnswerMs: number;
}

/** Answers of the last second are in the store once the campaign says so. */
const ASK_MS = 100;

/**
 * Sends to everyone, until every delivery is stored as settled.
 * @param requestId also the id that the message has in its payload
 */
export async function watchedCampaign(client: EngineClient, requestId: string): Promise<WatchedRun> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const { id } = await client.campaigns.start({
    requestId,
    message: messageSchema.parse(MESSAGE),
    audience: { kind: 'everyone' },
  });
  let slowestAnswerMs = 0;
  let campaign = await client.campaigns.get({ id });
  while (campaign.state !== 'finished') {
    await wait(ASK_MS);
    const asked = performance.now();
    campaign = await client.campaigns.get({ id });
    slowestAnswerMs = Math.max(slowestAnswerMs, performance.now() - asked);
  }
  delay.disable();
  const cpu = process.cpuUsage(cpuBefore);
  const inMs = (nanoseconds: number) => nanoseconds / 1e6;
  return {
    id,
    accepted: campaign.counts.accepted,
    totalMs: performance.now() - startedAt,
    cpuMs: (cpu.user + cpu.system) / 1000,
    lag: { p50: inMs(delay.percentile(50)), p99: inMs(delay.percentile(99)), max: inMs(delay.max) },
    slowestAnswerMs,
  };
}
