import {
  unsettledCount,
  type DeliveryCounts,
  type ShownDeliveryState,
} from '../../../electron/contract/deliveries.ts';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { OutcomePart } from '../../ui/OutcomeBar.tsx';
import { DELIVERY_STATES } from '../../words/states.ts';

/** States that a delivery does not leave by itself, in the order of the bar. */
const ENDS = ['accepted', 'failed', 'gone', 'unknown', 'cancelled'] as const;
/** States that a delivery leaves by itself. */
const PENDING = ['queued', 'waiting', 'sending', 'retrying'] as const;

/** Messages that are still to go out, including those whose delivery is not written yet. What is on the wire has left already. */
export const unsentOf = ({ counts, recipients }: Pick<CampaignDetail, 'counts' | 'recipients'>): number =>
  Math.max(0, recipients - doneOf(counts) - counts.cancelled - counts.sending);

/** Deliveries whose outcome is known; cancelled ones were never sent. */
export const doneOf = ({ accepted, failed, gone, unknown }: DeliveryCounts): number =>
  accepted + failed + gone + unknown;

/** The parts of a campaign's bar: what is done, by outcome. */
export function outcomeParts(counts: DeliveryCounts): OutcomePart[] {
  return ENDS.map((state) => ({
    label: DELIVERY_STATES[state].word,
    count: counts[state],
    tone: DELIVERY_STATES[state].tone,
  }));
}

export type DeliveryFilter = 'all' | 'pending' | 'maybe-twice' | (typeof ENDS)[number];

const FILTER_STATES: Record<DeliveryFilter, ShownDeliveryState[]> = {
  all: [],
  pending: [...PENDING],
  accepted: ['accepted'],
  failed: ['failed'],
  gone: ['gone'],
  unknown: ['unknown'],
  cancelled: ['cancelled'],
  'maybe-twice': [],
};

/** The delivery states that a filter stands for; none for all. */
export const statesOf = (filter: DeliveryFilter): ShownDeliveryState[] => FILTER_STATES[filter];

/** What a filter asks the engine for. */
export const wantedBy = (filter: DeliveryFilter) => ({
  states: statesOf(filter),
  mayHaveArrivedTwice: filter === 'maybe-twice',
});

/** The filters worth showing: the three outcomes always, the rest where there is something. */
export function filtersOf({
  counts,
  recipients,
  possibleRepeats,
}: Pick<CampaignDetail, 'counts' | 'recipients' | 'possibleRepeats'>) {
  const tabs: { value: DeliveryFilter; label: string; count: number }[] = [
    { value: 'all', label: 'All', count: recipients },
    { value: 'accepted', label: 'Accepted', count: counts.accepted },
    { value: 'failed', label: 'Failed', count: counts.failed },
    { value: 'gone', label: 'Gone', count: counts.gone },
    { value: 'unknown', label: 'Unknown', count: counts.unknown },
    { value: 'pending', label: 'Pending', count: unsettledCount(counts) },
    { value: 'cancelled', label: 'Cancelled', count: counts.cancelled },
    { value: 'maybe-twice', label: 'Maybe twice', count: possibleRepeats },
  ];
  return tabs.filter(
    ({ value, count }) => count > 0 || ['all', 'accepted', 'failed', 'gone'].includes(value),
  );
}
