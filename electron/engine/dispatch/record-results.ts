import type { CampaignId, DeliveryId, SubscriptionId } from '../../contract/ids.ts';
import type { DeliveryState } from '../../contract/deliveries.ts';
import { exampleWords } from '../../core/diagnosis/answer-words.ts';
import { lifecycleOf } from '../../core/campaign/lifecycle.ts';
import type { DispatchTables } from './dispatch-tables.ts';
import type { LaneKey } from './lane-store.ts';
import { createTally } from './tally.ts';
import type { Results } from './unrecorded-results.ts';
import type { Verdict } from './verdict.ts';

/** Writes what has happened; to be called within a step. Returns the campaigns that are affected. */
export function recordResults(stores: DispatchTables, results: Results, now: number): Set<CampaignId> {
  const { campaigns, lanes, queue } = stores;
  const { verdicts, returned, unknown, pauses, checks } = results;
  if (verdicts.length > 0) recordVerdicts(stores, verdicts, now);
  for (const { lane, id } of returned) {
    const to = lifecycleOf(campaigns.stateOf(lane.campaignId)).isCancelled ? 'cancelled' : 'queued';
    countMoved(stores, lane, to, null, queue.release([id], to, now), now);
  }
  for (const { lane, id, diagnosis } of unknown)
    countMoved(stores, lane, 'unknown', diagnosis, queue.markUnknown([id], diagnosis, now), now);
  for (const { lane, pause } of pauses) lanes.setPause(lane, pause, now);
  return new Set([
    ...checks,
    ...[...verdicts, ...returned, ...unknown, ...pauses].map(({ lane }) => lane.campaignId),
  ]);
}

/** Ends the campaign if nothing of it is open; true if it did. */
export function finishIfDone(
  { campaigns, sums }: Pick<DispatchTables, 'campaigns' | 'sums'>,
  id: CampaignId,
  now: number,
): boolean {
  if (!lifecycleOf(campaigns.stateOf(id)).mayFinish || sums.openCount(id) > 0) return false;
  campaigns.setState(id, 'finished', now);
  return true;
}

/** In the sums: so many that were on the wire no longer are. */
function countMoved(
  { sums }: Pick<DispatchTables, 'sums'>,
  lane: LaneKey,
  to: DeliveryState,
  diagnosis: string | null,
  count: number,
  now: number,
): void {
  const tally = createTally();
  tally.add(lane, 'sending', null, -count);
  tally.add(lane, to, diagnosis, count);
  tally.write(sums, now);
}

/**
 * Writes the results of attempts: delivery, attempt, subscription and sums; within a transaction. The attempt is kept even if its delivery
 * was given up as lost in the meantime: it is what really happened.
 */
function recordVerdicts(stores: DispatchTables, verdicts: readonly Verdict[], now: number): void {
  const { campaigns, queue, attempts, subscriptions, sums } = stores;
  const tally = createTally();
  const cancelled = new Map<number, boolean>();
  const isCancelled = (id: Verdict['lane']['campaignId']) => {
    const known = cancelled.get(id) ?? lifecycleOf(campaigns.stateOf(id)).isCancelled;
    cancelled.set(id, known);
    return known;
  };

  const ends = verdicts.map(({ lane, settlement }) =>
    settlement.state === 'retrying' && isCancelled(lane.campaignId)
      ? { ...settlement, state: 'cancelled' as const, nextAttemptAt: null }
      : settlement,
  );
  const settled = queue.settle(ends, now);
  const kept = withoutErased(verdicts, settled, queue);
  attempts.add(kept);
  noteExamples(stores.examples, kept);
  const noted = new Map<string, { lane: Verdict['lane']; state: DeliveryState; ids: SubscriptionId[] }>();
  for (const [index, { lane, delivery, retireAs }] of verdicts.entries()) {
    const end = ends[index];
    if (end === undefined || !settled.has(end.id)) continue;
    tally.add(lane, 'sending', null, -1);
    tally.add(lane, end.state, end.diagnosis, 1);
    if (end.state !== 'retrying') tally.addEnd(lane, end.state);
    const name = `${lane.campaignId} ${end.state}`;
    const same = noted.get(name);
    if (same === undefined) noted.set(name, { lane, state: end.state, ids: [delivery.subscriptionId] });
    else same.ids.push(delivery.subscriptionId);
    if (retireAs !== null) subscriptions.retire(delivery.subscriptionId, retireAs, end.id, now);
  }
  for (const { lane, state, ids } of noted.values())
    subscriptions.noteDeliveries(lane.campaignId, ids, state, now);
  tally.write(sums, now);
}

/** A person who was erased while the message was on the wire leaves nothing, not even the answer. */
function withoutErased(
  verdicts: readonly Verdict[],
  settled: ReadonlySet<DeliveryId>,
  queue: DispatchTables['queue'],
): readonly Verdict[] {
  const others = verdicts.flatMap(({ delivery }) => (settled.has(delivery.id) ? [] : [delivery.id]));
  if (others.length === 0) return verdicts;
  const existing = queue.existing(others);
  return verdicts.filter(({ delivery: { id } }) => settled.has(id) || existing.has(id));
}

/** Keeps the first answer for each reason. Most answers are acceptances, or like an earlier one: they cost only a lookup in a set. */
function noteExamples(examples: DispatchTables['examples'], verdicts: readonly Verdict[]): void {
  const noted = new Set<string>();
  for (const { lane, delivery, attempt } of verdicts) {
    const { diagnosis, answer } = attempt;
    if (diagnosis === null || answer === null) continue;
    const { campaignId, pushService } = lane;
    const name = `${campaignId} ${pushService} ${diagnosis}`;
    if (noted.has(name)) continue;
    noted.add(name);
    const words = exampleWords(answer, delivery.endpoint);
    examples.add(campaignId, { pushService, diagnosis, status: answer.status, words });
  }
}
