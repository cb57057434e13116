import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import type { QueuedDelivery } from '../store/delivery-queue-store.ts';
import type { LaneKey, LanePause, LaneRow } from '../store/lane-store.ts';
import type { FittedMessage } from '../../core/service-limits.ts';
import type { Verdict } from './verdict.ts';

/** A batch that was taken from the queue of a lane. */
export interface Claim {
  /** To be sent, each with what is left of its time in seconds. */
  readonly deliveries: { delivery: QueuedDelivery; ttlSeconds: number }[];
  /** False when the lane has nothing queued any more. */
  readonly more: boolean;
  /** When the next retry of the lane is due. */
  readonly nextDueAt: number | null;
}

/** What the dispatcher needs of the store. */
export interface DispatchStore {
  /** All or nothing: what is recorded and what is claimed in one step stand or fall together. */
  step<Result>(work: () => Result): Result;
  /** Resolves when the steps so far are on the disk: only then may what they claimed go out. */
  flushed(): Promise<void>;
  lanes(campaignId: CampaignId): LaneRow[];
  /** Takes up to `limit` deliveries and marks them as on the wire. Those whose subscription has left meanwhile come to their end. */
  claim(lane: LaneKey, fitted: FittedMessage, limit: number): Claim;
  record(verdicts: readonly Verdict[]): void;
  /** Puts back what was claimed and not sent. */
  release(lane: LaneKey, ids: readonly DeliveryId[]): void;
  /** Nobody can tell what became of these. */
  markUnknown(lane: LaneKey, ids: readonly DeliveryId[]): void;
  pauseLane(lane: LaneKey, pause: LanePause): void;
  /** Ends the campaign when nothing of it is open; true when it did. */
  finishIfDone(campaignId: CampaignId): boolean;
}
