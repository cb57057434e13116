import type { z } from 'zod';
import type {
  Campaign,
  CampaignDetail,
  campaignPageSchema,
  listCampaignsInputSchema,
} from '../../../contract/campaigns.ts';
import {
  shownDeliveryStateSchema,
  type deliveryDetailSchema,
  type deliveryPageSchema,
  type listDeliveriesInputSchema,
} from '../../../contract/deliveries.ts';
import type { CampaignId, DeliveryId, KeyPairId } from '../../../contract/ids.ts';
import { foldText } from '../../../core/campaign/search-text.ts';
import { lifecycleOf } from '../../../core/campaign/lifecycle.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { positionOf, readCursor } from '../../base/list-cursor.ts';
import type { CampaignRow } from '../../dispatch/campaign-store.ts';
import type { PayloadSource } from '../../dispatch/payload-source.ts';
import type { CampaignPace } from '../../dispatch/campaign-pace.ts';
import type { KeyService } from '../keys/key-service.ts';
import { curveOf } from './list/curve-of.ts';
import { unknownCampaign, unknownDelivery } from './campaign-problems.ts';
import type { CampaignStores } from './campaign-stores.ts';
import type { CampaignFilter } from './list/campaign-list-store.ts';
import type { RestoredCampaigns } from './restored-campaigns.ts';
import { editionOf } from './schedule/edition.ts';
import { toCanaryProgress } from './canary-view.ts';
import { toAttempt, toCampaign, toCampaignDetail, toDelivery } from './campaign-view.ts';

const TEXTS_AT_ONCE = 1000;

/** Campaigns and their deliveries as they are shown. Changes nothing. */
export interface CampaignReading {
  /** @throws Refusal NOT_FOUND for an unknown id, like the others */
  view(id: CampaignId): Campaign;
  /** Several at once, in that order; unknown ones are left out. */
  views(ids: readonly CampaignId[]): Campaign[];
  list(
    input: Partial<z.output<typeof listCampaignsInputSchema>> & { cursor: string | null; limit: number },
  ): z.infer<typeof campaignPageSchema>;
  get(input: { id: CampaignId }): CampaignDetail;
  deliveries(input: z.output<typeof listDeliveriesInputSchema>): z.infer<typeof deliveryPageSchema>;
  delivery(input: { id: DeliveryId }): z.infer<typeof deliveryDetailSchema>;
}

/** @param given `paceOf`: the pace of those being sent; `null`: it is not running */
export function createCampaignReading({
  stores,
  stores: { campaigns, personal, canaries, list, retention, sums, lanes, examples, deliveries, attempts },
  payloads,
  paceOf,
  restored,
  keys,
  clock,
  log,
}: {
  stores: CampaignStores;
  payloads: Pick<PayloadSource, 'shownOf'>;
  paceOf: (id: CampaignId) => CampaignPace | null;
  restored: Pick<RestoredCampaigns, 'copyOf'>;
  keys: Pick<KeyService, 'list'>;
  clock: Clock;
  log: Pick<Log, 'warn'>;
}): CampaignReading {
  const mustGet = (id: CampaignId): CampaignRow => {
    const row = campaigns.get(id);
    if (row === null) throw unknownCampaign();
    return row;
  };
  const subjectOf = () => {
    const subjects = new Map<KeyPairId, string>(keys.list().map(({ id, subject }) => [id, subject]));
    return (id: KeyPairId) => subjects.get(id) ?? null;
  };

  const seenOf = (ids: readonly CampaignId[]) =>
    new Map(list.seen(ids).map(({ campaignId, shown, clicked }) => [campaignId, { shown, clicked }]));
  /** If the store accepts no writes, those that already have a search text are found. */
  const fillTexts = () => {
    try {
      while (list.fillTexts(TEXTS_AT_ONCE) === TEXTS_AT_ONCE);
    } catch (error) {
      log.warn({ error: String(error) }, 'the texts of some campaigns could not be prepared for the search');
    }
  };
  const views = (ids: readonly CampaignId[]): Campaign[] => {
    const seen = seenOf(ids);
    const all = sums.ofMany(ids);
    const allLanes = lanes.ofMany(ids);
    const allCanaries = canaries.ofMany(ids);
    const found = new Map(
      campaigns.some(ids).map((row) => [
        row.id,
        toCampaign(
          row,
          all.filter(({ campaignId }) => campaignId === row.id),
          allLanes.filter(({ campaignId }) => campaignId === row.id),
          paceOf(row.id),
          restored.copyOf(row.id),
          seen.get(row.id) ?? null,
          allCanaries.get(row.id) ?? null,
        ),
      ]),
    );
    return ids.flatMap((id) => found.get(id) ?? []);
  };
  const canaryProgressOf = (id: CampaignId, row: CampaignRow) => {
    const canary = canaries.of(id);
    if (canary === null) return null;
    const { isSending } = lifecycleOf(row.state);
    return toCanaryProgress(canary, canaries.facts(id), isSending ? paceOf(id) : null, clock.now());
  };

  return {
    views,
    view: (id) =>
      toCampaign(
        mustGet(id),
        sums.of(id),
        lanes.list(id),
        paceOf(id),
        restored.copyOf(id),
        seenOf([id]).get(id) ?? null,
        canaries.of(id),
      ),
    list({ cursor, limit, ...asked }) {
      const filter = filterOf(asked);
      if (filter.text !== '') fillTexts();
      const ids = list.ids(filter, positionOf(cursor), limit);
      const items = views(ids);
      return {
        items,
        nextCursor: cursorAfter(items, limit),
        ...(cursor === null ? { total: list.count(filter) } : {}),
      };
    },
    get({ id }) {
      const row = mustGet(id);
      const detail = toCampaignDetail(
        row,
        sums.of(id),
        lanes.list(id),
        examples.of(id),
        subjectOf(),
        paceOf(id),
        restored.copyOf(id),
        seenOf([id]).get(id) ?? null,
        canaries.of(id),
        canaryProgressOf(id, row),
        deliveries.repeatCount(id) + retention.facts(id).repeats,
        retention.removedAt(id),
        curveOf(sums.curve(id)),
        clock.now(),
      );
      return { ...detail, leftOut: personal.leftOut(id), edition: editionOf(stores, id) };
    },
    deliveries({ campaignId, states, mayHaveArrivedTwice, order = 'oldest', cursor, limit }) {
      mustGet(campaignId);
      const wanted = states.length === 0 ? shownDeliveryStateSchema.options : [...new Set(states)];
      const range = { order, after: readCursor(cursor), limit };
      const rows =
        mayHaveArrivedTwice === true
          ? deliveries.repeatsPage(campaignId, wanted, range)
          : deliveries.page(campaignId, wanted, range);
      return { items: rows.map(toDelivery), nextCursor: cursorAfter(rows, limit) };
    },
    delivery({ id }) {
      const row = deliveries.get(id);
      if (row === null) throw unknownDelivery();
      return {
        ...toDelivery(row),
        publicKey: row.publicKey,
        personal: payloads.shownOf(row),
        attempts: attempts.list(id).map((attempt) => toAttempt(attempt, row)),
      };
    },
  };
}

function filterOf({
  search = '',
  states = [],
  from,
  to,
}: Partial<z.output<typeof listCampaignsInputSchema>>): CampaignFilter {
  return { text: foldText(search.trim()), states: [...new Set(states)], from: from ?? null, to: to ?? null };
}

function cursorAfter(rows: readonly { id: number }[], limit: number): string | null {
  return rows.length < limit ? null : String(rows.at(-1)?.id ?? '');
}
