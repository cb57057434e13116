import type { DeliveryState } from '../../contract/subscription.ts';
import type { Clock } from '../base/clock.ts';
import type { DispatchStore } from '../dispatch/dispatch-store.ts';
import type { LaneKey } from '../store/lane-store.ts';
import type { CampaignStores } from './campaign-stores.ts';
import { claimDeliveries } from './claim-deliveries.ts';
import { recordVerdicts } from './record-verdicts.ts';
import { createTally } from './tally.ts';

/** The dispatcher's view of the store. */
export function createSendingStore(stores: CampaignStores, clock: Clock): DispatchStore {
  const { db, campaigns, lanes, queue, sums } = stores;

  const move = (lane: LaneKey, to: DeliveryState, diagnosis: string | null, count: number) => {
    const tally = createTally();
    tally.add(lane, 'sending', null, -count);
    tally.add(lane, to, diagnosis, count);
    tally.write(sums, clock.now());
  };

  return {
    step: (work) => db.transactionSoon(work),
    flushed: () => db.flushed(),
    lanes: (campaignId) => lanes.list(campaignId),
    claim: (lane, fitted, limit) => claimDeliveries(stores, lane, fitted, limit, clock.now()),
    record(verdicts) {
      recordVerdicts(stores, verdicts, clock.now());
    },
    release(lane, ids) {
      const to = campaigns.stateOf(lane.campaignId) === 'cancelled' ? 'cancelled' : 'queued';
      move(lane, to, null, queue.release(ids, to, clock.now()));
    },
    markUnknown(lane, ids) {
      move(lane, 'unknown', 'interrupted', queue.markUnknown(ids, 'interrupted', clock.now()));
    },
    pauseLane(lane, pause) {
      lanes.setPause(lane, pause, clock.now());
    },
    finishIfDone(id) {
      const state = campaigns.stateOf(id);
      if ((state !== 'running' && state !== 'paused') || sums.openCount(id) > 0) return false;
      campaigns.setState(id, 'finished', clock.now());
      return true;
    },
  };
}
