import { assertNever } from '../../core/assert-never.ts';
import type { Outcome } from '../../core/diagnosis/answer.ts';
import { nextAttempt } from '../../core/campaign/backoff.ts';
import { classifyAnswer, classifyFault } from '../../core/diagnosis/classify-answer.ts';
import { riskAfter, type Trace } from '../../core/campaign/repeat-risk.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { FittedMessage } from '../../core/push-services/service-limits.ts';
import type { NewAttempt } from './attempt-store.ts';
import type { QueuedDelivery, Settlement } from './delivery-queue-store.ts';
import type { LaneKey } from './lane-store.ts';
import type { SendResult } from '../wire/batch-sender.ts';
import type { CutOff, Reply } from '../wire/transport/reply.ts';

export type AttemptedResult = Extract<SendResult, { kind: 'attempted' }>;

/** What one attempt amounts to: for the store, and for the gate and the breaker of its lane. */
export interface Verdict {
  readonly lane: LaneKey;
  readonly delivery: QueuedDelivery;
  readonly settlement: Settlement;
  readonly attempt: NewAttempt['attempt'];
  /** How the subscription is retired; `null` leaves it as it is. */
  readonly retireAs: 'gone' | 'mismatched' | null;
  readonly outcome: Outcome;
}

/** What a reply means, according to the table of rules (core). `now`: when it came, in ms since 1970. */
export function outcomeOf(service: PushServiceId, reply: Reply, now: number): Outcome {
  return reply.kind === 'answer'
    ? classifyAnswer({ service, answer: reply.answer, now })
    : classifyFault(reply.fault);
}

export interface JudgeInput {
  readonly lane: LaneKey;
  readonly delivery: QueuedDelivery;
  readonly fitted: FittedMessage;
  readonly roundStartedAt: number;
  /** Of the reply. */
  readonly outcome: Outcome;
  /**
   * When the lane will next let a delivery out that is due at a given time (both in ms since 1970), as its gate, which already knows about
   * this reply, and its pace allow.
   */
  readonly opensFor: (due: number) => number;
}

/**
 * Judges one reported result, by its outcome and the plan of retries (core).
 *
 * @param now when the answer came, in ms since 1970
 * @param random a number in [0, 1)
 */
export function judge(input: JudgeInput, result: AttemptedResult, now: number, random: number): Verdict {
  const { lane, delivery, fitted, outcome } = input;
  const { reply } = result;
  const diagnosis = outcome.kind === 'accepted' ? null : outcome.diagnosis;
  const counted = {
    id: delivery.id,
    attemptCount: delivery.attemptCount + 1,
    roundAttempts: delivery.roundAttempts + 1,
    lastStatus: reply.kind === 'answer' ? reply.answer.status : null,
  };
  const risk = riskAfter(delivery.repeatRisk, traceOf(reply));
  const next = nextOf(outcome, counted.roundAttempts, input, now, random);
  return {
    lane,
    delivery,
    settlement: { ...counted, diagnosis, ...next, repeatRisk: risk === delivery.repeatRisk ? null : risk },
    attempt: {
      number: counted.attemptCount,
      startedAt: result.startedAt,
      durationMs: result.durationMs,
      request: { method: 'POST', ...result.request },
      answer: reply.kind === 'answer' ? reply.answer : null,
      error: reply.kind === 'fault' ? reply.detail : noteOf(reply.cutOff),
      diagnosis,
      notes: fitted.notes,
    },
    retireAs: outcome.kind === 'gone' || outcome.kind === 'mismatched' ? outcome.kind : null,
    outcome,
  };
}

function traceOf(reply: Reply): Trace {
  if (reply.kind === 'answer') return 'answered';
  return reply.mayHaveLeft ? 'unanswered' : 'none';
}

function nextOf(
  outcome: Outcome,
  attempt: number,
  { fitted, roundStartedAt, opensFor }: JudgeInput,
  now: number,
  random: number,
): Pick<Settlement, 'state' | 'nextAttemptAt'> & { diagnosis?: 'wait-too-long' } {
  switch (outcome.kind) {
    case 'accepted':
    case 'gone':
    case 'failed':
      return { state: outcome.kind, nextAttemptAt: null };
    case 'mismatched':
      return { state: 'failed', nextAttemptAt: null };
    case 'retry': {
      const plan = nextAttempt({
        attempt,
        now,
        firstAttemptAt: roundStartedAt,
        ttlSeconds: fitted.ttlSeconds,
        retryAfterMs: outcome.retryAfterMs,
        opensFor,
        random,
      });
      if (plan.kind === 'retry') return { state: 'retrying', nextAttemptAt: plan.at };
      // The last cause says more than the fact that the time or the tries ran out, so it stays the diagnosis.
      return {
        state: 'failed',
        nextAttemptAt: null,
        ...(plan.diagnosis === 'wait-too-long' ? { diagnosis: plan.diagnosis } : {}),
      };
    }
    default:
      return assertNever(outcome);
  }
}

function noteOf(cutOff: CutOff | null): string | null {
  switch (cutOff) {
    case null:
      return null;
    case 'too-large':
      return 'The answer was longer than 64 kB; the rest was not read.';
    case 'line-dropped':
      return 'The connection dropped before the answer was complete, after its status had arrived.';
    case 'deadline':
      return 'The answer was not complete in time, but its status had arrived.';
    default:
      return assertNever(cutOff);
  }
}

/**
 * How much of the message's time is left for the next attempt, in whole seconds; `null` when it is over. A first attempt has the full TTL,
 * unless the message expires earlier.
 */
export function ttlLeft(delivery: QueuedDelivery, fitted: FittedMessage, now: number): number | null {
  const ofTtl = leftOfTtl(delivery, fitted, now);
  const { expiresAt = null } = fitted;
  if (ofTtl === null || expiresAt === null) return ofTtl;
  const untilExpiry = Math.floor((expiresAt - now) / 1000);
  return untilExpiry < 1 ? null : Math.min(ofTtl, untilExpiry);
}

function leftOfTtl(delivery: QueuedDelivery, { ttlSeconds }: FittedMessage, now: number): number | null {
  if (delivery.roundAttempts === 0 || delivery.roundStartedAt === null) return ttlSeconds;
  const left = Math.floor((delivery.roundStartedAt + ttlSeconds * 1000 - now) / 1000);
  // A clock that was set back does not make a message live longer.
  return left < 1 ? null : Math.min(left, ttlSeconds);
}
