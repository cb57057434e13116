import type { Wait } from '../../contract/campaign-progress.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { CampaignRun, Lane } from './campaign-run.ts';

/** A gate that closes for less than this counts as part of the pace: showing it would only flicker on screen. */
const SHORTEST_WAIT_MS = 2000;
/** How often to look for workers. */
const NEXT_LOOK_MS = 1000;
/** After a gate was closed, messages go out in bursts for a while: only a longer look tells how long the rest will take. */
const BURSTS_FOR_MS = 60_000;

/** How a campaign goes at one push service. */
export interface ServiceSpeed {
  /** Deliveries finished per second over the last seconds; `null`: none, or it is waiting. */
  readonly perSecond: number | null;
  /** The rate for predicting the rest: measured over the last minute where limits hold the campaign back. */
  readonly steadyPerSecond: number | null;
  /** Why none of it may go out for now, and until when; `null` while some of it does. */
  readonly wait: Wait | null;
}

export interface CampaignPace {
  /** Over all push services that are not waiting. */
  readonly perSecond: number | null;
  readonly steadyPerSecond: number | null;
  readonly byService: ReadonlyMap<PushServiceId, ServiceSpeed>;
  /** The wait that ends first, if everything that is left is waiting. */
  readonly wait: Wait | null;
}

/**
 * How fast a running campaign is going at `now` (ms since 1970), and which parts are waiting for something other than the person.
 *
 * @param canTake whether anyone can send to a push service
 */
export function paceOfRun(
  run: CampaignRun,
  now: number,
  canTake: (service: PushServiceId) => boolean,
): CampaignPace {
  const services = new Map<PushServiceId, Lane[]>();
  for (const lane of run.lanes)
    services.set(lane.key.pushService, [...(services.get(lane.key.pushService) ?? []), lane]);

  const isLimited = run.campaign.messagesPerMinute !== null;
  const byService = new Map<PushServiceId, ServiceSpeed>();
  const states: (Wait | 'goes')[] = [];
  for (const [service, lanes] of services) {
    const state = stateOfAll(lanes.flatMap((lane) => stateOf(lane, now, canTake(service)) ?? []));
    if (state !== null) states.push(state);
    const wait = state === 'goes' ? null : state;
    const inBursts = isLimited || lanes.some((lane) => wasClosedLately(lane, now));
    byService.set(service, {
      perSecond: wait === null ? sumOf(lanes.map(({ meter }) => meter.perSecond())) : null,
      steadyPerSecond: sumOf(
        lanes.map(({ meter }) => (inBursts ? meter.perSecondOfMinute() : meter.perSecond())),
      ),
      wait,
    });
  }
  const all = [...byService.values()];
  const isPartial = all.some(({ wait }) => wait !== null);
  return {
    perSecond: isPartial ? sumOf(all.map(({ perSecond }) => perSecond)) : run.meter.perSecond(),
    steadyPerSecond:
      isPartial || isLimited ? sumOf(all.map((one) => one.steadyPerSecond)) : run.meter.perSecond(),
    byService,
    wait: waitOf(stateOfAll(states)),
  };
}

const waitOf = (state: Wait | 'goes' | null): Wait | null => (state === 'goes' ? null : state);

/** Combines lanes or services: the wait that ends first, unless one of them is sending; `null`: nothing is left. */
function stateOfAll(states: readonly (Wait | 'goes')[]): Wait | 'goes' | null {
  const waits = states.filter((state) => state !== 'goes');
  if (waits.length < states.length) return 'goes';
  return waits.reduce<Wait | null>(
    (first, wait) => (first === null || wait.until < first.until ? wait : first),
    null,
  );
}

/** Whether a lane is sending or waiting; `null` if it has nothing left, or is waiting for the person. */
function stateOf(lane: Lane, now: number, isTaken: boolean): Wait | 'goes' | null {
  if (lane.pause !== null) return null;
  const due = lane.more ? now : (lane.nextDue?.at ?? null);
  if (due === null) return lane.inFlight > 0 ? 'goes' : null;
  const closure = lane.gate.lastClosure();
  if (closure !== null && closure.until > now && closure.until - closure.since >= SHORTEST_WAIT_MS)
    return { reason: closure.because, until: Math.max(closure.until, due) };
  if (!isTaken && lane.inFlight === 0) return { reason: 'workers', until: Math.max(now + NEXT_LOOK_MS, due) };
  if (due <= now || lane.inFlight > 0) return 'goes';
  return { reason: lane.nextDue?.forHours === true ? 'hours' : 'retry', until: due };
}

function wasClosedLately(lane: Lane, now: number): boolean {
  const closure = lane.gate.lastClosure();
  return closure !== null && now - closure.until < BURSTS_FOR_MS;
}

function sumOf(rates: readonly (number | null)[]): number | null {
  const known = rates.filter((rate) => rate !== null);
  return known.length === 0 ? null : known.reduce((sum, rate) => sum + rate, 0);
}
