import type { CampaignId, KeyPairId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { DeliveryState } from '../../contract/deliveries.ts';
import type { CampaignSumStore } from './campaign-sum-store.ts';

/** The part of a campaign that a sum belongs to. */
export interface TallyPart {
  readonly campaignId: CampaignId;
  readonly pushService: PushServiceId;
  readonly keyPairId: KeyPairId;
}

type EndPart = Pick<TallyPart, 'campaignId' | 'pushService'>;

/** Collects changes to the sums, so that a batch of hundreds writes a handful of rows. */
export interface Tally {
  add(part: TallyPart, state: DeliveryState, diagnosis: string | null, count: number): void;
  /** For the overview: a delivery of this part ended. */
  addEnd(part: EndPart, state: DeliveryState): void;
  /** It had ended that way at that time and is under way again: each delivery counts once, on the day of its last end. */
  takeEnd(part: EndPart, state: DeliveryState, at: number): void;
  /** Writes everything collected; to be called in the transaction that changes the deliveries. */
  write(sums: Pick<CampaignSumStore, 'add' | 'addDay' | 'addToCurve'>, now: number): void;
}

/** What the curve of a campaign shows. */
const ON_CURVE: readonly DeliveryState[] = ['accepted', 'failed', 'gone', 'unknown'];

export function createTally(): Tally {
  const changes = new Map<
    string,
    { part: TallyPart; state: DeliveryState; diagnosis: string; count: number }
  >();
  /** `at`: `null` means the time of writing. */
  const days = new Map<string, EndPart & { at: number | null; state: DeliveryState; count: number }>();
  const addDay = (
    at: number | null,
    { campaignId, pushService }: EndPart,
    state: DeliveryState,
    count: number,
  ) => {
    const name = `${at === null ? '' : startOfDay(at)} ${campaignId} ${pushService} ${state}`;
    const known = days.get(name) ?? { at, campaignId, pushService, state, count: 0 };
    known.count += count;
    days.set(name, known);
  };

  return {
    add(part, state, diagnosis, count) {
      const name = `${part.campaignId} ${part.pushService} ${part.keyPairId} ${state} ${diagnosis ?? ''}`;
      const known = changes.get(name) ?? { part, state, diagnosis: diagnosis ?? '', count: 0 };
      known.count += count;
      changes.set(name, known);
    },
    addEnd(part, state) {
      addDay(null, part, state, 1);
    },
    takeEnd(part, state, at) {
      addDay(at, part, state, -1);
    },
    write(sums, now) {
      const points = new Map<string, { campaignId: CampaignId; state: DeliveryState; count: number }>();
      for (const { part, state, diagnosis, count } of changes.values()) {
        const { campaignId, pushService, keyPairId } = part;
        if (count === 0) continue;
        sums.add(campaignId, { pushService, keyPairId, state, diagnosis, count });
        if (!ON_CURVE.includes(state)) continue;
        const point = points.get(`${campaignId} ${state}`) ?? { campaignId, state, count: 0 };
        point.count += count;
        points.set(`${campaignId} ${state}`, point);
      }
      for (const { campaignId, state, count } of points.values())
        if (count !== 0) sums.addToCurve(campaignId, { at: now, state, count });
      for (const { at, campaignId, ...change } of days.values())
        sums.addDay(campaignId, { day: startOfDay(at ?? now), ...change });
      changes.clear();
      days.clear();
    },
  };
}

/** Midnight in local time, in ms since 1970. */
export function startOfDay(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}
