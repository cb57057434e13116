import type { CampaignRun, Lane } from './campaign-run.ts';
import type { DeliveryQueueStore, NextDue } from './delivery-queue-store.ts';

/** A gate that closes for less than this is part of the pace. */
const SHORTEST_HOLD_MS = 2000;
/** The most retries that are put off together: this keeps a step short, and those behind have to wait for these anyway. */
const HELD_AT_ONCE = 5000;

export interface HeldLane {
  readonly lane: Lane;
  readonly until: number;
  readonly nextDue: NextDue | null;
}

/**
 * When a gate has closed, retries already planned behind it are put off, so that the stored and displayed time is when they can really go
 * out. To be called within a step; the lanes are changed once it is written.
 */
export function holdRetries(
  queue: Pick<DeliveryQueueStore, 'holdRetries' | 'nextDue'>,
  runs: readonly CampaignRun[],
  now: number,
): HeldLane[] {
  return runs.flatMap(({ lanes }) =>
    lanes.flatMap((lane) => {
      const until = lane.gate.closedUntil();
      if (until === null || until <= lane.heldUntil || until - now < SHORTEST_HOLD_MS) return [];
      queue.holdRetries(lane.key, until, HELD_AT_ONCE);
      return [{ lane, until, nextDue: queue.nextDue(lane.key) }];
    }),
  );
}
