import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { messageSchema } from '../../electron/contract/message.ts';
import { ownJob, tell } from './child.ts';
import { openEngine } from './engine-on-disk.ts';
import { MESSAGE, PERSONAL_MESSAGE } from './message.ts';

export interface EngineJob {
  dataDir: string;
  /** Ends the campaign as soon as it has been started: to measure the start alone. */
  startOnly: boolean;
  /** Sends a payload for each recipient. */
  isPersonal?: boolean;
}

export interface EngineRun {
  recipients: number;
  accepted: number;
  /** Until the call that starts the campaign returned. */
  startMs: number;
  /** From that call until every delivery was stored as settled. */
  totalMs: number;
  /** The most by which the resident memory rose above its size before the campaign, in bytes. */
  memoryGrowth: number;
}

const job = ownJob() as EngineJob;
const { engine, client } = await openEngine(job.dataDir);
await engine.start();
const before = process.memoryUsage.rss();
let highest = before;

const startedAt = performance.now();
const { id } = await client.campaigns.start({
  requestId: randomUUID(),
  message: messageSchema.parse(job.isPersonal === true ? PERSONAL_MESSAGE : MESSAGE),
  audience: { kind: 'everyone' },
});
const startMs = performance.now() - startedAt;
if (job.startOnly) await client.campaigns.cancel({ id });

let campaign = await client.campaigns.get({ id });
while (campaign.state !== 'finished' && campaign.state !== 'cancelled') {
  // As often as the window asks.
  await wait(100);
  highest = Math.max(highest, process.memoryUsage.rss());
  campaign = await client.campaigns.get({ id });
}
const run: EngineRun = {
  recipients: campaign.recipients,
  accepted: campaign.counts.accepted,
  startMs,
  totalMs: performance.now() - startedAt,
  memoryGrowth: highest - before,
};
await engine.stop();
tell(run);
