import type { DeliveryId } from '../../../contract/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { CampaignControl } from './campaign-control.ts';
import type { CampaignStores } from './campaign-stores.ts';
import type { RestoredCampaigns } from './restored-campaigns.ts';
import { createTally } from '../../dispatch/tally.ts';

/**
 * After the engine has started, before anything is sent: what was in flight when it ended becomes `unknown` and stays so until the person
 * decides, except for what other machines still have; everything else continues where it was, unless the store is an earlier copy.
 */
export function recoverCampaigns({
  stores,
  restored,
  control,
  handed,
  clock,
  log,
}: {
  stores: CampaignStores;
  restored: Pick<RestoredCampaigns, 'hold'>;
  control: Pick<CampaignControl, 'goOn' | 'sweep'>;
  /** What other machines have: it is waited for. */
  handed: ReadonlySet<DeliveryId>;
  clock: Clock;
  log: Log;
}): void {
  const { db, campaigns, bulk, sums } = stores;
  const interrupted = db.transaction(() => {
    const moved = bulk.interrupt('interrupted', clock.now(), handed);
    const tally = createTally();
    for (const row of moved) {
      tally.add(row, 'sending', null, -1);
      tally.add(row, 'unknown', 'interrupted', 1);
    }
    tally.write(sums, clock.now());
    return moved.length;
  });
  restored.hold();
  if (interrupted > 0) log.warn({ interrupted }, 'deliveries were being sent when the app stopped');
  for (const campaign of campaigns.unfinished()) control.goOn(campaign);
  for (const id of campaigns.halfCancelled()) control.sweep(id);
}
