import type { ListOverview, ValueCounts } from '../../../contract/list-overview.ts';
import { pushServiceSchema } from '../../../contract/push-service.ts';
import type { Clock } from '../../base/clock.ts';
import type { SubscriptionMakeup, ValueSums } from '../subscriptions/subscription-makeup-service.ts';
import { soundSum, type SubscriptionSums } from '../subscriptions/subscription-sums-service.ts';
import { growthOf } from './growth.ts';
import type { ListOverviewStore } from './list-overview-store.ts';
import { lastDays } from './local-days.ts';
import { nextSendOf } from './next-send.ts';

const DAYS = 90;
const YEAR_MS = 365 * 86_400_000;
/** The most values that are shown of one attribute. */
const MAX_TOP = 8;

export interface ListOverviewOptions {
  store: ListOverviewStore;
  sums: Pick<SubscriptionSums, 'list'>;
  makeup: SubscriptionMakeup;
  clock: Clock;
}

/** Counts the list: how it grew, what it is made of, and what a send to all of it would lose. */
export async function countList(options: ListOverviewOptions): Promise<ListOverview> {
  const { store, sums, makeup, clock } = options;
  const { ages, attributes } = await makeup.count(['platform', 'browser', 'language']);
  // Everything below is from one moment, so that it adds up.
  const now = clock.now();
  const groups = sums
    .list()
    .filter(({ inBin }) => !inBin)
    .map(soundSum)
    .filter(({ state }) => state === 'active');
  const services = pushServiceSchema.options
    .map((pushService) => ({
      pushService,
      active: add(groups.filter((group) => group.pushService === pushService)),
    }))
    .filter(({ active }) => active > 0);
  const active = add(groups);
  const days = lastDays(now, DAYS);
  const values = (of: ValueSums) => valuesOf(of, active);
  return {
    countedAt: now,
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    active,
    days: growthOf(days, store.listSums(days[0]?.start ?? 0), active),
    services: services.sort((one, other) => other.active - one.active),
    platforms: values(attributes.platform),
    browsers: values(attributes.browser),
    languages: values(attributes.language),
    nextSend: nextSendOf(ages, store.ageSums(now - YEAR_MS)),
  };
}

function valuesOf({ values, withValue }: ValueSums, active: number): ValueCounts {
  const top = values.slice(0, MAX_TOP);
  const shown = top.reduce((sum, value) => sum + value.active, 0);
  return { top: [...top], others: Math.max(0, withValue - shown), unknown: Math.max(0, active - withValue) };
}

const add = (sums: readonly { count: number }[]) => sums.reduce((sum, { count }) => sum + count, 0);
