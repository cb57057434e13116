import {
  unsettledCount,
  type Attempt,
  type Delivery,
  type DeliveryCounts,
  shownDeliveryStateSchema,
} from '../../../contract/deliveries.ts';
import type { Canary, CanaryProgress } from '../../../contract/canary.ts';
import { campaignSchema, type Campaign, type CampaignDetail } from '../../../contract/campaigns.ts';
import type { AttemptId, KeyPairId } from '../../../contract/ids.ts';
import type { PushServiceId } from '../../../contract/push-service.ts';
import { canaryLifecycleOf, lifecycleOf } from '../../../core/campaign/lifecycle.ts';
import { wordsOf } from '../../../core/diagnosis/answer-words.ts';
import { askedWait, serviceTime } from '../../../core/diagnosis/retry-after.ts';
import { describeDiagnosis } from '../../../core/diagnosis/diagnosis.ts';
import { sizeOfAnswer, type KeptAnswer } from '../../../core/diagnosis/kept-answer.ts';
import type { CampaignPace } from '../../dispatch/campaign-pace.ts';
import type { AnswerExample } from '../../dispatch/answer-example-store.ts';
import type { AttemptRow } from '../../dispatch/attempt-store.ts';
import type { CampaignRow } from '../../dispatch/campaign-store.ts';
import type { CampaignSum } from '../../dispatch/campaign-sum-store.ts';
import type { DeliveryRow } from './delivery-store.ts';
import type { LaneRow } from '../../dispatch/lane-store.ts';
import type { CopyMark } from '../../store/copy-mark.ts';
import { pauseOf, waitsWhole } from './part-pause.ts';
import { progressOf } from './service-progress.ts';

type SubjectOf = (id: KeyPairId) => string | null;

export function countsOf(sums: readonly CampaignSum[]): DeliveryCounts {
  const counts = Object.fromEntries(
    shownDeliveryStateSchema.options.map((state) => [state, 0]),
  ) as DeliveryCounts;
  for (const { state, count } of sums) counts[state] += count;
  return counts;
}

/** @param pace of the campaign; `null` when nothing of it is being sent */
export function toCampaign(
  row: CampaignRow,
  sums: readonly CampaignSum[],
  lanes: readonly LaneRow[],
  pace: CampaignPace | null,
  restoredFrom: CopyMark | null,
  seen: Campaign['seen'],
  canary: Canary | null,
): Campaign {
  const { isSending, isPreparing } = lifecycleOf(row.state);
  const { waitsForPerson } = canaryLifecycleOf(canary?.state ?? null);
  const heldBy = isSending ? heldByOf(sums, lanes) : null;
  const isHeld = isSending && (waitsForPerson || heldBy !== null);
  const wait = (isSending || isPreparing) && !isHeld ? waitIn(pace) : null;
  return {
    ...shownOf(row),
    audience: row.kept,
    counts: countsOf(sums),
    isHeld,
    ...(heldBy === null ? {} : { heldBy }),
    wait,
    seen,
    canary,
    restoredFrom,
  };
}

/** The wait that ends first, and the push service it concerns; a wait of all of them, such as for the store, names none. */
function waitIn(pace: CampaignPace | null): Campaign['wait'] {
  if (pace === null || pace.wait === null) return null;
  const { reason, until } = pace.wait;
  const waiting = [...pace.byService].find(([, { wait }]) => wait?.reason === reason && wait.until === until);
  if (reason === 'store' || waiting === undefined) return { reason, until };
  return { reason, until, pushService: waiting[0] };
}

/** Columns of the row that are shown unchanged. */
type ShownColumns = Pick<CampaignRow, keyof CampaignRow & keyof Campaign>;

function shownOf(row: CampaignRow): ShownColumns {
  const shown = Object.entries(row).filter(([name]) => Object.hasOwn(campaignSchema.shape, name));
  return Object.fromEntries(shown) as unknown as ShownColumns;
}

/** The push services whose pauses hold everything that is left; `null`: nothing is left, or something goes out. */
function heldByOf(
  sums: readonly CampaignSum[],
  lanes: readonly LaneRow[],
): NonNullable<Campaign['heldBy']> | null {
  const open = sums.filter((sum) => unsettledCount(countsOf([sum])) > 0);
  const [first] = open;
  if (first === undefined || !open.every((sum) => waitsWhole(sum, lanes))) return null;
  const pushServices = [...new Set(open.map(({ pushService }) => pushService))];
  return { pushServices, diagnosis: pauseOf(first, lanes)?.diagnosis ?? '' };
}

/** @param pace of the campaign; `null` when nothing of it is being sent */
export function toCampaignDetail(
  row: CampaignRow,
  sums: readonly CampaignSum[],
  lanes: readonly LaneRow[],
  examples: readonly AnswerExample[],
  subjectOf: SubjectOf,
  pace: CampaignPace | null,
  restoredFrom: CopyMark | null,
  seen: Campaign['seen'],
  canary: Canary | null,
  canaryProgress: CanaryProgress | null,
  possibleRepeats: number,
  removedAt: number | null,
  curve: CampaignDetail['curve'],
  now: number,
): Omit<CampaignDetail, 'leftOut' | 'edition'> {
  const parts = partsOf(sums, lanes, examples, subjectOf);
  return {
    ...toCampaign(row, sums, lanes, pace, restoredFrom, seen, canary),
    canaryProgress,
    messagesPerMinute: row.messagesPerMinute,
    payload: row.payload,
    parts,
    diagnoses: diagnosesOf(sums, examples, subjectOf),
    possibleRepeats,
    removedAt,
    curve,
    shortenedAnswers: row.shortenedAnswers,
    ...progressOf(parts, lanes, lifecycleOf(row.state).isSending ? pace : null, now),
  };
}

function partsOf(
  sums: readonly CampaignSum[],
  lanes: readonly LaneRow[],
  examples: readonly AnswerExample[],
  subjectOf: SubjectOf,
): CampaignDetail['parts'] {
  const parts = new Map<string, { pushService: PushServiceId; keyPairId: KeyPairId; sums: CampaignSum[] }>();
  for (const sum of sums) {
    const { pushService, keyPairId } = sum;
    const name = `${pushService} ${keyPairId}`;
    const part = parts.get(name) ?? { pushService, keyPairId, sums: [] };
    part.sums.push(sum);
    parts.set(name, part);
  }
  return [...parts.values()].map(({ pushService, keyPairId, sums: own }) => {
    const counts = countsOf(own);
    const pause = pauseOf({ pushService, keyPairId }, lanes);
    const context = {
      service: pushService,
      status: pause?.status ?? null,
      subject: subjectOf(keyPairId),
      example: pause === null ? null : exampleOf(examples, pushService, pause.diagnosis),
    };
    // A pause that holds nobody any longer is history, not news.
    const waits = pause !== null && unsettledCount(counts) > 0;
    return {
      pushService,
      keyPairId,
      counts,
      pausedBecause: waits ? describeDiagnosis(pause.diagnosis, context) : null,
    };
  });
}

const exampleOf = (examples: readonly AnswerExample[], service: PushServiceId, code: string) =>
  examples.find(({ pushService, diagnosis }) => pushService === service && diagnosis === code)?.words ?? null;

/** Why deliveries ended, most frequent first. */
function diagnosesOf(
  sums: readonly CampaignSum[],
  examples: readonly AnswerExample[],
  subjectOf: SubjectOf,
): CampaignDetail['diagnoses'] {
  const found = new Map<string, CampaignDetail['diagnoses'][number]>();
  for (const { pushService, keyPairId, state, diagnosis: code, count } of sums) {
    if (code === '' || state === 'retrying' || state === 'waiting') continue;
    const name = `${pushService} ${code}`;
    const known = found.get(name);
    const example = exampleOf(examples, pushService, code);
    const context = { service: pushService, status: null, subject: subjectOf(keyPairId), example };
    const failed = state === 'failed' ? count : 0;
    if (known === undefined)
      found.set(name, { pushService, diagnosis: describeDiagnosis(code, context), count, failed });
    else {
      known.count += count;
      known.failed += failed;
    }
  }
  return [...found.values()].sort((one, other) => other.count - one.count);
}

export function toDelivery(row: DeliveryRow): Delivery {
  const { id, campaignId, subscriptionId, label, externalId, endpoint } = row;
  const { pushService, state, attemptCount, lastStatus } = row;
  const context = {
    service: pushService,
    status: lastStatus,
    subject: row.subject,
    said: row.said,
    waitMs: row.waitMs,
  };
  return {
    id,
    campaignId,
    subscriptionId,
    label,
    externalId,
    endpoint,
    pushService,
    state,
    attemptCount,
    lastStatus,
    diagnosis: row.diagnosis === null ? null : describeDiagnosis(row.diagnosis, context),
    nextAttemptAt: row.nextAttemptAt,
    mayHaveArrivedTwice: row.mayHaveArrivedTwice,
    updatedAt: row.updatedAt,
  };
}

function toAnswer(answer: KeptAnswer): NonNullable<Attempt['answer']> {
  const { status, headers, body, receivedBytes } = answer;
  const cut = receivedBytes === null ? null : { receivedBytes, keptBytes: sizeOfAnswer(answer) };
  return { status, headers, body, cut };
}

export function toAttempt(row: AttemptRow, { pushService, subject }: DeliveryRow): Attempt {
  const { number, startedAt, durationMs, request, answer, error, notes } = row;
  const said = answer === null ? undefined : wordsOf(answer);
  const context = {
    service: pushService,
    status: answer?.status ?? null,
    subject,
    said,
    waitMs: answer === null ? null : askedWait(answer, serviceTime(answer, startedAt)),
  };
  return {
    id: row.id as AttemptId,
    number,
    startedAt,
    durationMs,
    request,
    answer: answer === null ? null : toAnswer(answer),
    error,
    diagnosis: row.diagnosis === null ? null : describeDiagnosis(row.diagnosis, context),
    notes,
  };
}
