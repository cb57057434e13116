import type { KeyPairId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { BATCH_SIZE } from '../wire/batch-sender.ts';
import { roomOf, type CampaignRun, type Lane } from './campaign-run.ts';
import type { Claim } from './claim-deliveries.ts';
import type { DispatchStore } from './dispatch-store.ts';
import type { Gate } from './gate.ts';

/** What a lane has taken from its queue, with the key that signs it. */
export interface ClaimedBatch {
  readonly run: CampaignRun;
  readonly lane: Lane;
  readonly key: SigningKey;
  readonly claim: Claim;
}

export interface ClaimRoundOptions {
  store: Pick<DispatchStore, 'claim'>;
  runs: readonly CampaignRun[];
  signingKey: (id: KeyPairId) => SigningKey | null;
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
  store,
  runs,
  signingKey,
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
      const claim = store.claim(lane.key, lane.fitted, room, run.canary !== null);
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
