import type { Clock } from '../base/clock.ts';
import type { LanePause } from './lane-store.ts';
import type { SendResult } from '../wire/batch-sender.ts';
import { adjustLane } from './adjust-lane.ts';
import type { Lane } from './campaign-run.ts';
import type { Flight, Flights } from './flights.ts';
import type { UnrecordedResults } from './unrecorded-results.ts';
import { judge, outcomeOf, type AttemptedResult } from './verdict.ts';

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
