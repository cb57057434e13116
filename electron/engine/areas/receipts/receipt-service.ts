import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Campaign } from '../../../contract/campaigns.ts';
import type { OwnSubscription, ReportReceipts, ReceiptsAnswer } from '../../../contract/http.ts';
import type { CampaignId, DeliveryId } from '../../../contract/ids.ts';
import type { CampaignReceipts, DeliveryReceipts, ReceiptEvent } from '../../../contract/receipts.ts';
import { curveMinute, receiptTime } from '../../../core/campaign/receipt-times.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { isSameSecret } from '../../keys/same-secret.ts';
import type { WritableDb } from '../../store/database.ts';
import { isReceiptProof } from './receipt-proof.ts';
import type { Device, ReceiptStore, ReceiptSum, ReceiptTimes, ToldCampaign } from './receipt-store.ts';

/** What service workers tell of the messages that they got (docs/decisions/receipts.md). */
export interface ReceiptService {
  /**
   * Keeps what a device tells. What is not proved, was not sent, was told before or was not asked for is left out without a word.
   * @returns once it is on the disk
   */
  take(report: ReportReceipts): Promise<ReceiptsAnswer>;
  /** Notes that a browser's worker sends receipts; whoever cannot prove to be that browser is not heard. */
  noteDevice(device: OwnSubscription): void;
  /** What can be known of who saw a campaign; `missing`: there is none of that id. */
  knowledgeOf(id: CampaignId): 'told' | 'not asked' | 'removed' | 'missing';
  /** @throws Refusal NOT_FOUND */
  ofCampaign(input: { id: CampaignId }): Promise<CampaignReceipts>;
  /** @throws Refusal NOT_FOUND */
  ofDelivery(input: { id: DeliveryId }): DeliveryReceipts;
}

export interface ReceiptServiceOptions {
  db: WritableDb;
  store: ReceiptStore;
  campaigns: {
    get(input: { id: CampaignId }): Pick<Campaign, 'counts'>;
    delivery(input: { id: DeliveryId }): unknown;
  };
  /** Whether receipts are wanted at all, now. */
  isOn: () => boolean;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
}

type Told = ReportReceipts['receipts'][number];

/** What must have come before: a click that is told of was shown, although that was not told. */
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

const DEVICES_AT_ONCE = 5000;
const MINUTE_MS = 60_000;

export function createReceiptService({
  db,
  store,
  campaigns,
  isOn,
  changes,
  clock,
  log,
}: ReceiptServiceOptions): ReceiptService {
  const keepOne = (device: Device, campaign: ToldCampaign, told: Told): boolean => {
    const delivery = store.sentDelivery(campaign.id, device.id);
    if (delivery === null) return false;
    const before = store.of(delivery);
    const at = receiptTime(clock.now(), told.agoMs, campaign.createdAt);
    const news = ORDER[told.event].filter((event) => before[TIME_OF[event]] === null);
    if (news.length === 0) return false;
    // A button that the message does not have would be a stranger's text on the screen.
    const pressed = campaign.actions.find((name) => name === told.action) ?? null;
    const action = told.event === 'clicked' && news.includes('clicked') ? pressed : null;
    const after: ReceiptTimes = {
      ...before,
      ...Object.fromEntries(news.map((event) => [TIME_OF[event], at])),
      clickedAction: action ?? before.clickedAction,
    };
    store.keep(delivery, after);
    for (const event of news) {
      store.addToSum(campaign.id, {
        event,
        action: event === 'clicked' ? (action ?? '') : '',
        minute: curveMinute(at, campaign.createdAt),
      });
    }
    store.noteDevice(device.id, { shownAt: after.shownAt, clickedAt: after.clickedAt });
    return true;
  };

  /** In turns, so that nothing waits for a million devices. */
  const canReport = async (id: CampaignId): Promise<number> => {
    let total = store.removedReach(id);
    for (let after: number | null = 0; after !== null;) {
      const { count, next } = store.countReached(id, after, DEVICES_AT_ONCE);
      total += count;
      after = next;
      if (after !== null) await nextTurn();
    }
    return total;
  };

  return {
    async take({ endpoint, receipts }) {
      const taken = { taken: receipts.length };
      if (!isOn()) return taken;
      const kept = db.transactionSoon(() => {
        const device = store.device(endpoint);
        if (device === null) return 0;
        return receipts.filter((told) => {
          if (!isReceiptProof(told.id, told.proof, device.auth)) return false;
          const campaign = store.campaign(told.id);
          return campaign?.asksReceipts === true && keepOne(device, campaign, told);
        }).length;
      });
      if (kept < receipts.length) log.debug({ kept, told: receipts.length }, 'some receipts were left out');
      if (kept === 0) return taken;
      changes.publish('receipts');
      await db.flushed();
      return taken;
    },
    noteDevice({ endpoint, auth }) {
      const device = store.device(endpoint);
      if (device === null || !isSameSecret(auth, device.auth)) return;
      store.noteDevice(device.id, { shownAt: null, clickedAt: null });
    },
    knowledgeOf(id) {
      const campaign = store.campaignById(id);
      if (campaign === null) return 'missing';
      if (campaign.isRemoved) return 'removed';
      return campaign.asksReceipts ? 'told' : 'not asked';
    },
    async ofCampaign({ id }) {
      const { counts } = campaigns.get({ id });
      const campaign = store.campaignById(id);
      const asked = campaign?.asksReceipts ?? false;
      const sums = store.sums(id);
      const total = (event: ReceiptEvent) => sumOf(sums.filter((sum) => sum.event === event));
      return {
        asked,
        accepted: counts.accepted,
        canReport: asked ? await canReport(id) : 0,
        received: total('received'),
        shown: total('shown'),
        clicked: total('clicked'),
        closed: total('closed'),
        clicks: clicksIn(sums),
        curve: curveOf(sums, campaign?.createdAt ?? 0),
      };
    },
    ofDelivery({ id }) {
      campaigns.delivery({ id });
      return { canReport: store.canReport(id), ...store.of(id) };
    },
  };
}

const sumOf = (sums: readonly ReceiptSum[]) => sums.reduce((total, { count }) => total + count, 0);

function clicksIn(sums: readonly ReceiptSum[]): CampaignReceipts['clicks'] {
  const counts = new Map<string, number>();
  for (const { event, action, count } of sums) {
    if (event === 'clicked') counts.set(action, (counts.get(action) ?? 0) + count);
  }
  return [...counts]
    .map(([action, count]) => ({ action: action === '' ? null : action, count }))
    .sort((one, other) => other.count - one.count);
}

function curveOf(sums: readonly ReceiptSum[], createdAt: number): CampaignReceipts['curve'] {
  const points = new Map<number, CampaignReceipts['curve'][number]>();
  for (const { event, minute, count } of sums) {
    if (event !== 'shown' && event !== 'clicked') continue;
    const point = points.get(minute) ?? { from: createdAt + minute * MINUTE_MS, shown: 0, clicked: 0 };
    points.set(minute, { ...point, [event]: point[event] + count });
  }
  return [...points.values()].sort((one, other) => one.from - other.from);
}
