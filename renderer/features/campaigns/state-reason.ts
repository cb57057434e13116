import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { formatClock } from '../../format/moments.ts';
import { formatShortHere as formatShort } from '../../format/schedule-words.ts';
import { pushServiceInSentence } from '../../words/push-services.ts';
import { campaignStateWords, type ShownState, type StateWords } from '../../words/states.ts';

type Waiting = NonNullable<Campaign['wait']>;

/** The state of a campaign with its reason in place of a bare "Waiting". */
export function stateWithReason(campaign: ShownState): StateWords {
  const words = campaignStateWords(campaign);
  const { wait, isHeld } = campaign;
  if (wait === null || isHeld) return words;
  const word = reasonOf(wait);
  return { ...words, word, meaning: `${word}. ${words.meaning}` };
}

/** Short enough for a cell of a table. */
function reasonOf({ reason, until, pushService = 'other' }: Waiting): string {
  // "Google (FCM)" as people call it.
  const name = pushServiceInSentence(pushService).replace(/ \(.*\)$/, '');
  const at = formatClock(until);
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
