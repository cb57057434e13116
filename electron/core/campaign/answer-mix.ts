import type { ShownDeliveryState } from '../../contract/deliveries.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { serviceMixSchema, type RehearsalFaults, type ServiceMix } from '../../contract/rehearsal.ts';
import type { DiagnosisCode } from '../diagnosis/diagnosis-words.ts';

/** How many deliveries of a campaign are in one state for one reason. */
export interface OutcomeSum {
  readonly state: ShownDeliveryState;
  /** Diagnosis code; empty where there is none. */
  readonly diagnosis: string;
  readonly count: number;
}

type Fault = Exclude<keyof RehearsalFaults, 'slow'>;

/**
 * The fault with which a rehearsal brings a cause about; `null`: nothing was sent, or the cause is on this machine, so no push service
 * answered.
 */
const FAULT_OF_CAUSE: Readonly<Record<DiagnosisCode, Fault | null>> = {
  'subscription-gone': 'gone',
  'endpoint-unknown': 'gone',
  'made-with-another-key': 'wrongKey',
  'token-refused': 'wrongKey',
  'token-expired': 'wrongKey',
  'apple-token-refused': 'wrongKey',
  'clock-wrong': 'wrongKey',
  'auth-refused': 'wrongKey',
  'registration-refused': 'wrongKey',
  'token-updates-limited': 'rateLimited',
  'rate-limited': 'rateLimited',
  'wait-too-long': 'rateLimited',
  'channel-throttled': 'rateLimited',
  'service-timed-out': 'serviceErrors',
  'service-unavailable': 'serviceErrors',
  'service-error': 'serviceErrors',
  'service-full': 'serviceErrors',
  'service-misconfigured': 'serviceErrors',
  'attempts-used-up': 'serviceErrors',
  'nobody-listens': 'droppedLines',
  'connection-refused': 'droppedLines',
  'name-not-found': 'droppedLines',
  'tls-failed': 'droppedLines',
  'connection-reset': 'droppedLines',
  'timed-out': 'droppedLines',
  'connection-failed': 'droppedLines',
  interrupted: 'droppedLines',
  'worker-lost': 'droppedLines',
  'proxy-wants-password': 'droppedLines',
  'proxy-refused': 'droppedLines',
  'proxy-failed': 'droppedLines',
  'proxy-unreachable': 'droppedLines',
  'proxy-silent': 'droppedLines',
  'proxy-unsupported': 'droppedLines',
  'network-login': 'droppedLines',
  'endpoint-refused': 'oddAnswers',
  'not-a-push-endpoint': 'oddAnswers',
  'web-page-answered': 'oddAnswers',
  'router-answered': 'oddAnswers',
  'gateway-answered': 'oddAnswers',
  'topic-refused': 'oddAnswers',
  'ttl-refused': 'oddAnswers',
  'urgency-refused': 'oddAnswers',
  'cache-policy-refused': 'oddAnswers',
  'header-refused': 'oddAnswers',
  'header-lost': 'oddAnswers',
  'gone-by-words': 'oddAnswers',
  'encoding-refused': 'oddAnswers',
  'bad-request': 'oddAnswers',
  moved: 'oddAnswers',
  'payload-too-large': 'oddAnswers',
  'dropped-by-service': 'oddAnswers',
  'answer-too-large': 'oddAnswers',
  'answer-not-http': 'oddAnswers',
  'not-recognised': 'oddAnswers',
  'private-address': null,
  'invalid-endpoint': null,
  'encryption-failed': null,
  'recipient-hours': null,
  'hour-missed': null,
  'ttl-over': null,
  'left-meanwhile': null,
  erased: null,
  'key-not-held': null,
};

const DEVICE_FAULTS: readonly Fault[] = ['gone', 'wrongKey'];
const ANSWER_FAULTS: readonly Fault[] = ['rateLimited', 'serviceErrors', 'droppedLines', 'oddAnswers'];

/**
 * The faults of a rehearsal that goes as a campaign went, in tenths of a percent of the deliveries that were sent and have ended. Each
 * share counts how deliveries ended: faults that a retry made good are not included, and how long answers took is not known, so `slow` is
 * 0.
 *
 * @returns `null` where nothing was sent
 */
export function faultsLike(sums: readonly OutcomeSum[]): RehearsalFaults | null {
  const found = new Map<Fault, number>();
  let all = 0;
  for (const sum of sums) {
    const fault = faultOf(sum);
    if (fault === null) continue;
    all += sum.count;
    if (fault !== 'none') found.set(fault, (found.get(fault) ?? 0) + sum.count);
  }
  if (all === 0) return null;
  return {
    ...sharesOf(DEVICE_FAULTS, found, all),
    ...sharesOf(ANSWER_FAULTS, found, all),
    slow: 0,
  } as RehearsalFaults;
}

/** The same for each push service that can be imitated, with its part of what was sent. The largest first. */
export function mixesLike(
  sums: readonly (OutcomeSum & { readonly pushService: PushServiceId })[],
): ServiceMix[] {
  const mixes = serviceMixSchema.shape.pushService.options.flatMap((pushService) => {
    const own = sums.filter((sum) => sum.pushService === pushService);
    const faults = faultsLike(own);
    const sent = own.filter((sum) => faultOf(sum) !== null).reduce((all, { count }) => all + count, 0);
    return faults === null ? [] : [{ pushService, faults, sent }];
  });
  const all = mixes.reduce((sum, { sent }) => sum + sent, 0);
  return mixes
    .toSorted((one, other) => other.sent - one.sent)
    .map(({ pushService, faults, sent }) => ({ pushService, share: (sent / all) * 100, faults }));
}

/** `none`: the push service accepted it; `null`: it does not count. */
function faultOf({ state, diagnosis }: OutcomeSum): Fault | 'none' | null {
  switch (state) {
    case 'accepted':
      return 'none';
    case 'gone':
      return 'gone';
    case 'unknown':
      return 'droppedLines';
    case 'failed':
      return Object.hasOwn(FAULT_OF_CAUSE, diagnosis)
        ? FAULT_OF_CAUSE[diagnosis as DiagnosisCode]
        : 'oddAnswers';
    case 'queued':
    case 'waiting':
    case 'sending':
    case 'retrying':
    case 'cancelled':
      return null;
  }
}

/** A fault that happened at all counts at least a tenth of a percent; together they never exceed 100 percent. */
function sharesOf(faults: readonly Fault[], found: ReadonlyMap<Fault, number>, all: number) {
  const tenths = faults.map((fault) => {
    const count = found.get(fault) ?? 0;
    return { fault, tenths: count === 0 ? 0 : Math.max(1, Math.round((count / all) * 1000)) };
  });
  const excess = tenths.reduce((sum, share) => sum + share.tenths, 0) - 1000;
  const [largest] = tenths.toSorted((one, other) => other.tenths - one.tenths);
  if (excess > 0 && largest !== undefined) largest.tenths -= excess;
  return Object.fromEntries(tenths.map((share) => [share.fault, share.tenths / 10]));
}
