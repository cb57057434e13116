import type { Clock } from '../base/clock.ts';
import type { LanePause } from './lane-store.ts';
import type { SendResult } from '../wire/batch-sender.ts';
import type { Lane } from './campaign-run.ts';
import type { Flight, Flights } from './flights.ts';
import type { UnrecordedResults } from './unrecorded-results.ts';
import { judge, outcomeOf, type AttemptedResult } from './verdict.ts';
import type { Reply } from '../wire/transport/reply.ts';
import type { Outcome } from '../../core/diagnosis/answer.ts';

export interface ArrivalsOptions {
  flights: Flights;
  results: UnrecordedResults;
  /** The lane is to be paused. */
  onPause: (lane: Lane, pause: LanePause) => void;
  /** There is something to record. */
  onResult: () => void;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
}

/** What comes back from the wire is judged here, its lane is adjusted, and the verdict waits to be recorded. */
export interface Arrivals {
  report: (result: SendResult) => void;
  /** Nothing will come back for this one. */
  markUnknown: (flight: Flight) => void;
}

export function createArrivals(options: ArrivalsOptions): Arrivals {
  const { flights, results, onPause, onResult, clock, random } = options;

  const take = ({ run, lane, delivery, claimedAt }: Flight, result: AttemptedResult) => {
    const roundStartedAt = delivery.roundStartedAt ?? claimedAt;
    const now = clock.now();
    const outcome = outcomeOf(lane.key.pushService, result.reply, now);
    // Done first, so that a retry is planned for a time when the gate is open.
    const pause = adjustLane(lane, outcome, result.reply);
    // After those already waiting at the same gate: otherwise the first of them would use up its tries on a single outage.
    const opensFor = (due: number) => {
      const closedUntil = lane.gate.closedUntil();
      return run.pace.slotFor(closedUntil === null ? due : Math.max(due, closedUntil + 1));
    };
    const input = { lane: lane.key, delivery, fitted: lane.fitted, roundStartedAt, outcome, opensFor };
    const verdict = judge(input, result, now, random());
    results.current.verdicts.push(verdict);
    if (verdict.settlement.nextAttemptAt === null) for (const { meter } of [run, lane]) meter.add(1);
    if (pause !== null && lane.pause === null) onPause(lane, pause);
  };

  return {
    report(result) {
      const flight = flights.land(result.deliveryId);
      if (flight === null) return;
      const id = result.deliveryId;
      const lane = flight.lane.key;
      if (result.kind === 'attempted') take(flight, result);
      else if (result.kind === 'lost') results.current.unknown.push({ lane, id, diagnosis: 'worker-lost' });
      else results.current.returned.push({ lane, id });
      onResult();
    },
    markUnknown({ delivery, lane }) {
      flights.land(delivery.id);
      results.current.unknown.push({ lane: lane.key, id: delivery.id, diagnosis: 'interrupted' });
      onResult();
    },
  };
}

/**
 * Tells the gate and the breaker of a lane how an attempt ended.
 *
 * @returns the pause that this earns the lane, or `null`
 */
function adjustLane(lane: Lane, outcome: Outcome, reply: Reply): LanePause | null {
  if (outcome.kind === 'retry') {
    // The service answered as a healthy one does; it just wants nothing for this one subscription.
    if (outcome.onlyThis) lane.gate.onHealthy();
    else if (outcome.throttled) lane.gate.onThrottled(outcome.retryAfterMs);
    else if (isUnreachable(reply)) lane.gate.onUnreachable();
    else lane.gate.onTrouble();
    return null;
  }
  // A fault that no retry would fix concerns only this subscription, and says nothing about the service.
  if (reply.kind === 'fault') return null;
  lane.gate.onHealthy();
  if (outcome.kind === 'accepted' || outcome.kind === 'gone') {
    lane.breaker.onGood();
    return null;
  }
  if (outcome.kind === 'failed' && !outcome.pausesPart) return null;
  const isRun = lane.breaker.onRefusal(
    outcome.diagnosis,
    outcome.kind === 'mismatched' ? 'mismatched' : 'refused',
  );
  return isRun ? { diagnosis: outcome.diagnosis, status: reply.answer.status } : null;
}

/** No connection was made. That is probably our network's trouble; a line that drops or stays silent is the service's. */
function isUnreachable(reply: Reply): boolean {
  return reply.kind === 'fault' && reply.fault !== 'timeout' && reply.fault !== 'reset';
}
