import { pushServiceSchema } from '../../../contract/push-service.ts';
import type { Clock } from '../../base/clock.ts';
import type { CampaignPace, ServiceSpeed } from '../../dispatch/campaign-pace.ts';

/** How often the store is asked again after it has refused. */
const NEXT_TRY_MS = 1000;

/** Knows whether campaigns stand still because nothing can be stored (disk full, store held by another program). */
export interface StoreWait {
  /** @param error what the store threw; `null`: it accepts writes again */
  note(error: unknown): void;
  /** The pace of any campaign while the store refuses: it waits, at every push service; `null`: the store accepts writes. */
  pace(): CampaignPace | null;
}

/** @param onChange called when waiting begins, and when it ends */
export function createStoreWait(clock: Clock, onChange: () => void): StoreWait {
  let isRefusing = false;
  return {
    note(error) {
      const was = isRefusing;
      isRefusing = error !== null;
      if (isRefusing !== was) onChange();
    },
    pace() {
      if (!isRefusing) return null;
      const wait = { reason: 'store', until: clock.now() + NEXT_TRY_MS } as const;
      const speed: ServiceSpeed = { perSecond: null, steadyPerSecond: null, wait };
      const byService = new Map(pushServiceSchema.options.map((service) => [service, speed]));
      return { perSecond: null, steadyPerSecond: null, byService, wait };
    },
  };
}
