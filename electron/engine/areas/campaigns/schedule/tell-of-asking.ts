import type { Campaign } from '../../../../contract/campaigns.ts';
import type { Problem } from '../../../../contract/problem.ts';
import { lifecycleOf } from '../../../../core/campaign/lifecycle.ts';
import { visibleOwnText } from '../../../../core/text/visible-text.ts';
import type { Host } from '../../../base/host.ts';

/** Systems cut long texts anywhere. */
const LONGEST_TITLE = 60;

/**
 * Tells the person in a desktop notification that a campaign missed its time: they may not be looking at the window. If it cannot be shown,
 * no matter: the window says the same.
 */
export function createTellOfAsking(desktop: Pick<Host['desktop'], 'notify'> | null) {
  return ({ id, state, message }: Pick<Campaign, 'id' | 'state' | 'message'>, problem: Problem): void => {
    if (desktop === null) return;
    const isScheduled = lifecycleOf(state).isScheduled;
    const title = visibleOwnText(message.title);
    desktop
      .notify({
        title: isScheduled ? 'A campaign did not start on time' : 'A campaign is paused',
        body: `${title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE)}…` : title}: ${problem.cause} ${problem.cure}`,
        screen: isScheduled ? '/campaigns/scheduled' : `/campaigns/${id}`,
      })
      .catch(() => undefined);
  };
}
