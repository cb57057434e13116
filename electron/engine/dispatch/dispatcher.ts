import type { CampaignId, KeyPairId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { canaryLifecycleOf } from '../../core/campaign/lifecycle.ts';
import type { Clock } from '../base/clock.ts';
import { scheduleWithTimer, type Schedule } from '../base/schedule.ts';
import type { Log } from '../base/log.ts';
import { createSetBackWatch } from '../base/set-back.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import type { LanePause } from './lane-store.ts';
import type { BatchSender } from '../wire/batch-sender.ts';
import { createAdoption, type AdoptionStore } from './adoption.ts';
import { createAlarm } from './alarm.ts';
import { createArrivals } from './arrivals.ts';
import {
  createCampaignRun,
  laneOf,
  moveLanesBack,
  noteWaiting,
  setRunBack,
  wakeOf,
  type CampaignRun,
  type DispatchCampaign,
  stopRun,
  type Lane,
} from './campaign-run.ts';
import { paceOfRun, type CampaignPace } from './campaign-pace.ts';
import {
  applyJudgements,
  canaryRunOf,
  judgeCanaries,
  letAllGo,
  stoppedOf,
  type JudgedCanary,
} from './canary-watch.ts';
import { claimRound, type ClaimedBatch } from './claim.ts';
import { createDepartures } from './departures.ts';
import type { DispatchTables } from './dispatch-tables.ts';
import { createFlights } from './flights.ts';
import { createGates } from './gate.ts';
import { holdRetries, type HeldLane } from './hold-retries.ts';
import { createStoreRefusals } from './store-refusals.ts';
import { finishIfDone, recordResults } from './record-results.ts';
import { createUnrecordedResults } from './unrecorded-results.ts';
import type { PayloadSource } from './payload-source.ts';
import type { VapidTokens } from './vapid-tokens.ts';

/**
 * [Note: steps] This often, results are recorded and deliveries claimed together in one transaction. If a step takes longer than that, the
 * next one waits as long as the last one took, so that half of the engine's time is left for everything else.
 */
const STEP_MS = 20;
const MAX_STEP_PAUSE_MS = 100;
/** How long to wait after the store refused a step (disk full, locked by another program). */
const STORE_RETRY_MS = 1000;
/** While the sender can take nothing, it is asked again this often; anything that it reports also wakes the lanes. */
const NO_ROOM_PAUSE_MS = 200;
/** However long nothing is due, the clock is checked this often: it may have been set back. [Note: clock set back] */
const MAX_SLEEP_MS = 60_000;

/** Sends the campaigns that are given to it, lane by lane. It knows the store and a sender, and nothing of HTTP. */
export interface Dispatcher {
  /** Starts or resumes a campaign whose deliveries are written, unless its canary is waiting for the person. */
  add(campaign: DispatchCampaign): void;
  /** Sends no more of it. What is on the wire is waited for and recorded. */
  remove(id: CampaignId): void;
  /** The person clicks "Try again": the lanes of this part go on. */
  resumeLanes(id: CampaignId, part: { pushService: PushServiceId; keyPairId: KeyPairId }): void;
  /** Something was queued again: checks all lanes of the campaign. */
  wake(id: CampaignId): void;
  /** The person lets everything go out, whatever the state of the canary. */
  endCanary(id: CampaignId): void;
  /** How fast it is going, and what is waiting; `null` if the campaign is not running, or while the store refuses. */
  pace(id: CampaignId): CampaignPace | null;
  /** Resumes waiting for what an earlier run of the engine handed to other machines: to be called once campaigns go on. */
  adopt(): void;
  /** Sends nothing new, waits at most `patienceMs` for what is on the wire, then records it. */
  stop(patienceMs: number): Promise<void>;
}

export interface DispatcherOptions {
  stores: DispatchTables;
  sender: BatchSender;
  signingKey: (id: KeyPairId) => SigningKey | null;
  tokens: VapidTokens;
  payloads: Pick<PayloadSource, 'textsOf'>;
  /** What was handed to other machines; omitted if the sender hands nothing over. */
  handed?: AdoptionStore;
  /** `null`: there is none. */
  campaignOf?: (id: CampaignId) => DispatchCampaign | null;
  /** Whether anything of the campaign may go out now; omitted: it may. If not, it rests until it is woken. */
  maySend?: (id: CampaignId) => boolean;
  /** The most that may be in flight to one push service. */
  cap: () => number;
  /**
   * Called with what a step has changed; `stopped`: cancelled by the rules of their canaries, with the ends of what waits still to be
   * written.
   */
  onStep: (change: {
    settled: number;
    finished: readonly CampaignId[];
    stopped: readonly CampaignId[];
  }) => void;
  /** Called with the error when the store refuses, and with `null` once it accepts things again. */
  onStoreTrouble: (error: unknown) => void;
  clock: Clock;
  log: Log;
  random?: () => number;
  /** Monotonic time in milliseconds. */
  monotonicNow?: () => number;
  schedule?: Schedule;
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { stores, sender, signingKey, maySend = () => true, tokens, cap, onStep, clock, log } = options;
  const { db, canaries, lanes, queue } = stores;
  const monotonicNow = options.monotonicNow ?? (() => performance.now());
  const schedule = options.schedule ?? scheduleWithTimer;
  const runs = new Map<CampaignId, CampaignRun>();
  const gates = createGates({ clock, cap });
  const setBackBy = createSetBackWatch(clock);
  const flights = createFlights();
  const results = createUnrecordedResults();
  const refusals = createStoreRefusals(options.onStoreTrouble);
  let stopping = false;
  let onDrained: (() => void) | null = null;
  let turn = 0;
  let stepPause = STEP_MS;
  let claimsFrom = 0;

  const alarm = createAlarm({
    clock,
    schedule,
    ring: () => {
      step();
    },
  });
  const recordSoon = () => {
    alarm.set(clock.now() + stepPause);
  };

  const pauseLane = (lane: Lane, pause: LanePause) => {
    for (const one of [lane, laneOf(runs.get(lane.key.campaignId), lane.key)]) {
      if (one === null) continue;
      one.pause = pause;
      one.stop.abort();
    }
    results.current.pauses.push({ lane: lane.key, pause });
    log.warn(
      { campaignId: lane.key.campaignId, service: lane.key.pushService, ...pause },
      'a part is paused',
    );
  };
  const arrivals = createArrivals({
    flights,
    results,
    onPause: pauseLane,
    onResult: recordSoon,
    clock,
    random: options.random ?? Math.random,
  });
  const depart = createDepartures({
    flushed: () => db.flushed(),
    sender,
    tokens,
    payloads: options.payloads,
    flights,
    report: arrivals.report,
    onUnreported: arrivals.markUnknown,
    onFlush(error) {
      if (error === null) {
        refusals.taken('flush');
        return;
      }
      claimsFrom = clock.now() + STORE_RETRY_MS;
      refusals.refused('flush', error);
    },
    clock,
    log,
  });

  const adoption = createAdoption({
    handedOver: sender.handedOver,
    store: options.handed,
    campaignOf: options.campaignOf ?? (() => null),
    runOf: (campaign) =>
      runs.get(campaign.id) ??
      createCampaignRun({
        campaign,
        rows: lanes.list(campaign.id),
        canary: null,
        gateOf: gates.of,
        clock,
      }),
    isSent: (id) => runs.has(id),
    flights,
    report: arrivals.report,
    onUnreported: arrivals.markUnknown,
    clock,
    log,
  });

  const roomFor = (service: PushServiceId) => sender.room?.(service) ?? Number.POSITIVE_INFINITY;
  const claimAll = (judged: readonly JudgedCanary[]): ClaimedBatch[] => {
    const now = clock.now();
    if (now < claimsFrom) return [];
    turn += 1;
    const onNoKey = (lane: Lane) => {
      pauseLane(lane, { diagnosis: 'key-not-held', status: null });
    };
    // Consequences of a verdict take effect only once it is written.
    const settled = new Set(judged.flatMap(({ run, over }) => (over === null ? [] : [run])));
    const open = [...runs.values()].filter((run) => !settled.has(run));
    return claimRound({ stores, runs: open, signingKey, maySend, now, turn, roomFor, onNoKey });
  };

  const lookAtClock = () => {
    const back = setBackBy();
    if (back === 0) return;
    log.warn({ seconds: Math.round(back / 1000) }, 'the clock was set back');
    gates.onSetBack(back);
    claimsFrom -= back;
    for (const run of runs.values()) setRunBack(run, back);
  };
  const step = () => {
    alarm.clear();
    lookAtClock();
    const late = [...runs.values()].filter(({ owedBack }) => owedBack > 0);
    const begun = monotonicNow();
    const writing = results.take();
    let claimed: ClaimedBatch[] = [];
    let finished: CampaignId[] = [];
    let touched = new Set<CampaignId>();
    let held: HeldLane[] = [];
    let judged: JudgedCanary[] = [];
    try {
      // All or nothing: what a step records and claims succeeds or fails together.
      db.transactionSoon(() => {
        for (const { campaign, owedBack } of late) queue.setBack(campaign.id, owedBack);
        touched = recordResults(stores, writing, clock.now());
        held = holdRetries(queue, [...runs.values()], clock.now());
        judged = judgeCanaries(stores, [...runs.values()], touched, clock.now());
        for (const { run } of judged) touched.add(run.campaign.id);
        claimed = stopping ? [] : claimAll(judged);
        for (const { run } of claimed) touched.add(run.campaign.id);
        finished = [...touched].filter((id) => finishIfDone(stores, id, clock.now()));
      });
    } catch (error) {
      // Nothing was written and nothing claimed. What was sent stays in memory until it can be recorded.
      results.putBack(writing);
      log.error({ error: String(error) }, 'the store could not save a step of the campaign');
      refusals.refused('step', error);
      alarm.set(clock.now() + STORE_RETRY_MS);
      return;
    }
    refusals.taken('step');
    sender.onRecorded?.();
    late.forEach(moveLanesBack);
    stepPause = Math.min(MAX_STEP_PAUSE_MS, Math.max(STEP_MS, monotonicNow() - begun));
    noteWaiting(runs, writing);
    for (const { lane, until, nextDue } of held) Object.assign(lane, { heldUntil: until, nextDue });
    for (const id of finished) runs.delete(id);
    const ended = applyJudgements(judged);
    for (const run of ended) {
      stopRun(run);
      runs.delete(run.campaign.id);
      log.warn({ campaignId: run.campaign.id }, 'the canary holds the rest of the campaign back');
    }
    depart(claimed);
    if (touched.size > 0) onStep({ settled: writing.verdicts.length, finished, stopped: stoppedOf(judged) });
    planNext();
    if (flights.count === 0 && results.isEmpty()) onDrained?.();
  };

  const planNext = () => {
    const now = clock.now();
    if (!results.isEmpty()) recordSoon();
    if (stopping) return;
    for (const run of runs.values()) {
      const { pace, canary } = run;
      if (canary !== null) alarm.set(Math.min(Math.max(canary.lookAt, now + stepPause), now + MAX_SLEEP_MS));
      for (const lane of run.lanes) {
        const at = wakeOf(lane, pace, now);
        if (at === null) continue;
        const pause = roomFor(lane.key.pushService) > 0 ? stepPause : NO_ROOM_PAUSE_MS;
        alarm.set(Math.min(Math.max(at, now + pause), now + MAX_SLEEP_MS));
      }
    }
  };

  const wake = (id: CampaignId) => {
    for (const lane of runs.get(id)?.lanes ?? []) lane.more = true;
    results.current.checks.add(id);
    alarm.set(clock.now());
  };

  return {
    add(campaign) {
      if (runs.has(campaign.id) || stopping) return;
      lookAtClock();
      const kept = canaries.of(campaign.id);
      if (canaryLifecycleOf(kept?.state ?? null).waitsForPerson) return;
      queue.planAnew(campaign.id, clock.now());
      const rows = lanes.list(campaign.id);
      const canary = canaryRunOf(kept, clock.now());
      runs.set(campaign.id, createCampaignRun({ campaign, rows, canary, gateOf: gates.of, clock }));
      wake(campaign.id);
    },
    remove(id) {
      const run = runs.get(id);
      if (run !== undefined) stopRun(run);
      runs.delete(id);
    },
    resumeLanes(id, { pushService, keyPairId }) {
      for (const lane of runs.get(id)?.lanes ?? []) {
        if (lane.key.pushService !== pushService || lane.key.keyPairId !== keyPairId) continue;
        if (lane.pause === null) continue;
        lane.breaker.onResume(lane.pause.diagnosis);
        lane.pause = null;
        lane.stop = new AbortController();
      }
      wake(id);
    },
    wake,
    endCanary(id) {
      const run = runs.get(id);
      if (run !== undefined) letAllGo(run);
      wake(id);
    },
    pace(id) {
      const run = runs.get(id);
      return run === undefined || refusals.isRefusing()
        ? null
        : paceOfRun(run, clock.now(), (service) => roomFor(service) > 0);
    },
    adopt() {
      adoption?.takeUp();
    },
    async stop(patienceMs) {
      stopping = true;
      for (const run of runs.values()) stopRun(run);
      if (flights.count > 0)
        await new Promise<void>((resolve) => {
          const undo = schedule(resolve, patienceMs);
          onDrained = () => {
            undo();
            resolve();
          };
        });
      step();
      alarm.clear();
    },
  };
}
