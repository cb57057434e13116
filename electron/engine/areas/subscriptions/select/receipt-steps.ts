import type { CampaignId } from '../../../../contract/ids.ts';
import type { SubscriptionFilter } from '../../../../contract/subscriptions.ts';
import { keepRows, noRows, removeRows, type RowBits } from '../../../store/row-bits.ts';
import type { CampaignToldKind } from './select-store.ts';
import type { Step, StretchView } from './stretch-view.ts';

const DAY_MS = 86_400_000;

/** Whether what it finds changes as time goes by, even if nothing is written. */
export const isRelative = ({ shownWithinDays, clickedWithinDays }: SubscriptionFilter): boolean =>
  shownWithinDays !== null || clickedWithinDays !== null;

/** What a filter asks about individual campaigns. */
const campaignsIn = (filter: SubscriptionFilter): [CampaignToldKind, CampaignId][] =>
  (
    [
      ['shown', filter.shownInCampaign],
      ['not shown', filter.notShownInCampaign],
      ['clicked', filter.clickedInCampaign],
      ['not clicked', filter.notClickedInCampaign],
    ] as const
  ).flatMap(([kind, id]) => (id === null ? [] : [[kind, id]]));

/** The campaigns whose receipts a filter asks about. */
export const campaignsOf = (filter: SubscriptionFilter): CampaignId[] =>
  campaignsIn(filter).map(([, id]) => id);

/** Whether it asks about anything related to receipts. */
export const asksOfReceipts = (filter: SubscriptionFilter): boolean =>
  isRelative(filter) ||
  filter.neverShown !== null ||
  filter.canReport !== null ||
  campaignsIn(filter).length > 0;

/**
 * A filter's conditions on receipts: those that say who is in, and those that say who is out.
 *
 * @param now where a span of days ends
 * @param asksReceipts whether the message of a campaign asked for receipts
 */
export function receiptSteps(
  filter: SubscriptionFilter,
  now: number,
  asksReceipts: (id: CampaignId) => boolean,
): { within: Step[]; without: Step[] } {
  const { shownWithinDays, clickedWithinDays, neverShown, canReport } = filter;
  const keep =
    (find: (view: StretchView) => RowBits): Step =>
    (bits, view) => {
      // The view's result is shared with other filters.
      const found = find(view).slice();
      if (bits !== null) keepRows(found, bits);
      return found;
    };
  const drop =
    (find: (view: StretchView) => RowBits): Step =>
    (bits, view) => {
      if (bits !== null) removeRows(bits, find(view));
      return bits;
    };
  const any = (view: StretchView) => view.told('any', 0);
  const shown = (view: StretchView) => view.told('shown', 0);
  const within: Step[] = [];
  const without: Step[] = [];
  if (shownWithinDays !== null) {
    within.push(keep((view) => view.told('shown', now - shownWithinDays * DAY_MS)));
  }
  if (clickedWithinDays !== null) {
    within.push(keep((view) => view.told('clicked', now - clickedWithinDays * DAY_MS)));
  }
  for (const [kind, id] of campaignsIn(filter)) {
    // A device that was not asked reported nothing, which says nothing about what its owner saw.
    const isUnknown = kind === 'not shown' && !asksReceipts(id);
    within.push(isUnknown ? noRows : keep((view) => view.toldOfCampaign(kind, id)));
  }
  if (neverShown === false) within.push(keep(shown));
  if (neverShown === true || canReport === true) within.push(keep(any));
  if (neverShown === true) without.push(drop(shown));
  if (canReport === false) without.push(drop(any));
  return { within, without };
}
