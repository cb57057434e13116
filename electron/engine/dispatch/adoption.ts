import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { SendResult } from '../wire/batch-sender.ts';
import type { HandedBatch, HandedDelivery, HandedOver } from '../wire/handed-over.ts';
import { laneOf, type CampaignRun, type DispatchCampaign } from './campaign-run.ts';
import type { Flight, Flights } from './flights.ts';
import type { OpenDelivery } from './handed-delivery-store.ts';

/** What adoption needs of the store. */
export interface AdoptionStore {
  /** Those for which exactly that attempt is on the wire. */
  onTheWire(handed: readonly HandedDelivery[]): OpenDelivery[];
  /** Those that became `unknown` in exactly that attempt go back on the wire; a campaign that had finished with them runs again. */
  revive(handed: readonly HandedDelivery[]): OpenDelivery[];
}

/** Picks up what other machines still have but this engine has forgotten: after a restart, or after giving it up. */
export interface Adoption {
  takeUp(): void;
}

/** @returns `null` if nothing is handed over */
export function createAdoption({
  handedOver,
  store,
  campaignOf,
  runOf,
  isSent,
  flights,
  report,
  onUnreported,
  clock,
  log,
}: {
  handedOver: HandedOver | undefined;
  store: AdoptionStore | undefined;
  campaignOf: (id: CampaignId) => DispatchCampaign | null;
  /** The run of a campaign, or one that sends nothing. */
  runOf: (campaign: DispatchCampaign) => CampaignRun;
  /** Whether the campaign is being sent. */
  isSent: (id: CampaignId) => boolean;
  flights: Flights;
  report: (result: SendResult) => void;
  /** The sender will say nothing more about this one. */
  onUnreported: (flight: Flight) => void;
  clock: Clock;
  log: Log;
}): Adoption | null {
  if (handedOver === undefined || store === undefined) return null;

  /** Puts them in flight again, and returns their flights. */
  const begin = (open: readonly OpenDelivery[]) => {
    const runs = new Map<CampaignId, CampaignRun | null>();
    return open.flatMap(({ lane: key, delivery }) => {
      const campaign = runs.has(key.campaignId) ? null : campaignOf(key.campaignId);
      if (!runs.has(key.campaignId)) runs.set(key.campaignId, campaign === null ? null : runOf(campaign));
      const run = runs.get(key.campaignId) ?? null;
      const lane = run === null ? null : laneOf(run, key);
      return run === null || lane === null ? [] : flights.begin(run, lane, [delivery], clock.now());
    });
  };

  const takeUpOne = async ({ id, deliveries }: HandedBatch) => {
    const open = begin(store.onTheWire(deliveries));
    const waits = open.some(({ run, lane }) => !isSent(run.campaign.id) || lane.pause !== null);
    const signal = (waits ? null : open[0]?.lane.stop.signal) ?? AbortSignal.abort();
    const ids: DeliveryId[] = open.map(({ delivery }) => delivery.id);
    try {
      await handedOver.resume(id, ids, report, signal);
    } catch (error) {
      log.error({ error: String(error) }, 'a batch of an earlier run could not be waited for');
    }
    for (const flight of open) if (flights.isOnTheWire(flight)) onUnreported(flight);
  };

  handedOver.onLate((deliveries) => {
    const revived = new Set(begin(store.revive(deliveries)).map(({ delivery }) => delivery.id));
    // For the others it is too late: what is on the wire for them now is another attempt.
    return (result) => {
      const counts = revived.has(result.deliveryId);
      if (counts) report(result);
      return counts;
    };
  });

  return {
    takeUp() {
      for (const batch of handedOver.left()) void takeUpOne(batch);
    },
  };
}
