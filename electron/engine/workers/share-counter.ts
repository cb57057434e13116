import type { CampaignId } from '../../contract/ids.ts';
import type { SendResult } from '../wire/batch-sender.ts';
import type { HandedBatchStore } from './handed-batch-store.ts';

/** Counts how many messages of each campaign went out from where. */
export interface ShareCounter {
  /** @param worker its name; `null`: this machine @param results of one campaign */
  note(worker: string | null, results: readonly SendResult[]): void;
  /** Writes down what was counted. */
  keep(): void;
}

export function createShareCounter(store: Pick<HandedBatchStore, 'campaignOf' | 'addShares'>): ShareCounter {
  let shares: { campaignId: CampaignId; worker: string | null; count: number }[] = [];
  return {
    note(worker, results) {
      const attempted = results.filter(({ kind }) => kind === 'attempted');
      const campaignId = attempted[0] === undefined ? null : store.campaignOf(attempted[0].deliveryId);
      if (campaignId === null) return;
      const same = shares.find((one) => one.campaignId === campaignId && one.worker === worker);
      if (same === undefined) shares.push({ campaignId, worker, count: attempted.length });
      else same.count += attempted.length;
    },
    keep() {
      store.addShares(shares);
      shares = [];
    },
  };
}
