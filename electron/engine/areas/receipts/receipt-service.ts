import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Campaign } from '../../../contract/campaigns.ts';
import type { OwnSubscription, ReportReceipts, ReceiptsAnswer } from '../../../contract/http.ts';
import type { CampaignId, DeliveryId } from '../../../contract/ids.ts';
import type { CampaignReceipts, DeliveryReceipts, ReceiptEvent } from '../../../contract/receipts.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { scheduleWithTimer, type Schedule } from '../../base/schedule.ts';
import { isSameSecret } from '../../keys/same-secret.ts';
import type { WritableDb } from '../../store/database.ts';
import { gather } from './gather.ts';
import { createReceiptBatch } from './receipt-batch.ts';
import type { ReceiptStore, ReceiptSum } from './receipt-store.ts';

/** What service workers report about the messages they got (docs/decisions/receipts.md). */
export interface ReceiptService {
  /**
   * Keeps what a device reports. What is unproven, was not sent, was already reported or was not asked for is silently ignored.
   * @returns once it is on disk
   */
  take(report: ReportReceipts): Promise<ReceiptsAnswer>;
  /** Notes that a browser's worker sends receipts; a caller that cannot prove to be that browser is ignored. */
  noteDevice(device: OwnSubscription): void;
  /** What can be known about who saw a campaign; `missing`: there is none with that id. */
  knowledgeOf(id: CampaignId): 'told' | 'not asked' | 'removed' | 'missing';
  /** @throws Refusal NOT_FOUND */
  ofCampaign(input: { id: CampaignId }): Promise<CampaignReceipts>;
  /** @throws Refusal NOT_FOUND */
  ofDelivery(input: { id: DeliveryId }): DeliveryReceipts;
  /** Resolves once what was reported so far is stored. */
  settled(): Promise<void>;
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
  schedule?: Schedule;
}

/** How long a report waits for others: no device minds, and each transaction costs as much as several reports. */
const TOGETHER_MS = 20;
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
  schedule = scheduleWithTimer,
}: ReceiptServiceOptions): ReceiptService {
  /** Reports share a transaction: hundreds of devices a second report on one campaign while the next one is being sent. */
  const reports = gather(
    (all: readonly ReportReceipts[]) =>
      db.transactionSoon(() => {
        const batch = createReceiptBatch(store, clock.now());
        const kept = all.map((report) => batch.add(report));
        batch.write();
        return kept;
      }),
    (run) => schedule(run, TOGETHER_MS),
  );

  /** In turns, so that nothing has to wait for a million devices. */
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
    async take(report) {
      const told = report.receipts.length;
      if (!isOn()) return { taken: told };
      const kept = await reports.add(report);
      if (kept < told) log.debug({ kept, told }, 'some receipts were left out');
      if (kept > 0) {
        changes.publish('receipts');
        await db.flushed();
      }
      return { taken: told };
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
    settled: () => reports.settled(),
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
