import type { LanePause } from './lane-store.ts';
import type { Lane } from './campaign-run.ts';
import type { Reply } from '../wire/transport/reply.ts';
import type { Outcome } from '../../core/diagnosis/answer.ts';

/**
 * Tells the gate and the breaker of a lane how an attempt ended.
 *
 * @returns the pause that this earns the lane, or `null`
 */
export function adjustLane(lane: Lane, outcome: Outcome, reply: Reply): LanePause | null {
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
