import { randomUUID } from 'node:crypto';
import { ownJob, tell } from './child.ts';
import { openEngine } from './engine-on-disk.ts';
import { watchedCampaign } from './watched-campaign.ts';

export interface FloodedJob {
  dataDir: string;
  /** Public address of the server. */
  publicUrl: string;
}

export interface FloodedReady {
  url: string;
}

const job = ownJob() as FloodedJob;
const { engine, client } = await openEngine(job.dataDir, null, { publicUrl: job.publicUrl });
const { url } = await engine.start();
tell({ url } satisfies { url: string | null });

// The one message begins the campaign.
process.once('message', () => void run());

async function run(): Promise<void> {
  const watched = await watchedCampaign(client, randomUUID());
  await engine.stop();
  tell(watched);
}
