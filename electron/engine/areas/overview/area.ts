import type { overviewProcedures } from '../../../contract/overview.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { KeyService } from '../keys/key-service.ts';
import type { SubscriptionSums } from '../subscriptions/subscription-sums-service.ts';
import { createOverviewService } from './overview-service.ts';
import { createOverviewStore } from './overview-store.ts';

export function createOverviewArea(
  { store, clock }: Ground,
  needs: { sums: SubscriptionSums; keys: KeyService },
): Area<typeof overviewProcedures> {
  const overview = createOverviewService({ store: createOverviewStore(store.db), ...needs, clock });
  return { procedures: { overview: () => overview.read() } };
}
