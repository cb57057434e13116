import { pushServiceSchema, type PushServiceId } from '../../contract/push-service.ts';
import { headerOf, headersOf } from './answer.ts';
import type { Answer, ConnectionFault, Outcome } from './answer.ts';
import { PUSH_SERVICES } from '../push-services/all.ts';
import { PROXY_RULES, saysWords, STATUS_RULES, WORD_RULES } from './answer-rules.ts';
import type { AnswerRule, Meaning } from './answer-rules.ts';
import { assertNever } from '../assert-never.ts';
import { measureSkew, NOTABLE_SKEW_MS } from './clock-skew.ts';
import type { DiagnosisCode } from './diagnosis-words.ts';
import { askedWait, serviceTime } from './retry-after.ts';

const NOT_RECOGNISED: Meaning = { kind: 'failed', diagnosis: 'not-recognised', pausesPart: false };

const RULES = new Map<PushServiceId, readonly AnswerRule[]>(
  pushServiceSchema.options.map((id) => [id, inOrder(PUSH_SERVICES[id].answerRules)]),
);

/** The words of an answer count for more than its status, and a service's own words for more than those common to all. */
function inOrder(own: readonly AnswerRule[]): readonly AnswerRule[] {
  return [
    ...PROXY_RULES,
    ...own.filter(saysWords),
    ...WORD_RULES,
    ...own.filter((rule) => !saysWords(rule)),
    ...STATUS_RULES,
  ];
}

/** A refused token whose cause may be a wrong clock. */
const TOKEN_FAULTS: readonly string[] = [
  'token-refused',
  'token-expired',
  'apple-token-refused',
  'auth-refused',
] satisfies DiagnosisCode[];

/**
 * What an answer means for the delivery, by the rules of its push service and those of all.
 *
 * @param input `now`: this computer's clock when the answer came, in ms since 1970
 */
export function classifyAnswer(input: { service: PushServiceId; answer: Answer; now: number }): Outcome {
  const { service, answer, now } = input;
  return toOutcome(ruleOf(service, answer)?.means ?? NOT_RECOGNISED, answer, now);
}

/** The row of the table that an answer falls under, or `null` when none does. */
export function ruleOf(service: PushServiceId, answer: Answer): AnswerRule | null {
  return rulesFor(service, answer.status).find((rule) => fits(rule, answer)) ?? null;
}

/** The rows that answers of a push service are looked up in, in their order. */
export function rulesOf(service: PushServiceId): readonly AnswerRule[] {
  return RULES.get(service) ?? STATUS_RULES;
}

const BY_STATUS = new Map<string, readonly AnswerRule[]>();

/** Those for one status, found once: each message needs them. */
function rulesFor(service: PushServiceId, status: number): readonly AnswerRule[] {
  const name = `${service} ${status}`;
  const known = BY_STATUS.get(name);
  if (known !== undefined) return known;
  const rules = rulesOf(service).filter(({ statuses }) =>
    statuses.some(([from, to]) => status >= from && status <= to),
  );
  // Three digits (RFC 9110 §15), so there are few.
  if (rules.length > 0) BY_STATUS.set(name, rules);
  return rules;
}

function fits(rule: AnswerRule, answer: Answer): boolean {
  if (rule.body?.some((words) => !words.test(answer.body))) return false;
  const { header } = rule;
  return header === undefined || headersOf(answer, header.names).some((value) => header.value.test(value));
}

function toOutcome(meaning: Meaning, answer: Answer, now: number): Outcome {
  switch (meaning.kind) {
    case 'accepted':
    case 'gone':
    case 'mismatched':
      return meaning;
    case 'failed':
      return clockIsToBlame(meaning.diagnosis, answer, now)
        ? { ...meaning, diagnosis: 'clock-wrong' satisfies DiagnosisCode }
        : meaning;
    case 'retry': {
      return { ...meaning, retryAfterMs: askedWait(answer, serviceTime(answer, now)) };
    }
    default:
      return assertNever(meaning);
  }
}

function clockIsToBlame(diagnosis: string, answer: Answer, now: number): boolean {
  if (!TOKEN_FAULTS.includes(diagnosis)) return false;
  const skew = measureSkew({ dateHeader: headerOf(answer, 'Date'), sentAt: now, receivedAt: now });
  return skew !== null && Math.abs(skew) >= NOTABLE_SKEW_MS;
}

const FAULTS: Record<ConnectionFault, Meaning> = {
  'connection-refused': { kind: 'retry', diagnosis: 'connection-refused', throttled: false },
  dns: { kind: 'retry', diagnosis: 'name-not-found', throttled: false },
  tls: { kind: 'retry', diagnosis: 'tls-failed', throttled: false },
  reset: { kind: 'retry', diagnosis: 'connection-reset', throttled: false },
  timeout: { kind: 'retry', diagnosis: 'timed-out', throttled: false },
  'private-address': { kind: 'failed', diagnosis: 'private-address', pausesPart: false },
  'invalid-endpoint': { kind: 'failed', diagnosis: 'invalid-endpoint', pausesPart: false },
  'answer-too-large': { kind: 'failed', diagnosis: 'answer-too-large', pausesPart: false },
  // It would be as unreadable the next time, and the message may have been accepted each time.
  'bad-answer': { kind: 'failed', diagnosis: 'answer-not-http', pausesPart: false },
  encryption: { kind: 'failed', diagnosis: 'encryption-failed', pausesPart: false },
  'proxy-auth': { kind: 'retry', diagnosis: 'proxy-wants-password', throttled: false },
  'proxy-refused': { kind: 'retry', diagnosis: 'proxy-refused', throttled: false },
  'proxy-unreachable': { kind: 'retry', diagnosis: 'proxy-unreachable', throttled: false },
  'proxy-silent': { kind: 'retry', diagnosis: 'proxy-silent', throttled: false },
  'proxy-unsupported': { kind: 'retry', diagnosis: 'proxy-unsupported', throttled: false },
  other: { kind: 'retry', diagnosis: 'connection-failed', throttled: false },
};

/** What a fault without an answer means for the delivery. One that can pass is tried again, one that cannot is a failure. */
export function classifyFault(fault: ConnectionFault): Outcome {
  const meaning = FAULTS[fault];
  return meaning.kind === 'retry' ? { ...meaning, retryAfterMs: null } : meaning;
}
