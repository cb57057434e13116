import type { CampaignId, KeyPairId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { Clock } from '../base/clock.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import type { Log } from '../base/log.ts';
import type { BatchSender, SendResult } from '../wire/batch-sender.ts';
import {
  createCampaignRun,
  laneOf,
  wakeOf,
  type CampaignRun,
  type DispatchCampaign,
  type Lane,
} from './campaign-run.ts';
import { paceOfRun, type CampaignPace } from './campaign-pace.ts';
import { batchesOf, type Unsendable } from './batches-of.ts';
import { claimRound, type ClaimedBatch } from './claim-round.ts';
import type { DispatchStore } from './dispatch-store.ts';
import { createFlights, type Flight } from './flights.ts';
import { createGate, type Gate } from './gate.ts';
import { learn } from './adjust-lane.ts';
import { emptyOutbox, isEmpty, joined, writeOutbox } from './unrecorded-results.ts';
import type { VapidTokens } from './vapid-tokens.ts';
import { judge, type AttemptedResult } from './verdict.ts';

/**
 * [Note: steps] Results are recorded and deliveries claimed together this often, in one transaction. Where a step takes longer than that,
 * the next one waits as long as the last one took: half of the engine's time stays for everything else.
 */
const STEP_MS = 20;
const LONGEST_STEP_PAUSE_MS = 100;
/** After the store refused a step (disk full, locked by another program). */
const STORE_RETRY_MS = 1000;

/** Sends the campaigns that are given to it, lane by lane. It knows the store and a sender, and nothing of HTTP. */
export interface Dispatcher {
  /** Begins or goes on with a campaign whose deliveries are written. */
  add(campaign: DispatchCampaign): void;
  /** Sends no more of it. What is on the wire comes to its end and is recorded. */
  remove(id: CampaignId): void;
  /** The person says "Try again": the lanes of this part go on. */
  resumeLanes(id: CampaignId, part: { pushService: PushServiceId; keyPairId: KeyPairId }): void;
  /** Something was queued again: looks at all lanes of the campaign. */
  wake(id: CampaignId): void;
  /** How fast it goes, and what of it waits; `null` when the campaign does not run, and while the store refuses. */
  pace(id: CampaignId): CampaignPace | null;
  /** Sends nothing new and waits for what is on the wire, at most `patienceMs`; then records it. */
  stop(patienceMs: number): Promise<void>;
}

export interface DispatcherOptions {
  store: DispatchStore;
  sender: BatchSender;
  signingKey: (id: KeyPairId) => SigningKey | null;
  tokens: VapidTokens;
  /** The most that may be in flight to one push service. */
  cap: () => number;
  /** Told what a step has changed. */
  onStep: (change: { settled: number; finished: readonly CampaignId[] }) => void;
  /** Told when the store refuses, with its error, and with `null` once it takes things again. */
  onStoreTrouble: (error: unknown) => void;
  clock: Clock;
  log: Log;
  random?: () => number;
  /** Monotonic time in milliseconds. */
  monotonicNow?: () => number;
  /** Runs a function later and returns its undo. */
  schedule?: (run: () => void, delayMs: number) => () => void;
}

const scheduleWithTimer = (run: () => void, delayMs: number) => {
  const timer = setTimeout(run, delayMs);
  return () => {
    clearTimeout(timer);
  };
};

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { store, sender, signingKey, tokens, cap, onStep, onStoreTrouble, clock, log } = options;
  const random = options.random ?? Math.random;
  const schedule = options.schedule ?? scheduleWithTimer;
  const monotonicNow = options.monotonicNow ?? (() => performance.now());
  const runs = new Map<CampaignId, CampaignRun>();
  const gates = new Map<string, Gate>();
  const onTheWire = createFlights();
  let outbox = emptyOutbox();
  let timer: { at: number; undo: () => void } | null = null;
  let stopping = false;
  let onDrained: (() => void) | null = null;
  let turn = 0;
  let stepPause = STEP_MS;
  let claimsFrom = 0;
  /** What the store refused last: a step of the campaign, or to bring a claim to the disk. */
  let refused: 'step' | 'flush' | null = null;

  const gateOf = (service: PushServiceId, host: string): Gate => {
    const name = `${service} ${host}`;
    const gate = gates.get(name) ?? createGate({ clock, cap });
    gates.set(name, gate);
    return gate;
  };

  const wakeAt = (at: number) => {
    if (timer !== null && timer.at <= at) return;
    timer?.undo();
    timer = { at, undo: schedule(step, Math.max(0, at - clock.now())) };
  };

  const noteRefused = (what: 'step' | 'flush', error: unknown) => {
    refused = what;
    onStoreTrouble(error);
  };
  const noteTaken = (what: 'step' | 'flush') => {
    if (refused !== what) return;
    refused = null;
    onStoreTrouble(null);
  };

  const step = () => {
    timer = null;
    const begun = monotonicNow();
    const writing = outbox;
    outbox = emptyOutbox();
    let claimed: ClaimedBatch[] = [];
    let finished: CampaignId[] = [];
    let touched = new Set<CampaignId>();
    try {
      store.step(() => {
        touched = writeOutbox(store, writing);
        claimed = stopping ? [] : claimAll();
        for (const { run } of claimed) touched.add(run.campaign.id);
        finished = [...touched].filter((id) => store.finishIfDone(id));
      });
    } catch (error) {
      // Nothing was written and nothing taken. What was sent stays in memory until it can be recorded.
      outbox = joined(writing, outbox);
      log.error({ error: String(error) }, 'the store could not save a step of the campaign');
      noteRefused('step', error);
      wakeAt(clock.now() + STORE_RETRY_MS);
      return;
    }
    noteTaken('step');
    stepPause = Math.min(LONGEST_STEP_PAUSE_MS, Math.max(STEP_MS, monotonicNow() - begun));
    for (const { lane } of [...writing.returned, ...writing.lost]) {
      const current = laneOf(runs.get(lane.campaignId), lane);
      if (current !== null) current.more = true;
    }
    for (const { lane, settlement } of writing.verdicts) noteRetry(lane, settlement.nextAttemptAt);
    for (const id of finished) runs.delete(id);
    handOver(claimed);
    if (touched.size > 0) onStep({ settled: writing.verdicts.length, finished });
    planNext();
    if (onTheWire.count === 0 && isEmpty(outbox)) onDrained?.();
  };

  const noteRetry = (key: Lane['key'], at: number | null) => {
    const lane = at === null ? null : laneOf(runs.get(key.campaignId), key);
    if (lane !== null && at !== null) lane.nextDueAt = Math.min(lane.nextDueAt ?? at, at);
  };

  const claimAll = (): ClaimedBatch[] => {
    const now = clock.now();
    if (now < claimsFrom) return [];
    turn += 1;
    const onNoKey = (lane: Lane) => {
      pauseLane(lane, { diagnosis: 'key-not-held', status: null });
    };
    return claimRound({ store, runs: [...runs.values()], signingKey, now, turn, onNoKey });
  };

  const handOver = (claimed: readonly ClaimedBatch[]) => {
    const loads = claimed.map((one) => {
      const { run, lane, claim } = one;
      lane.more = claim.more;
      lane.nextDueAt = claim.nextDueAt;
      const deliveries = claim.deliveries.map(({ delivery }) => delivery);
      return { ...one, flights: onTheWire.begin(run, lane, deliveries, clock.now()) };
    });
    const full = loads.filter(({ flights }) => flights.length > 0);
    if (full.length === 0) return;
    // One flush for all of them, asked for at once: a second one would wait for the first.
    const onDisk = store.flushed();
    for (const load of full) void send(load, onDisk);
  };

  const send = async (
    { flights, ...claimed }: ClaimedBatch & { flights: Flight[] },
    onDisk: Promise<void>,
  ) => {
    const { run, lane } = claimed;
    try {
      await onDisk;
    } catch (error) {
      log.error(
        { error: String(error) },
        'the claimed deliveries could not be written to disk; none of them was sent',
      );
      claimsFrom = clock.now() + STORE_RETRY_MS;
      noteRefused('flush', error);
      for (const { delivery } of flights) report({ kind: 'not-sent', deliveryId: delivery.id });
      return;
    }
    noteTaken('flush');
    const { batches, unsendable } = batchesOf(claimed, tokens);
    for (const one of unsendable) report(neverSent(one, clock.now()));
    const endings = await Promise.allSettled(
      batches.map((batch) => sender.send(batch, report, run.stop.signal)),
    );
    for (const ending of endings) {
      if (ending.status === 'fulfilled') continue;
      log.error({ error: String(ending.reason) }, 'a batch ended early');
      lane.gate.onUnreachable();
    }
    for (const flight of flights) if (onTheWire.isOnTheWire(flight)) markUnknown(flight);
  };

  const report = (result: SendResult) => {
    const flight = onTheWire.land(result.deliveryId);
    if (flight === null) return;
    if (result.kind === 'not-sent') outbox.returned.push({ lane: flight.lane.key, id: result.deliveryId });
    else take(flight, result);
    wakeAt(clock.now() + stepPause);
  };

  const markUnknown = ({ delivery, lane }: Flight) => {
    onTheWire.land(delivery.id);
    outbox.lost.push({ lane: lane.key, id: delivery.id });
    wakeAt(clock.now() + stepPause);
  };

  const take = ({ run, lane, delivery, claimedAt }: Flight, result: AttemptedResult) => {
    const roundStartedAt = delivery.roundStartedAt ?? claimedAt;
    const input = { lane: lane.key, delivery, fitted: lane.fitted, roundStartedAt };
    const verdict = judge(input, result, clock.now(), random());
    outbox.verdicts.push(verdict);
    if (verdict.settlement.nextAttemptAt === null) for (const { meter } of [run, lane]) meter.add(1);
    const pause = learn(lane, verdict, result.reply);
    if (pause !== null && lane.pause === null) pauseLane(lane, pause);
  };

  const pauseLane = (lane: Lane, pause: NonNullable<Lane['pause']>) => {
    lane.pause = pause;
    const current = laneOf(runs.get(lane.key.campaignId), lane.key);
    if (current !== null) current.pause = pause;
    outbox.pauses.push({ lane: lane.key, pause });
    log.warn(
      { campaignId: lane.key.campaignId, service: lane.key.pushService, ...pause },
      'a part is paused',
    );
  };

  const planNext = () => {
    const now = clock.now();
    if (!isEmpty(outbox)) wakeAt(now + stepPause);
    if (stopping) return;
    for (const { lanes, pace } of runs.values()) {
      for (const lane of lanes) {
        const at = wakeOf(lane, pace, now);
        if (at !== null) wakeAt(Math.max(at, now + stepPause));
      }
    }
  };

  const wake = (id: CampaignId) => {
    for (const lane of runs.get(id)?.lanes ?? []) lane.more = true;
    outbox.checks.add(id);
    wakeAt(clock.now());
  };

  return {
    add(campaign) {
      if (runs.has(campaign.id) || stopping) return;
      runs.set(campaign.id, createCampaignRun({ campaign, rows: store.lanes(campaign.id), gateOf, clock }));
      wake(campaign.id);
    },
    remove(id) {
      runs.get(id)?.stop.abort();
      runs.delete(id);
    },
    resumeLanes(id, { pushService, keyPairId }) {
      for (const lane of runs.get(id)?.lanes ?? []) {
        if (lane.key.pushService !== pushService || lane.key.keyPairId !== keyPairId) continue;
        if (lane.pause === null) continue;
        lane.breaker.onResume(lane.pause.diagnosis);
        lane.pause = null;
      }
      wake(id);
    },
    wake,
    pace(id) {
      const run = runs.get(id);
      return run === undefined || refused !== null ? null : paceOfRun(run, clock.now());
    },
    async stop(patienceMs) {
      stopping = true;
      for (const run of runs.values()) run.stop.abort();
      if (onTheWire.count > 0)
        await new Promise<void>((resolve) => {
          const undo = schedule(resolve, patienceMs);
          onDrained = () => {
            undo();
            resolve();
          };
        });
      timer?.undo();
      step();
      timer?.undo();
    },
  };
}

/** What the sender would report of it, had it got that far. */
function neverSent({ delivery, fault, detail }: Unsendable, now: number): AttemptedResult {
  return {
    kind: 'attempted',
    deliveryId: delivery.id,
    request: { url: delivery.endpoint, headers: [], bodyBytes: 0 },
    startedAt: now,
    durationMs: 0,
    reply: { kind: 'fault', fault, detail, mayHaveLeft: false },
  };
}
