import type { CampaignId } from '../../electron/contract/ids.ts';
import { ownJob, tell } from './child.ts';
import { openEngine } from './engine-on-disk.ts';
import { watchedCampaign } from './watched-campaign.ts';

export interface ToldJob {
  dataDir: string;
  /** Public address of the server. */
  publicUrl: string;
}

/** What it is asked for, one after the other. */
export type ToldOrder =
  | { kind: 'send'; requestId: string }
  | { kind: 'count'; id: CampaignId }
  | { kind: 'stop' };

const job = ownJob() as ToldJob;
const { engine, client } = await openEngine(job.dataDir, null, { publicUrl: job.publicUrl });
const { url } = await engine.start();
process.on('message', (order: ToldOrder) => void obey(order));
// If the measurement failed, nobody is left to stop it.
process.once('disconnect', () => process.exit());
tell({ url } satisfies { url: string | null });

async function obey(order: ToldOrder): Promise<void> {
  if (order.kind === 'send') tell(await watchedCampaign(client, order.requestId));
  if (order.kind === 'count') tell(await client.receipts.ofCampaign({ id: order.id }));
  if (order.kind === 'stop') {
    await engine.stop();
    tell({ stopped: true });
  }
}
