import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { Wait } from '../../../electron/contract/campaign-progress.ts';
import type { PushServiceId } from '../../../electron/contract/push-service.ts';
import { formatClock } from '../../format/moments.ts';
import { formatShortHere as formatShort } from '../../format/schedule-words.ts';
import { pushServiceInSentence } from '../../words/push-services.ts';

/** Why a push service has to wait, and until when, in one line. */
export function waitWords({ reason, until }: Wait, service: PushServiceId): string {
  const name = pushServiceInSentence(service);
  const at = formatClock(until);
  switch (reason) {
    case 'rate-limit':
      return `Waiting for ${name} until ${at}, rate limit`;
    case 'no-connection':
      return `Can’t reach ${name}, next try at ${at}`;
    case 'retry':
      return `Next try at ${name} at ${at}`;
    case 'hours':
      return `Waiting for the recipients’ own time until ${formatShort(until)}`;
    case 'store':
      return 'Waiting until results can be saved';
    case 'workers':
      return 'Waiting for a worker';
  }
}

/** The waits of a campaign, the one that ends first at the front. */
export function waitsOf({ services }: Pick<CampaignDetail, 'services'>): string[] {
  const words = services
    .flatMap(({ wait, pushService }) => (wait === null ? [] : [{ wait, pushService }]))
    .toSorted((one, other) => one.wait.until - other.wait.until)
    .map(({ wait, pushService }) => waitWords(wait, pushService));
  return [...new Set(words)];
}
