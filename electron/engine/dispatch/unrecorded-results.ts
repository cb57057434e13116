import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import type { LaneKey, LanePause } from '../store/lane-store.ts';
import type { DispatchStore } from './dispatch-store.ts';
import type { Verdict } from './verdict.ts';

/** What has happened and is not in the store yet. */
export interface Outbox {
  readonly verdicts: Verdict[];
  readonly returned: { lane: LaneKey; id: DeliveryId }[];
  readonly lost: { lane: LaneKey; id: DeliveryId }[];
  readonly pauses: { lane: LaneKey; pause: LanePause }[];
  /** Campaigns to look at although nothing was sent of them. */
  readonly checks: Set<CampaignId>;
}

export function emptyOutbox(): Outbox {
  return { verdicts: [], returned: [], lost: [], pauses: [], checks: new Set() };
}

export function isEmpty({ verdicts, returned, lost, pauses, checks }: Outbox): boolean {
  return verdicts.length + returned.length + lost.length + pauses.length + checks.size === 0;
}

/** What a failed step could not write, before what has come since. */
export function joined(first: Outbox, second: Outbox): Outbox {
  return {
    verdicts: [...first.verdicts, ...second.verdicts],
    returned: [...first.returned, ...second.returned],
    lost: [...first.lost, ...second.lost],
    pauses: [...first.pauses, ...second.pauses],
    checks: new Set([...first.checks, ...second.checks]),
  };
}

/** Writes all of it; to be called within a step. Returns the campaigns that it concerns. */
export function writeOutbox(store: DispatchStore, outbox: Outbox): Set<CampaignId> {
  const touched = new Set(outbox.checks);
  if (outbox.verdicts.length > 0) store.record(outbox.verdicts);
  for (const { lane } of outbox.verdicts) touched.add(lane.campaignId);
  for (const { lane, id } of outbox.returned) store.release(lane, [id]);
  for (const { lane, id } of outbox.lost) store.markUnknown(lane, [id]);
  for (const { lane, pause } of outbox.pauses) store.pauseLane(lane, pause);
  for (const { lane } of [...outbox.returned, ...outbox.lost, ...outbox.pauses]) touched.add(lane.campaignId);
  return touched;
}
