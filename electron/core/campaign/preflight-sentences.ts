import type { CanaryRules } from '../../contract/canary.ts';
import type { Preflight } from '../../contract/preflight.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { CampaignSchedule, QuietHours } from '../../contract/schedule.ts';
import { utmNames, type Utm } from '../../contract/utm.ts';
import { NAMES_NOBODY } from './nobodys-names.ts';
import { VALUES_MISSING } from './missing-values.ts';
import { pushServiceName } from '../push-services/push-service.ts';
import { languageName } from '../text/language-name.ts';
import { instantOf } from './schedule-time.ts';

/** What the sentences are made of. */
export interface PlannedSend {
  readonly preflight: Omit<Preflight, 'sentences'>;
  /** `null`: none. */
  readonly canary: CanaryRules | null;
  /** `null`: no limit. */
  readonly messagesPerMinute: number | null;
  /** `null`: at once. */
  readonly schedule: CampaignSchedule | null;
  /** What is put on links to the person's own sites. */
  readonly utm: Utm;
  /** `null`: none. */
  readonly quietHours: QuietHours | null;
}

type Sentence = (send: PlannedSend) => readonly string[];

/**
 * In the order in which they are read: who gets it, in which words, when, how fast, who first, who not, what is added to links, how long it
 * takes.
 */
const SENTENCES: readonly Sentence[] = [
  recipients,
  languages,
  start,
  quiet,
  pace,
  canaryFirst,
  leftOut,
  nobodysNames,
  missingValues,
  tracking,
  duration,
];

/** All that a send would do, in words: a list of independent sentences. */
export function preflightSentences(send: PlannedSend): string[] {
  return SENTENCES.flatMap((sentence) => sentence(send));
}

function recipients({ preflight }: PlannedSend): string[] {
  const { recipients: count, services, byPart } = preflight;
  if (count === 0) return ['Nobody would get it.'];
  const keys = new Set(byPart.map(({ keyPairId }) => keyPairId));
  const where =
    keys.size > 1
      ? byPart.map(
          (part) => `${inWords(part.count)} at ${amongOthers(part.pushService)} with ${part.keyPairName}`,
        )
      : services.map((service) => `${inWords(service.count)} at ${amongOthers(service.pushService)}`);
  const only = services[0]?.pushService ?? 'other';
  const who = count === 1 ? '1 recipient gets it' : `${inWords(count)} recipients get it`;
  if (where.length > 1) return [`${who}: ${listed(where)}.`];
  // One that has no name is nothing to tell.
  if (only === 'other') return [`${who}.`];
  return [`${who}, ${count === 1 ? '' : 'all '}at ${pushServiceName(only)}.`];
}

/** Its name where others are named too: among them, “the push service” would be ambiguous. */
const amongOthers = (service: PushServiceId) =>
  service === 'other' ? 'other push services' : pushServiceName(service);

function start({ preflight, schedule }: PlannedSend): string[] {
  if (preflight.recipients === 0) return [];
  const at = schedule === null ? null : (instantOf(schedule)?.at ?? null);
  if (schedule === null || at === null) return ['Sending starts right away.'];
  const { timeZone } = schedule;
  if (schedule.perRecipient === true) return [perRecipient(schedule.at, timeZone)];
  const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(
    at,
  );
  return [`Sending starts on ${time}, ${timeZone}. Who gets it is decided then.`];
}

function perRecipient(at: string, timeZone: string): string {
  const [day = '', time = ''] = at.split('T');
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
  return `Each recipient gets it at ${time} in their own time zone on ${date}, or at ${time} ${timeZone} if theirs is not known. Who gets it is decided when the first of them is due.`;
}

function quiet({ quietHours, preflight }: PlannedSend): string[] {
  if (quietHours === null || preflight.recipients === 0) return [];
  const { from, to, timeZone } = quietHours;
  return [
    `Nothing goes out between ${from} and ${to} in the recipient’s time zone, or in ${timeZone} if theirs is not known.`,
  ];
}

function languages({ preflight: { personal, recipients: count } }: PlannedSend): string[] {
  if (personal === null || count === 0 || personal.languages.length < 2) return [];
  const each = personal.languages.map(({ language, count: size }) =>
    language === ''
      ? `${inWords(size)} the default text`
      : `${inWords(size)} the text in ${languageName(language)}`,
  );
  return [`By language: ${listed(each)}.`];
}

function missingValues({ preflight: { personal, blockers } }: PlannedSend): string[] {
  if (personal === null || personal.missing.length === 0) return [];
  const { missing, leftOut: all } = personal;
  if (blockers.some(({ code }) => code === VALUES_MISSING))
    return missing.map(
      ({ variable, count }) =>
        `${inWords(count)} ${count === 1 ? 'has' : 'have'} no value for {{${variable}}}, which has no fallback.`,
    );
  // Who lacks two values is left out once: the counts of the variables may add up to more.
  const [first, ...others] = missing;
  const what =
    others.length === 0
      ? `{{${first?.variable ?? ''}}}, which has no fallback.`
      : `${listed(
          missing.map(({ variable, count }) => `{{${variable}}} (${inWords(count)})`),
          'or',
        )}, which have no fallback.`;
  return [`${inWords(all)} ${all === 1 ? 'is' : 'are'} left out: no value for ${what}`];
}

function tracking({ utm, preflight }: PlannedSend): string[] {
  const set = utmNames.filter((name) => utm[name] !== '').map((name) => `utm_${name}=${utm[name]}`);
  if (set.length === 0 || preflight.recipients === 0) return [];
  return [`Links to your own sites get ${listed(set)}.`];
}

function pace({ messagesPerMinute, preflight }: PlannedSend): string[] {
  if (messagesPerMinute === null || preflight.recipients < 2) return [];
  return [`At most ${inWords(messagesPerMinute)} messages a minute are sent.`];
}

function canaryFirst({ canary, preflight }: PlannedSend): string[] {
  if (canary === null || preflight.canary === null || preflight.recipients === 0) return [];
  const { recipients: count, byPart, isEveryone } = preflight.canary;
  if (isEveryone)
    return ['The audience is too small for a canary: it would be everyone, so all of them get it at once.'];
  const parts = new Map<string, number>();
  for (const part of byPart)
    parts.set(amongOthers(part.pushService), (parts.get(amongOthers(part.pushService)) ?? 0) + part.count);
  const where = [...parts].map(([name, size]) => `${inWords(size)} at ${name}`);
  const first =
    where.length === 1
      ? `A canary of ${where[0] ?? inWords(count)} goes first.`
      : `A canary of ${inWords(count)} goes first: ${listed(where)}.`;
  return [first, ...afterCanary(canary)];
}

function afterCanary({ whenGood, whenBad }: CanaryRules): string[] {
  if (whenGood === 'wait' && whenBad === 'wait') return ['Then Pushdesk waits for you.'];
  const good = whenGood === 'go-on' ? 'the rest follows' : 'Pushdesk waits for you';
  const bad = whenBad === 'stop' ? 'the rest is cancelled' : 'Pushdesk waits for you';
  return [`If it goes well, ${good}; if not, ${bad}.`];
}

function leftOut({ preflight }: PlannedSend): string[] {
  return preflight.excluded.map(
    ({ count, cause }) => `${inWords(count)} ${count === 1 ? 'is' : 'are'} left out: ${cause}`,
  );
}

function nobodysNames({ preflight: { warnings } }: PlannedSend): string[] {
  return warnings.filter(({ code }) => code === NAMES_NOBODY).map(({ cause }) => cause);
}

function duration({ preflight, canary, messagesPerMinute }: PlannedSend): string[] {
  const { timeNeededMs, recipients: count } = preflight;
  if (timeNeededMs === null || count < 2) return [];
  const seconds = Math.max(1, Math.round(timeNeededMs / 1000));
  const isWaited = canary !== null && preflight.canary?.isEveryone !== true;
  const wait = isWaited ? ', not counting the wait for the canary' : '';
  // The slower of the two decides; there may have been no campaign before.
  const isLimited =
    messagesPerMinute !== null && Math.abs((count * 60_000) / messagesPerMinute - timeNeededMs) < 1;
  const basis = isLimited ? 'your limit' : 'your last campaign';
  return [`It takes about ${spanInWords(seconds)}${wait}, going by ${basis}.`];
}

function spanInWords(seconds: number): string {
  const [size, unit] =
    seconds < 100
      ? [1, 'second']
      : seconds < 100 * 60
        ? [60, 'minute']
        : seconds < 48 * 3600
          ? [3600, 'hour']
          : [86_400, 'day'];
  const count = Math.round(seconds / size);
  return `${inWords(count)} ${unit}${count === 1 ? '' : 's'}`;
}

const inWords = (count: number) => count.toLocaleString('en');

/** `a`, `a and b`, `a, b and c`. */
function listed(items: readonly string[], joint: 'and' | 'or' = 'and'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${joint} ${last}`;
}
