import type { DeliveryState } from '../../contract/deliveries.ts';
import type { CampaignId, DeliveryId, KeyPairId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { RecipientHours } from '../../contract/schedule.ts';
import { opensAt } from '../../core/campaign/recipient-hours.ts';
import { assertNever } from '../../core/assert-never.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { BATCH_SIZE } from '../wire/batch-sender.ts';
import { roomOf, type CampaignRun, type Lane } from './campaign-run.ts';
import { FOR_HOURS, type NextDue, type QueuedDelivery, type Settlement } from './delivery-queue-store.ts';
import type { DispatchTables } from './dispatch-tables.ts';
import type { Gate } from './gate.ts';
import { createTally } from './tally.ts';
import { ttlLeft } from './verdict.ts';

/** A batch that was taken from the queue of a lane. */
export interface Claim {
  /** Deliveries to send, each with the time that it has left in seconds. */
  readonly deliveries: { delivery: QueuedDelivery; ttlSeconds: number }[];
  /** False once the lane has nothing queued any more. */
  readonly more: boolean;
  /** What of the lane is due next. */
  readonly nextDue: NextDue | null;
}

/** What a lane has taken from its queue, with the key that signs it. */
export interface ClaimedBatch {
  readonly run: CampaignRun;
  readonly lane: Lane;
  readonly key: SigningKey;
  readonly claim: Claim;
}

type ClaimTables = Pick<DispatchTables, 'queue' | 'sums'>;

export interface ClaimRoundOptions {
  stores: ClaimTables;
  runs: readonly CampaignRun[];
  signingKey: (id: KeyPairId) => SigningKey | null;
  /** Whether anything of the campaign may go out now; if not, its lanes rest until they are woken. */
  maySend: (id: CampaignId) => boolean;
  now: number;
  /** Whichever lane comes first takes what is free, so each round begins with a different one. */
  turn: number;
  /** How many more messages to a push service the sender can take. */
  roomFor: (service: PushServiceId) => number;
  /** Called for a lane whose key is not here. */
  onNoKey: (lane: Lane) => void;
}

/** Claims for every lane what it may send now; to be called within a step of the store. */
export function claimRound({
  stores,
  runs,
  signingKey,
  maySend,
  now,
  turn,
  roomFor,
  onNoKey,
}: ClaimRoundOptions): ClaimedBatch[] {
  const claimed: ClaimedBatch[] = [];
  const taken = new Map<Gate, number>();
  let all = 0;
  for (const run of rotated(runs, turn)) {
    let left = run.pace.available();
    for (const lane of rotated(run.lanes, turn)) {
      const used = taken.get(lane.gate) ?? 0;
      const room = Math.min(
        roomOf(lane, now),
        lane.gate.free() - used,
        BATCH_SIZE,
        left,
        roomFor(lane.key.pushService) - all,
      );
      if (room <= 0) continue;
      const key = signingKey(lane.key.keyPairId);
      if (key === null) {
        onNoKey(lane);
        continue;
      }
      const how = { limit: room, onlyCanary: run.canary !== null, hours: run.campaign.hours };
      const claim = maySend(run.campaign.id) ? claimDeliveries(stores, lane, how, now) : NOTHING;
      taken.set(lane.gate, used + claim.deliveries.length);
      left -= claim.deliveries.length;
      all += claim.deliveries.length;
      claimed.push({ run, lane, key, claim });
    }
  }
  return claimed;
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

const NOTHING: Claim = { deliveries: [], more: false, nextDue: null };

/**
 * Takes deliveries of a lane from the queue, retries first, and marks them as on the wire; within a transaction. While a campaign's canary
 * is being sent, only what belongs to the canary: nothing else was ever claimed, so every retry is the canary's. A subscription that was
 * cancelled, binned or retired since the campaign began gets nothing: its delivery ends here.
 */
function claimDeliveries(
  { queue, sums }: ClaimTables,
  { key: lane, fitted }: Lane,
  { limit, onlyCanary, hours }: { limit: number; onlyCanary: boolean; hours: RecipientHours | null },
  now: number,
): Claim {
  const due = queue.due(lane, now, limit);
  const room = limit - due.length;
  const take = (most: number) => (onlyCanary ? queue.queuedCanary(lane, most) : queue.queued(lane, most));
  const queued = room > 0 ? take(room) : [];
  const rows = [...due, ...queued];
  const tally = createTally();
  const deliveries: { delivery: QueuedDelivery; ttlSeconds: number }[] = [];
  const ended: Settlement[] = [];
  const held = new Map<number, DeliveryId[]>();
  queue.markSending(
    rows.map(({ id }) => id),
    now,
  );
  const early = hours === null ? NOBODY : earlyOf(queue, rows, hours, now);
  for (const delivery of rows) {
    tally.add(lane, delivery.state, delivery.diagnosis, -1);
    const ttlSeconds = ttlLeft(delivery, fitted, now);
    const end = endOf(delivery) ?? (ttlSeconds === null ? TTL_OVER : null);
    const until = early.get(delivery.id);
    if (end === null && until !== undefined) {
      held.set(until, [...(held.get(until) ?? []), delivery.id]);
      tally.add(lane, 'retrying', FOR_HOURS, 1);
      continue;
    }
    if (end === null && ttlSeconds !== null) {
      tally.add(lane, 'sending', null, 1);
      deliveries.push({ delivery, ttlSeconds });
    } else if (end !== null) {
      const { id, attemptCount, roundAttempts } = delivery;
      const counted = { id, attemptCount, roundAttempts, lastStatus: null, nextAttemptAt: null };
      ended.push({ ...counted, ...end, repeatRisk: null });
      tally.add(lane, end.state, end.diagnosis, 1);
      tally.addEnd(lane, end.state);
    }
  }
  for (const [until, ids] of held) queue.holdForHours(ids, until, now);
  queue.settle(ended, now);
  tally.write(sums, now);
  return { deliveries, more: room === 0 || queued.length === room, nextDue: queue.nextDue(lane) };
}

const NOBODY: ReadonlyMap<DeliveryId, number> = new Map();

/** Those for whom it is too early or night, with the time until which they wait. */
function earlyOf(
  queue: DispatchTables['queue'],
  rows: readonly QueuedDelivery[],
  hours: RecipientHours,
  now: number,
): ReadonlyMap<DeliveryId, number> {
  const zones = queue.zonesOf(rows.map(({ subscriptionId }) => subscriptionId));
  const opens = new Map<string | null, number>();
  const early = new Map<DeliveryId, number>();
  for (const { id, subscriptionId } of rows) {
    const zone = zones.get(subscriptionId) ?? null;
    const at = opens.get(zone) ?? opensAt(hours, zone, now);
    opens.set(zone, at);
    if (at > now) early.set(id, at);
  }
  return early;
}

interface End {
  state: DeliveryState;
  diagnosis: string;
}

const TTL_OVER: End = { state: 'failed', diagnosis: 'ttl-over' };

function endOf({ subscriptionState, inBin }: QueuedDelivery): End | null {
  if (inBin) return { state: 'cancelled', diagnosis: 'left-meanwhile' };
  switch (subscriptionState) {
    case 'active':
      return null;
    case 'gone':
      return { state: 'gone', diagnosis: 'subscription-gone' };
    case 'mismatched':
      return { state: 'failed', diagnosis: 'made-with-another-key' };
    case 'expired':
    case 'unsubscribed':
      return { state: 'cancelled', diagnosis: 'left-meanwhile' };
    default:
      return assertNever(subscriptionState);
  }
}
