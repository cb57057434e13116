import type { ReportReceipts } from '../../../contract/http.ts';
import type { CampaignId, DeliveryId, SubscriptionId } from '../../../contract/ids.ts';
import type { ReceiptEvent } from '../../../contract/receipts.ts';
import { curveMinute, receiptTime } from '../../../core/campaign/receipt-times.ts';
import { remembered } from '../../base/remembered.ts';
import { isReceiptProof } from './receipt-proof.ts';
import type { ReceiptStore, ReceiptSum, ReceiptTimes, ToldCampaign } from './receipt-store.ts';

/** What devices report at one time, handled together. */
export interface ReceiptBatch {
  /** @returns how many of the receipts are new */
  add(report: ReportReceipts): number;
  /** Writes what is new: once for each delivery and sum, however many devices reported it. */
  write(): void;
}

type Told = ReportReceipts['receipts'][number];

/** A delivery that devices report on. */
interface Delivery {
  readonly id: DeliveryId;
  readonly deviceId: SubscriptionId;
  readonly campaign: ToldCampaign;
  /** As they will be after the write. */
  times: ReceiptTimes;
  isChanged: boolean;
}

/** What must have come before: a click implies that the message was shown, even if that was not reported. */
const ORDER: Readonly<Record<ReceiptEvent, readonly ReceiptEvent[]>> = {
  received: ['received'],
  shown: ['received', 'shown'],
  clicked: ['received', 'shown', 'clicked'],
  closed: ['received', 'shown', 'closed'],
};

const TIME_OF = {
  received: 'receivedAt',
  shown: 'shownAt',
  clicked: 'clickedAt',
  closed: 'closedAt',
} as const satisfies Record<ReceiptEvent, keyof ReceiptTimes>;

/**
 * Asks the store nothing twice: most of what arrives at one time is about one campaign, and a device reports that it received a message
 * together with having shown it. To be used within one transaction.
 */
export function createReceiptBatch(store: ReceiptStore, now: number): ReceiptBatch {
  const campaigns = new Map<string, ToldCampaign | null>();
  const deliveries = new Map<string, Delivery | null>();
  const sums = new Map<string, { campaignId: CampaignId; sum: ReceiptSum }>();

  const deliveryTo = (deviceId: SubscriptionId, payloadId: string): Delivery | null => {
    const campaign = remembered(campaigns, payloadId, () => store.campaign(payloadId));
    if (campaign?.asksReceipts !== true) return null;
    return remembered(deliveries, `${campaign.id} ${deviceId}`, () => {
      const id = store.sentDelivery(campaign.id, deviceId);
      return id === null ? null : { id, deviceId, campaign, times: store.of(id), isChanged: false };
    });
  };

  const count = (
    { id: campaignId, createdAt }: ToldCampaign,
    event: ReceiptEvent,
    action: string,
    at: number,
  ) => {
    const minute = curveMinute(at, createdAt);
    const key = JSON.stringify([campaignId, event, action, minute]);
    const before = sums.get(key)?.sum.count ?? 0;
    sums.set(key, { campaignId, sum: { event, action, minute, count: before + 1 } });
  };

  const tell = (delivery: Delivery, told: Told): boolean => {
    const { campaign, times } = delivery;
    const news = ORDER[told.event].filter((event) => times[TIME_OF[event]] === null);
    if (news.length === 0) return false;
    const at = receiptTime(now, told.agoMs, campaign.createdAt);
    // A button that the message does not have would put a stranger's text on the screen.
    const pressed = campaign.actions.find((name) => name === told.action) ?? null;
    const action = told.event === 'clicked' && news.includes('clicked') ? pressed : null;
    delivery.times = {
      ...times,
      ...Object.fromEntries(news.map((event) => [TIME_OF[event], at])),
      clickedAction: action ?? times.clickedAction,
    };
    delivery.isChanged = true;
    for (const event of news) count(campaign, event, event === 'clicked' ? (action ?? '') : '', at);
    return true;
  };

  return {
    add({ endpoint, receipts }) {
      const device = store.device(endpoint);
      if (device === null) return 0;
      const proofs = new Map<string, boolean>();
      const isProved = ({ id, proof }: Told) =>
        remembered(proofs, `${id} ${proof}`, () => isReceiptProof(id, proof, device.auth));
      return receipts.filter((told) => {
        if (!isProved(told)) return false;
        const delivery = deliveryTo(device.id, told.id);
        return delivery !== null && tell(delivery, told);
      }).length;
    },
    write() {
      for (const delivery of deliveries.values()) {
        if (delivery?.isChanged !== true) continue;
        const { shownAt, clickedAt } = delivery.times;
        store.keep(delivery.id, delivery.times);
        store.noteDevice(delivery.deviceId, { shownAt, clickedAt });
      }
      for (const { campaignId, sum } of sums.values()) store.addToSum(campaignId, sum);
    },
  };
}
