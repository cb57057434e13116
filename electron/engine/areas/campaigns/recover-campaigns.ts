import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { CampaignControl } from './campaign-control.ts';
import type { CampaignStores } from './campaign-stores.ts';
import { createTally } from '../../dispatch/tally.ts';

/**
 * After the engine has started, before anything is sent: what was on the wire when it ended becomes `unknown` and stays so until the
 * person decides; everything else goes on where it stood.
 */
export function recoverCampaigns({
  stores,
  control,
  clock,
  log,
}: {
  stores: CampaignStores;
  control: Pick<CampaignControl, 'goOn' | 'sweep'>;
  clock: Clock;
  log: Log;
}): void {
  const { db, campaigns, queue, sums } = stores;
  const interrupted = db.transaction(() => {
    const moved = queue.interrupt('interrupted', clock.now());
    const tally = createTally();
    for (const row of moved) {
      tally.add(row, 'sending', null, -1);
      tally.add(row, 'unknown', 'interrupted', 1);
    }
    tally.write(sums, clock.now());
    return moved.length;
  });
  if (interrupted > 0) log.warn({ interrupted }, 'deliveries were being sent when the app stopped');
  for (const campaign of campaigns.unfinished()) control.goOn(campaign);
  for (const id of campaigns.halfCancelled()) control.sweep(id);
}
