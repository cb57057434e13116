import type { CanaryRules } from '../../../contract/canary.ts';
import type { Audience } from '../../../contract/campaign-audience.ts';
import type { ExclusionReason, PersonalPreflight, Preflight } from '../../../contract/preflight.ts';
import type { KeyPairId } from '../../../contract/ids.ts';
import type { KeyPair } from '../../../contract/keys.ts';
import type { Message } from '../../../contract/message.ts';
import type { Problem } from '../../../contract/problem.ts';
import type { CampaignSchedule, QuietHours } from '../../../contract/schedule.ts';
import type { PushServiceId } from '../../../contract/push-service.ts';
import { describeExclusion } from '../../../core/campaign/exclusion.ts';
import {
  buildPayload,
  encodePayload,
  ENCRYPTION_BYTES,
  PAYLOAD_LIMIT_BYTES,
} from '../../../core/message/payload.ts';
import { judgeFormat } from '../../../core/campaign/preflight-format.ts';
import { canarySizeOf } from '../../../core/campaign/canary.ts';
import { allExcluded, emptyAudience, type EmptyAudience } from '../../../core/campaign/nobody.ts';
import { preflightSentences } from '../../../core/campaign/preflight-sentences.ts';
import { judgeMessage } from '../../../core/campaign/preflight.ts';
import { bodyLimitOf, fitToService } from '../../../core/push-services/service-limits.ts';
import { timeNeeded } from '../../../core/campaign/time-needed.ts';
import { PUSH_SERVICES } from '../../../core/push-services/all.ts';
import type { SubscriptionSum } from '../subscriptions/subscription-sums-service.ts';
import { judgeValues } from '../../../core/campaign/missing-values.ts';
import type { PartCount, PersonalMeasure } from './personal/personal-measure.ts';
import { canaryNeedsOneTime, keyNotHeld, noKeys } from './campaign-problems.ts';

type Part = Preflight['byPart'][number];

/** Pairs that can sign, and the one for subscriptions whose key is not known. */
export interface Signers {
  readonly pairs: readonly KeyPair[];
  readonly fallback: KeyPair | null;
  /** Pairs that are here but cannot sign: the one in use first. */
  readonly closed: readonly KeyPair[];
}

export function signersOf(pairs: readonly KeyPair[]): Signers {
  const signing = pairs.filter(({ canSign }) => canSign);
  const closed = pairs
    .filter(({ canSign }) => !canSign)
    .sort((one, other) => Number(other.inUse) - Number(one.inUse));
  return { pairs: signing, fallback: signing.find(({ inUse }) => inUse) ?? null, closed };
}

/**
 * Who would get the message, who would not and why, and what prevents sending it.
 *
 * @param payloadId the id that the payload will have; its length counts
 */
export function preflight({
  message,
  audience,
  sums,
  remarks,
  whyEmpty,
  signers,
  payloadId,
  asksReceipts,
  ownSites,
  now,
  perSecond,
  messagesPerMinute,
  canary,
  schedule = null,
  quietHours = null,
  personal,
}: {
  message: Message;
  audience: Audience;
  sums: readonly SubscriptionSum[];
  /** What the audience names that nobody has. */
  remarks: readonly Problem[];
  /** Asked only where `sums` are empty. */
  whyEmpty: () => EmptyAudience;
  signers: Signers;
  payloadId: string;
  /** Whether its worker is asked to report what becomes of it. */
  asksReceipts: boolean;
  /** Origins of the person's own sites. */
  ownSites: readonly string[];
  /** In ms since 1970. */
  now: number;
  /** The pace of the last campaign; `null`: there was none. */
  perSecond: number | null;
  messagesPerMinute: number | null;
  /** Who goes first; `null`: everyone at once. */
  canary: CanaryRules | null;
  /** When it starts; `null`: at once. */
  schedule?: CampaignSchedule | null;
  /** `null`, left out: none. */
  quietHours?: QuietHours | null;
  /** `null`: the text is the same for all. */
  personal: PersonalMeasure | null;
}): Preflight {
  const payloadBytes =
    personal === null || personal.bytes === 0
      ? encodePayload(buildPayload(message, payloadId, asksReceipts, ownSites)).bytes
      : personal.bytes;
  const { byPart, excluded } = reachOf(sums, audience, signers);
  const reachable = sumOf([...byPart.values()]);
  const withoutValue = message.missingValues === 'leave-out' ? (personal?.leftOutByPart ?? []) : [];
  const parts = [...byPart.values()]
    .map((part) => without(part, withoutValue))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
  const recipients = sumOf(parts);
  const judged = judgeMessage(message, payloadBytes, [
    ...new Set(parts.map(({ pushService }) => pushService)),
  ]);
  const ofFormat = judgeFormat(message, { asksReceipts, now, schedule });
  const values = personal === null ? null : judgeValues(message, personal, reachable);
  const hours = canary !== null && schedule?.perRecipient === true ? [canaryNeedsOneTime().problem] : [];
  const whyNoneMeant = () => emptyAudience(whyEmpty(), remarks);
  const missing = reachable === 0 ? [whyNobody(signers, excluded, whyNoneMeant)] : [];
  const found = {
    payloadBytes,
    personal: personal === null ? null : shownOf(personal),
    payloadLimit: PAYLOAD_LIMIT_BYTES,
    recipients,
    services: servicesOf(parts, message, payloadBytes),
    byPart: parts,
    canary: canary === null ? null : canaryOf(parts, canary),
    timeNeededMs: timeNeeded({ recipients, perSecond, messagesPerMinute }),
    excluded: [...excluded].map(([reason, count]) => {
      const { cause, cure } = describeExclusion(reason);
      return { reason, count, cause, cure };
    }),
    blockers: [...judged.blockers, ...ofFormat.blockers, ...missing, ...hours, ...(values?.blockers ?? [])],
    warnings: [
      ...remarks,
      ...judged.warnings,
      ...ofFormat.warnings,
      ...(values?.warnings ?? []),
      ...subjectsThatAppleRefuses(parts, signers.pairs),
    ],
  };
  return {
    ...found,
    sentences: preflightSentences({
      preflight: found,
      canary,
      messagesPerMinute,
      schedule,
      utm: message.utm,
      quietHours,
    }),
  };
}

/** Who gets it, by push service and key pair, and who does not, by reason. */
function reachOf(sums: readonly SubscriptionSum[], audience: Audience, signers: Signers) {
  const byPart = new Map<string, Part>();
  const excluded = new Map<ExclusionReason, number>();
  for (const sum of sums) {
    // No audience includes the bin; it is a reason only for subscriptions that were chosen individually.
    if (sum.inBin && audience.kind !== 'chosen') continue;
    const signer = signerOf(sum, signers);
    const reason = exclusionOf(sum, signer, signers.closed);
    if (reason !== null) excluded.set(reason, (excluded.get(reason) ?? 0) + sum.count);
    else if (signer !== null) addTo(byPart, sum.pushService, signer, sum.count);
  }
  return { byPart, excluded };
}

const sumOf = (parts: readonly Part[]) => parts.reduce((total, { count }) => total + count, 0);

/** A part without those members who are left out. They were counted a moment ago. */
function without(part: Part, leftOut: readonly PartCount[]): Part {
  const less = leftOut.find(
    ({ pushService, keyPairId }) => pushService === part.pushService && keyPairId === part.keyPairId,
  );
  return less === undefined ? part : { ...part, count: Math.max(0, part.count - less.count) };
}

function canaryOf(parts: readonly Part[], rules: CanaryRules): NonNullable<Preflight['canary']> {
  const byPart = parts.map(({ pushService, keyPairId, count }) => ({
    pushService,
    keyPairId,
    count: canarySizeOf(count, rules),
  }));
  const isEveryone = parts.every(({ count }, index) => byPart[index]?.count === count);
  return { recipients: byPart.reduce((sum, { count }) => sum + count, 0), isEveryone, byPart };
}

function shownOf(measure: PersonalMeasure): PersonalPreflight {
  const { missing, leftOut, languages, longest, isLongestExact } = measure;
  return { missing, leftOut, languages, longest, isLongestExact };
}

/** Never "no keys" if there are some: a new key pair would not reach anyone who subscribed with them. */
function whyNobody(
  { pairs, closed }: Signers,
  excluded: ReadonlyMap<ExclusionReason, number>,
  whyNoneMeant: () => Problem,
): Problem {
  const ofKey = closed.find(({ privateHalfProblem }) => privateHalfProblem !== null)?.privateHalfProblem;
  if (pairs.length === 0)
    return ofKey ?? (excluded.has('key-not-held') && !excluded.has('no-key') ? keyNotHeld : noKeys);
  if (ofKey !== undefined && ofKey !== null && excluded.has('key-closed')) return ofKey;
  return excluded.size === 0 ? whyNoneMeant() : allExcluded(excluded);
}

function servicesOf(parts: readonly Part[], message: Message, payloadBytes: number): Preflight['services'] {
  const counts = new Map<PushServiceId, number>();
  for (const { pushService, count } of parts) counts.set(pushService, (counts.get(pushService) ?? 0) + count);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([pushService, count]) => {
      const { ttlSeconds, topic } = fitToService(message, pushService);
      const bodyBytes = payloadBytes + ENCRYPTION_BYTES;
      return { pushService, count, bodyBytes, bodyLimit: bodyLimitOf(pushService), ttlSeconds, topic };
    });
}

/** Said before the send: afterwards it is a row of failures at Apple. */
function subjectsThatAppleRefuses(parts: readonly Part[], pairs: readonly KeyPair[]): Problem[] {
  const signing = new Set(
    parts
      .filter(({ pushService }) => PUSH_SERVICES[pushService].judgesContact)
      .map(({ keyPairId }) => keyPairId),
  );
  return pairs.flatMap(({ id, subjectWarning }) =>
    subjectWarning !== null && signing.has(id) ? [subjectWarning] : [],
  );
}

function signerOf({ publicKey }: SubscriptionSum, { pairs, fallback }: Signers): KeyPair | null {
  return publicKey === null ? fallback : (pairs.find((pair) => pair.publicKey === publicKey) ?? null);
}

function exclusionOf(
  { inBin, state, publicKey }: SubscriptionSum,
  signer: KeyPair | null,
  closed: readonly KeyPair[],
): ExclusionReason | null {
  if (inBin) return 'deleted';
  if (state !== 'active') return state;
  if (signer !== null) return null;
  const isClosed = closed.some((pair) => (publicKey === null ? pair.inUse : pair.publicKey === publicKey));
  if (isClosed) return 'key-closed';
  return publicKey === null ? 'no-key' : 'key-not-held';
}

function addTo(parts: Map<string, Part>, pushService: PushServiceId, pair: KeyPair, count: number): void {
  const keyPairId: KeyPairId = pair.id;
  const name = `${pushService} ${keyPairId}`;
  const { name: keyPairName, subject } = pair;
  const part = parts.get(name) ?? { pushService, keyPairId, keyPairName, subject, count: 0 };
  parts.set(name, { ...part, count: part.count + count });
}
