import type { listOverviewProcedures } from '../../../contract/list-overview.ts';
import type { overviewProcedures } from '../../../contract/overview.ts';
import { createRenewedAnswer } from '../../base/renewed-answer.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { KeyService } from '../keys/key-service.ts';
import { createSubscriptionMakeup } from '../subscriptions/subscription-makeup-service.ts';
import type { SubscriptionSums } from '../subscriptions/subscription-sums-service.ts';
import { countList } from './list-overview.ts';
import { createListOverviewStore } from './list-overview-store.ts';
import { createOverviewService } from './overview-service.ts';
import { createOverviewStore } from './overview-store.ts';

const HOUR_MS = 3_600_000;

export function createOverviewArea(
  { store, clock, changes, log }: Ground,
  needs: { sums: SubscriptionSums; keys: KeyService },
): Area<typeof overviewProcedures & typeof listOverviewProcedures> {
  const { sums, keys } = needs;
  const overview = createOverviewService({ store: createOverviewStore(store.db), sums, keys, clock });
  const lists = createListOverviewStore(store.db);
  const makeup = createSubscriptionMakeup({ db: store.db, sums, clock });
  const list = createRenewedAnswer({
    find: () => countList({ store: lists, sums, makeup, clock }),
    // Days end and subscriptions grow older, even where nothing is written.
    version: () => `${store.db.changeCount() ?? ''} ${Math.floor(clock.now() / HOUR_MS)}`,
    onRenewed: () => {
      changes.publish('overview');
    },
    onFailed: (error) => {
      log.warn({ error: String(error) }, 'the list could not be counted');
    },
  });
  return {
    procedures: { overview: () => overview.read(), listOverview: () => list.read() },
    stop: () => list.stop(),
  };
}
