import type {
  CanaryPart,
  CanaryRules,
  CanaryShown,
  CanaryState,
  CanaryVerdict,
} from '../../contract/canary.ts';
import type { KeyPairId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { describeDiagnosis } from '../diagnosis/diagnosis.ts';
import { pushServiceName } from '../push-services/push-service.ts';

/** More from one part would add no information. */
export const MOST_PER_PART = 10_000;
/** Statuses with which a push service rejects the token, and so everything that is signed with it (RFC 8292 §4). */
const TOKEN_REFUSALS: readonly (number | null)[] = [401, 403];
/** The diagnosis that concerns one subscription only, whatever the status. */
const ABOUT_ONE = 'made-with-another-key';
/** While receipts are awaited, nothing else triggers another look. */
const LOOK_FOR_RECEIPTS_MS = 5000;

/** How many of a part with `total` deliveries go first. */
export function canarySizeOf(total: number, { sharePercent, leastPerPart }: CanaryRules): number {
  const share = Math.ceil((total * sharePercent) / 100);
  return Math.min(total, MOST_PER_PART, Math.max(leastPerPart, share));
}

interface PartKey {
  readonly pushService: PushServiceId;
  readonly keyPairId: KeyPairId;
}

/**
 * How many of each lane go first: a part's share is spread over its lanes by their size, so that no host is left out as long as there are
 * enough for all.
 */
export function canarySizes<Lane extends PartKey & { readonly count: number }>(
  lanes: readonly Lane[],
  rules: CanaryRules,
): { lane: Lane; size: number }[] {
  const parts = new Map<string, Lane[]>();
  for (const lane of lanes) {
    const name = `${lane.pushService} ${lane.keyPairId}`;
    parts.set(name, [...(parts.get(name) ?? []), lane]);
  }
  return [...parts.values()].flatMap((own) => {
    const total = own.reduce((sum, { count }) => sum + count, 0);
    return shareOut(own, canarySizeOf(total, rules), total);
  });
}

/** First one for each, the largest first; then by size, each rounded down; then one more each. */
function shareOut<Lane extends { readonly count: number }>(
  lanes: readonly Lane[],
  size: number,
  total: number,
) {
  const shares = [...lanes].sort((one, other) => other.count - one.count).map((lane) => ({ lane, size: 0 }));
  let left = size;
  const give = (share: { lane: Lane; size: number }, count: number) => {
    const given = Math.max(0, Math.min(count, left, share.lane.count - share.size));
    share.size += given;
    left -= given;
  };
  for (const share of shares) give(share, 1);
  for (const share of shares) give(share, Math.floor((share.lane.count / total) * size) - share.size);
  for (let before = -1; left > 0 && left !== before;) {
    before = left;
    for (const share of shares) give(share, 1);
  }
  return shares;
}

/** A reason for which deliveries of a canary failed. */
export interface CanaryRefusal extends PartKey {
  readonly status: number | null;
  /** Diagnosis code; `null`: none. */
  readonly diagnosis: string | null;
  readonly count: number;
}

/** What a canary is judged by. */
export interface CanaryFacts {
  readonly parts: readonly CanaryPart[];
  readonly refusals: readonly CanaryRefusal[];
  /** Called only where it matters; `null`: the message asks for no receipts. */
  readonly receipts: () => CanaryReceipts | null;
}

/** What devices reported. `lastAcceptedAt`: in ms since 1970; `null`: nothing was accepted. */
export type CanaryReceipts = CanaryShown & { readonly lastAcceptedAt: number | null };

/** `open`: cannot be judged yet; `lookAt`: when to look again even if nothing happens. Times in ms since 1970. */
export type CanaryJudgement =
  | {
      readonly kind: 'open';
      readonly waitsFor: 'answers' | 'receipts';
      readonly lookAt: number;
      readonly until: number;
      /** Everything open waits for its recipients' hours: its time counts from now on. */
      readonly rests?: true;
    }
  | Readonly<{ kind: CanaryVerdict['outcome']; reason: string }>;

/**
 * Judges a canary as it stands.
 *
 * @param since when its time begins to count, in ms since 1970: when it began, or continued after a pause or a restart
 * @param now ms since 1970
 */
export function judgeCanary(
  rules: CanaryRules,
  facts: CanaryFacts,
  { since, now }: { since: number; now: number },
): CanaryJudgement {
  const bad = refusedToken(rules, facts) ?? tooManyFailed(rules, facts);
  if (bad !== null) return { kind: 'bad', reason: bad };
  const open = sumOf(facts.parts, 'open');
  // The absence of answers during a night in which nothing may be sent means nothing.
  const rests = open > 0 && sumOf(facts.parts, 'waiting') >= open;
  const until = (rests ? now : since) + rules.waitMinutes * 60_000;
  if (open > 0 && now < until) {
    const lost = tooFewAccepted(rules, facts.parts, ({ accepted, open: left }) => accepted + left);
    return lost === null
      ? {
          kind: 'open',
          waitsFor: 'answers',
          lookAt: until,
          until,
          ...(rests ? { rests: true as const } : {}),
        }
      : { kind: 'bad', reason: lost };
  }
  const few = tooFewAccepted(rules, facts.parts, ({ accepted }) => accepted);
  if (few !== null)
    return { kind: 'bad', reason: open === 0 ? few : `${few} Time is up: ${inMinutes(rules.waitMinutes)}.` };
  return judgeShown(rules, facts, now) ?? { kind: 'good', reason: summary(facts, rules) };
}

/** What follows from a verdict. */
export function stateAfter(
  { whenGood, whenBad }: CanaryRules,
  outcome: CanaryVerdict['outcome'],
): CanaryState {
  if (outcome === 'good') return whenGood === 'go-on' ? 'passed' : 'waiting';
  return whenBad === 'stop' ? 'stopped' : 'waiting';
}

function refusedToken({ anyRefusedToken }: CanaryRules, { refusals, parts }: CanaryFacts): string | null {
  if (!anyRefusedToken) return null;
  const found = refusals.find(
    ({ status, diagnosis }) => TOKEN_REFUSALS.includes(status) && diagnosis !== ABOUT_ONE,
  );
  return found === undefined ? null : refusedWords(found, found.count, partOf(parts, found)?.total ?? 0);
}

function tooManyFailed({ maxFailedPercent }: CanaryRules, { parts, refusals }: CanaryFacts): string | null {
  const part = parts.find(({ failed, total }) => failed > 0 && failed * 100 > maxFailedPercent * total);
  if (part === undefined) return null;
  const [most] = refusals
    .filter((one) => isSamePart(one, part))
    .sort((one, other) => other.count - one.count);
  return refusedWords(
    most ?? { ...part, status: null, diagnosis: null, count: part.failed },
    part.failed,
    part.total,
  );
}

/** @param reckon how many count as accepted */
function tooFewAccepted(
  { minAcceptedPercent }: CanaryRules,
  parts: readonly CanaryPart[],
  reckon: (part: CanaryPart) => number,
): string | null {
  const part = parts.find((one) => reckon(one) * 100 < minAcceptedPercent * one.total);
  if (part === undefined) return null;
  const { accepted, total } = part;
  const rest = restWords(part);
  return `${upper(pushServiceName(part.pushService))} accepted ${inWords(accepted)} of ${inWords(total)}${rest}.`;
}

function judgeShown(
  { minShownPercent, shownWaitMinutes }: CanaryRules,
  { receipts }: CanaryFacts,
  now: number,
): CanaryJudgement | null {
  const shown = minShownPercent === null ? null : receipts();
  // If no device can report, nobody would ever know: the push services' answers have to suffice.
  if (minShownPercent === null || shown === null || shown.canReport === 0) return null;
  if (shown.shown * 100 >= minShownPercent * shown.canReport) return null;
  const until = (shown.lastAcceptedAt ?? now) + shownWaitMinutes * 60_000;
  if (now < until)
    return { kind: 'open', waitsFor: 'receipts', lookAt: Math.min(until, now + LOOK_FOR_RECEIPTS_MS), until };
  const reason = `${inWords(shown.shown)} of ${inWords(shown.canReport)} devices that send receipts showed it within ${inMinutes(shownWaitMinutes)}.`;
  return { kind: 'bad', reason };
}

function summary({ parts, receipts }: CanaryFacts, { minShownPercent }: CanaryRules): string {
  const all = ['total', 'accepted', 'failed', 'gone', 'unknown', 'cancelled', 'open'] as const;
  const sums = Object.fromEntries(all.map((name) => [name, sumOf(parts, name)])) as Record<
    (typeof all)[number],
    number
  >;
  const said = `${inWords(sums.accepted)} of ${inWords(sums.total)} accepted${restWords(sums)}.`;
  if (minShownPercent === null) return said;
  const shown = receipts();
  if (shown === null) return `${said} The message asks for no receipts, so none were counted.`;
  if (shown.canReport === 0) return `${said} None of these devices sends receipts, so none were counted.`;
  return `${said} Shown on ${inWords(shown.shown)} of ${inWords(shown.canReport)} devices that send receipts.`;
}

function restWords(sums: Pick<CanaryPart, 'failed' | 'gone' | 'unknown' | 'cancelled' | 'open'>): string {
  const names = [
    ['gone', 'gone'],
    ['failed', 'failed'],
    ['unknown', 'unknown'],
    ['cancelled', 'cancelled'],
    ['open', 'not done'],
  ] as const;
  const rest = names.flatMap(([name, word]) => (sums[name] === 0 ? [] : [`${inWords(sums[name])} ${word}`]));
  return rest.length === 0 ? '' : ` (${rest.join(', ')})`;
}

function refusedWords(
  { pushService, status, diagnosis }: Omit<CanaryRefusal, 'count'>,
  count: number,
  total: number,
): string {
  const name = pushServiceName(pushService);
  const share = `${inWords(count)} of ${inWords(total)}`;
  const said = status === null ? `${share} failed at ${name}` : `${upper(name)} refused ${share}`;
  if (diagnosis !== null) return `${said}: ${causeOf(pushService, status, diagnosis)}`;
  return status === null ? `${said}.` : `${said}: HTTP ${status}.`;
}

const causeOf = (service: PushServiceId, status: number | null, diagnosis: string) =>
  describeDiagnosis(diagnosis, { service, status }).cause;

const isSamePart = (one: PartKey, other: PartKey) =>
  one.pushService === other.pushService && one.keyPairId === other.keyPairId;
const partOf = (parts: readonly CanaryPart[], key: PartKey) => parts.find((part) => isSamePart(part, key));
const sumOf = (parts: readonly CanaryPart[], name: Exclude<keyof CanaryPart, 'pushService' | 'keyPairId'>) =>
  parts.reduce((sum, part) => sum + part[name], 0);
const inWords = (count: number) => count.toLocaleString('en');
const inMinutes = (minutes: number) => (minutes === 1 ? '1 minute' : `${inWords(minutes)} minutes`);
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
