import type { Campaign } from '../../../electron/contract/campaigns.ts';
import type { AskReason } from '../../../electron/contract/schedule.ts';
import type { PushServiceId } from '../../../electron/contract/push-service.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { formatDate, formatMinute } from '../../format/moments.ts';
import { formatShortHere as formatShort } from '../../format/schedule-words.ts';
import { pushServiceInSentence } from '../../words/push-services.ts';
import { missedHours } from './missed-hours.ts';
import { campaignStateWords, type ShownState, type StateWords } from '../../words/states.ts';

type Waiting = NonNullable<Campaign['wait']>;

/** A weekday's name says which day it is only within a few days. */
const WEEK_MS = 6 * 86_400_000;

/** The state of a campaign with its reason in place of a bare "Waiting", "Scheduled" or "Needs attention". */
export function stateWithReason(campaign: ShownState & Pick<Partial<Campaign>, 'heldBy'>): StateWords {
  const words = campaignStateWords(campaign);
  const word = reasonOf(campaign);
  return word === null ? words : { ...words, word, meaning: meaningOf(campaign, word, words) };
}

/** One that was cancelled by the rules of its canary was not cancelled by the person. */
const wasStopped = ({ state, canary = null }: ShownState) =>
  lifecycleOf(state).isCancelled && canary?.state === 'stopped' && canary.decidedBy === 'rules';

const meaningOf = (campaign: ShownState, word: string, words: StateWords) =>
  wasStopped(campaign) ? `${word}. What was not sent was discarded.` : `${word}. ${words.meaning}`;

function reasonOf(campaign: Parameters<typeof stateWithReason>[0]): string | null {
  const { state, wait, isHeld, schedule, canary = null, heldBy } = campaign;
  const { isScheduled, mayResume, isSending } = lifecycleOf(state);
  const asks = schedule?.asks ?? null;
  if (isScheduled && schedule !== null) return asks === null ? startsWords(schedule) : ASKS[asks.reason];
  if (missedHours(campaign)) return 'Missed some recipients’ time';
  if (mayResume && asks !== null) return 'Cut off as it started';
  if (wasStopped(campaign)) return 'Stopped by its canary';
  if (isHeld) return isSending && canary?.state !== 'waiting' && heldBy ? heldWords(heldBy) : null;
  return wait === null ? null : waitOf(wait);
}

const ASKS: Record<AskReason, string> = {
  late: 'Missed its time',
  clock: 'Clock was changed',
  blocked: 'Couldn’t start',
  restored: 'From a backup',
};

const startsWords = ({ startsAt, scheduledAt }: { startsAt: number; scheduledAt: number }) =>
  startsAt - scheduledAt < WEEK_MS ? `Starts ${formatShort(startsAt)}` : `Starts ${formatDate(startsAt)}`;

function heldWords({ pushServices, diagnosis }: NonNullable<Campaign['heldBy']>): string | null {
  if (diagnosis === 'key-not-held') return 'Waiting for its private key';
  const [first, second, ...more] = pushServices.map(nameOf);
  if (first === undefined) return null;
  if (second === undefined) return `${first} keeps refusing`;
  return more.length === 0
    ? `${first} and ${second} keep refusing`
    : `${pushServices.length} push services keep refusing`;
}

/** "Google (FCM)" as people call it. */
const nameOf = (service: PushServiceId) => pushServiceInSentence(service).replace(/ \(.*\)$/, '');

/** Short enough for a cell of a table. */
function waitOf({ reason, until, pushService = 'other' }: Waiting): string {
  const name = nameOf(pushService);
  const at = formatMinute(until);
  switch (reason) {
    case 'rate-limit':
      return `Waiting for ${name} until ${at}`;
    case 'no-connection':
      return `Can’t reach ${name}, next try at ${at}`;
    case 'retry':
      return `Next try at ${at}`;
    case 'hours':
      return `Waiting until ${formatShort(until)}`;
    case 'store':
      return 'Waiting until results can be saved';
    case 'workers':
      return 'Waiting for a worker';
  }
}
