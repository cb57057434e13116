import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { DeliveryReceipts } from '../../../electron/contract/receipts.ts';
import { buttonName } from './button-name.ts';
import type { DeliveryDetail } from './delivery-detail.ts';

export type TimelineCampaign = Pick<CampaignDetail, 'createdAt' | 'message'>;

export interface TimelineStep {
  name: string;
  at: number;
  /** Time since the step before, ms; `null` for the first. */
  gapMs: number | null;
}

/**
 * One delivery from the queue to the click, as far as it came. Nothing is made up: what no device reported has no step.
 *
 * @param campaign when it was made (ms since 1970), and the buttons of its message
 */
export function timelineOf(
  { attempts, state }: Pick<DeliveryDetail, 'attempts' | 'state'>,
  receipts: DeliveryReceipts | undefined,
  campaign: TimelineCampaign,
): TimelineStep[] {
  const last = attempts.at(-1);
  const sent = attempts.map(({ startedAt, number }) => ({
    name: attempts.length === 1 ? 'Sent' : `Sent, attempt ${number}`,
    at: startedAt,
  }));
  const accepted =
    state === 'accepted' && last !== undefined
      ? [{ name: 'Accepted', at: last.startedAt + Math.round(last.durationMs) }]
      : [];
  const told = [
    { name: 'Received', at: receipts?.receivedAt },
    { name: 'Shown', at: receipts?.shownAt },
    { name: clickName(receipts?.clickedAction ?? null, campaign), at: receipts?.clickedAt },
    { name: 'Closed', at: receipts?.closedAt },
  ].filter((step): step is { name: string; at: number } => typeof step.at === 'number');
  // A device may be quicker than the answer of its push service.
  const steps = [{ name: 'Queued', at: campaign.createdAt }, ...sent, ...accepted, ...told].sort(
    (one, other) => one.at - other.at,
  );
  return steps.map((step, index) => {
    const before = steps[index - 1];
    return { ...step, gapMs: before === undefined ? null : step.at - before.at };
  });
}

const clickName = (action: string | null, campaign: TimelineCampaign) =>
  action === null ? 'Clicked' : `Clicked “${buttonName(action, campaign.message)}”`;
