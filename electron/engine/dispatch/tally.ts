import type { CampaignId, KeyPairId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { DeliveryState } from '../../contract/deliveries.ts';
import type { CampaignSumStore } from './campaign-sum-store.ts';

/** The part of a campaign that a sum belongs to. */
export interface TallyPart {
  readonly campaignId: CampaignId;
  readonly pushService: PushServiceId;
  readonly keyPairId: KeyPairId;
}

/** Gathers changes of the sums, so that a batch of hundreds writes a handful of rows. */
export interface Tally {
  add(part: TallyPart, state: DeliveryState, diagnosis: string | null, count: number): void;
  /** For the overview: `count` deliveries of this service came to their end. */
  addDay(pushService: PushServiceId, state: DeliveryState, count: number): void;
  /** Writes all that was gathered; to be called in the transaction that changes the deliveries. */
  write(sums: CampaignSumStore, now: number): void;
}

export function createTally(): Tally {
  const changes = new Map<
    string,
    { part: TallyPart; state: DeliveryState; diagnosis: string; count: number }
  >();
  const days = new Map<string, { pushService: PushServiceId; state: DeliveryState; count: number }>();

  return {
    add(part, state, diagnosis, count) {
      const name = `${part.campaignId} ${part.pushService} ${part.keyPairId} ${state} ${diagnosis ?? ''}`;
      const known = changes.get(name) ?? { part, state, diagnosis: diagnosis ?? '', count: 0 };
      known.count += count;
      changes.set(name, known);
    },
    addDay(pushService, state, count) {
      const name = `${pushService} ${state}`;
      const known = days.get(name) ?? { pushService, state, count: 0 };
      known.count += count;
      days.set(name, known);
    },
    write(sums, now) {
      for (const { part, state, diagnosis, count } of changes.values()) {
        const { campaignId, pushService, keyPairId } = part;
        if (count !== 0) sums.add(campaignId, { pushService, keyPairId, state, diagnosis, count });
      }
      const day = startOfDay(now);
      for (const change of days.values()) sums.addDay({ day, ...change });
      changes.clear();
      days.clear();
    },
  };
}

/** Midnight in local time, in ms since 1970. */
export function startOfDay(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}
