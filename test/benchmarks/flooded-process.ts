import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { messageSchema } from '../../electron/contract/message.ts';
import { ownJob, tell } from './child.ts';
import { openEngine } from './engine-on-disk.ts';
import { MESSAGE } from './message.ts';

export interface FloodedJob {
  dataDir: string;
  /** Public address of the server. */
  publicUrl: string;
}

export interface FloodedReady {
  url: string;
}

export interface FloodedRun {
  accepted: number;
  totalMs: number;
  /** Delay of the engine's thread while the campaign was under way, in ms. */
  lag: { p50: number; p99: number; max: number };
  /** What the window asks for all the time: a campaign's progress, in ms. */
  slowestAnswerMs: number;
}

/** Answers of the last second are in the store when the campaign says so. */
const ASK_MS = 100;

const job = ownJob() as FloodedJob;
const { engine, client } = await openEngine(job.dataDir, null, { publicUrl: job.publicUrl });
const { url } = await engine.start();
tell({ url } satisfies { url: string | null });

// The one message begins the campaign.
process.once('message', () => void run());

async function run(): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startedAt = performance.now();
  const { id } = await client.campaigns.start({
    requestId: randomUUID(),
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
  const totalMs = performance.now() - startedAt;
  const inMs = (nanoseconds: number) => nanoseconds / 1e6;
  await engine.stop();
  tell({
    accepted: campaign.counts.accepted,
    totalMs,
    lag: { p50: inMs(delay.percentile(50)), p99: inMs(delay.percentile(99)), max: inMs(delay.max) },
    slowestAnswerMs,
  } satisfies FloodedRun);
}
