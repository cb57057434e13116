import { randomBytes } from 'node:crypto';
import { assertNever } from '../../core/assert-never.ts';
import type { Clock } from '../base/clock.ts';
import { retryAfterValue } from './retry-after.ts';
import type { ServiceAnswer } from '../../core/push-services/dialects/dialect.ts';
import { MAX_BODY_BYTES } from './checks/aes128gcm.ts';
import type { ServiceRefusal } from '../../core/push-services/dialects/refusal.ts';
import type { Delays } from './delays.ts';
import type { Dialect } from '../../core/push-services/dialects/dialect.ts';
import { DIALECTS } from './dialects.ts';
import type { FaultPlan } from './faults/fault.ts';
import type { FaultPicker } from './faults/fault-table.ts';
import { play, type Performance } from './faults/play.ts';
import { createHttpDate } from './http-date.ts';
import type { JudgedRequest, Judgement } from './judge.ts';
import type { RequestRecorder } from './request-record.ts';
import type { Handover, Subscriber } from './subscriber.ts';
import type { Exchange, ReceivedBody } from './transport/exchange.ts';

export interface PushHandlerOptions {
  readonly clock: Clock;
  readonly delays: Delays;
  readonly faults: FaultPicker;
  readonly recorder: RequestRecorder;
  readonly judge: (request: JudgedRequest) => Judgement;
  /** The token in a path, or `null` if the path is not an endpoint. */
  readonly tokenIn: (path: string) => string | null;
  readonly findSubscriber: (token: string) => Subscriber | null;
  /** The origin of this service under the name by which it was called. */
  readonly originOf: (authority: string) => string;
  /** The id of a message in its plaintext, or `null`. */
  readonly messageIdOf: (plaintext: Buffer) => string | null;
}

/** What was decided about a request before anything is sent. */
interface Course {
  readonly performance: Performance;
  readonly refusal: ServiceRefusal | null;
  readonly handover: Handover | null;
}

/** Serves every request on the push side: find, judge, apply faults, hand over, answer, record. */
export function createPushHandler(options: PushHandlerOptions): (exchange: Exchange) => void {
  const { clock, delays, faults, recorder, judge, messageIdOf } = options;
  const httpDate = createHttpDate();
  /** How many unusual answers each imitated service has given. */
  const turns = new Map<Dialect, number>();

  function handle(exchange: Exchange, received: ReceivedBody): void {
    const at = clock.now();
    const token = options.tokenIn(exchange.path);
    const subscriber = token === null ? null : options.findSubscriber(token);
    const seen = { at, protocol: exchange.protocol, token, dialect: subscriber?.dialect ?? null };
    if (received.kind === 'aborted') {
      recorder.add({ ...seen, ...NOTHING_DONE, aborted: true });
      return;
    }
    if (subscriber === null) {
      const refusal = token === null ? 'unknown-path' : 'unknown-subscription';
      const answer = DIALECTS.mozilla.refused(refusal);
      exchange.answer(dated(answer, at));
      recorder.add({ ...seen, ...NOTHING_DONE, refusal, status: answer.status });
      return;
    }
    const dialect = DIALECTS[subscriber.dialect];
    const plan = faults.pick(subscriber);
    const origin = options.originOf(exchange.authority);
    const course = decide({ exchange, received, subscriber, dialect, origin }, plan, at);
    const { performance, handover } = course;
    if (plan.delayMilliseconds > 0) {
      delays.after(plan.delayMilliseconds, () => {
        play(stamped(performance, clock.now() + plan.clockOffsetMilliseconds), exchange, delays);
      });
    } else {
      play(stamped(performance, at + plan.clockOffsetMilliseconds), exchange, delays);
    }
    const plaintext = handover?.kind === 'shown' ? handover.plaintext : null;
    recorder.add({
      ...seen,
      accepted: handover !== null,
      aborted: false,
      status: 'answer' in performance ? performance.answer.status : null,
      refusal: course.refusal,
      fault: plan.effect?.kind ?? null,
      handover: handover?.kind ?? null,
      messageId: plaintext === null ? null : messageIdOf(plaintext),
      payload: plaintext === null ? null : plaintext.toString('utf8'),
    });
  }

  /** Judges, and hands an accepted message over. */
  function serve(request: JudgedRequest): {
    answer: ServiceAnswer;
    refusal: ServiceRefusal | null;
    handover: Handover | null;
  } {
    const verdict = judge(request);
    return verdict.kind === 'accepted'
      ? { answer: verdict.answer, refusal: null, handover: request.subscriber.take(verdict.message) }
      : { answer: verdict.answer, refusal: verdict.refusal, handover: null };
  }

  function decide(request: JudgedRequest, plan: FaultPlan, at: number): Course {
    const { effect } = plan;
    const serviceTime = at + plan.clockOffsetMilliseconds;
    if (effect === null) {
      const { answer, ...outcome } = serve(request);
      return { performance: { kind: 'answer', answer }, ...outcome };
    }
    switch (effect.kind) {
      case 'answer':
        return untouched({ kind: 'answer', answer: answerOf(effect, request.dialect, serviceTime) });
      case 'refuse': {
        const answer = withRetryAfter(
          request.dialect.refused(effect.refusal),
          effect.retryAfter,
          serviceTime,
        );
        return { ...untouched({ kind: 'answer', answer }), refusal: effect.refusal };
      }
      case 'odd':
        return untouched({ kind: 'answer', answer: oddityOf(request.dialect) });
      case 'stall':
        return unanswered({ kind: 'silence' }, request, effect.accepts);
      case 'drop':
        return unanswered({ kind: 'cut', cut: effect.cut }, request, effect.accepts);
      case 'drop-in-answer': {
        const { answer, ...outcome } = serve(request);
        return { performance: { kind: 'cut-in-answer', answer, cut: effect.cut }, ...outcome };
      }
      case 'drip':
      case 'oversize': {
        const { answer, ...outcome } = serve(request);
        return { performance: { ...effect, answer }, ...outcome };
      }
      case 'talk': {
        const { answer, ...outcome } = serve(request);
        return { performance: { kind: 'answer', answer: talkative(answer, effect) }, ...outcome };
      }
      default:
        return assertNever(effect);
    }
  }

  function oddityOf(dialect: Dialect): ServiceAnswer {
    const turn = turns.get(dialect) ?? 0;
    turns.set(dialect, turn + 1);
    const { oddities } = dialect;
    return oddities[turn % oddities.length] ?? oddities[0];
  }

  function unanswered(performance: Performance, request: JudgedRequest, accepts: boolean): Course {
    if (!accepts) return untouched(performance);
    const { refusal, handover } = serve(request);
    return { performance, refusal, handover };
  }

  function stamped(performance: Performance, serviceTime: number): Performance {
    return 'answer' in performance
      ? { ...performance, answer: dated(performance.answer, serviceTime) }
      : performance;
  }

  function dated(answer: ServiceAnswer, serviceTime: number): ServiceAnswer {
    return { ...answer, headers: { date: httpDate(serviceTime), ...answer.headers } };
  }

  return (exchange) => {
    exchange.readBody(MAX_BODY_BYTES, (received) => {
      handle(exchange, received);
    });
  };
}

function talkative(
  answer: ServiceAnswer,
  effect: Extract<FaultPlan['effect'], { kind: 'talk' }>,
): ServiceAnswer {
  const words = (bytes: number) =>
    effect.varied
      ? randomBytes(Math.ceil(bytes / 2))
          .toString('hex')
          .slice(0, bytes)
      : 'talk'.repeat(Math.ceil(bytes / 4)).slice(0, bytes);
  return {
    status: effect.status ?? answer.status,
    headers: {
      ...answer.headers,
      ...(effect.headerBytes === 0 ? {} : { 'x-talk': words(effect.headerBytes) }),
    },
    body: answer.body + words(effect.bodyBytes),
  };
}

const NOTHING_DONE = {
  accepted: false,
  aborted: false,
  status: null,
  refusal: null,
  fault: null,
  handover: null,
  messageId: null,
  payload: null,
} as const;

function untouched(performance: Performance): Course {
  return { performance, refusal: null, handover: null };
}

type AnswerEffect = Extract<FaultPlan['effect'], { kind: 'answer' }>;

function answerOf(effect: AnswerEffect, dialect: Dialect, serviceTime: number): ServiceAnswer {
  const usual = dialect.failed(effect.status);
  const answer: ServiceAnswer =
    effect.body === undefined
      ? { ...usual, headers: { ...usual.headers, ...effect.headers } }
      : { status: effect.status, headers: { ...effect.headers }, body: effect.body };
  return withRetryAfter(answer, effect.retryAfter, serviceTime);
}

function withRetryAfter(
  answer: ServiceAnswer,
  retryAfter: AnswerEffect['retryAfter'],
  serviceTime: number,
): ServiceAnswer {
  if (retryAfter === undefined) return answer;
  return {
    ...answer,
    headers: { ...answer.headers, 'retry-after': retryAfterValue(retryAfter, serviceTime) },
  };
}
