import type { CampaignId } from '../../contract/ids.ts';
import { lifecycleOf } from '../../core/campaign/lifecycle.ts';
import type { Clock } from '../base/clock.ts';
import type { AdoptionStore } from './adoption.ts';
import type { DispatchTables } from './dispatch-tables.ts';
import type { HandedDeliveryStore } from './handed-delivery-store.ts';
import { createTally } from './tally.ts';

/** @param options `reopen`: restarts a campaign that had finished */
export function createAdoptionStore({
  stores: { db, campaigns, sums, handed },
  reopen,
  clock,
}: {
  stores: Pick<DispatchTables, 'db' | 'campaigns' | 'sums'> & { handed: HandedDeliveryStore };
  reopen: (id: CampaignId) => void;
  clock: Clock;
}): AdoptionStore {
  return {
    onTheWire: (list) => handed.onTheWire(list),
    revive: (list) =>
      db.transactionSoon(() => {
        const revived = handed.revive(list, clock.now());
        const tally = createTally();
        for (const { lane, diagnosis } of revived) {
          tally.add(lane, 'unknown', diagnosis, -1);
          tally.add(lane, 'sending', null, 1);
        }
        tally.write(sums, clock.now());
        for (const id of new Set(revived.map(({ lane }) => lane.campaignId)))
          if (lifecycleOf(campaigns.stateOf(id)).isFinished) reopen(id);
        return revived;
      }),
  };
}
