import type { importStreamProcedures } from '../../../contract/import-stream.ts';
import type { subscriptionProcedures } from '../../../contract/subscriptions.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { KeyService } from '../keys/key-service.ts';
import { createSubscriptionService, type SubscriptionService } from './subscription-service.ts';
import type { SubscriptionSums } from './subscription-sums-service.ts';

type Procedures = typeof subscriptionProcedures & { importStream: typeof importStreamProcedures };

export interface SubscriptionsArea extends Area<Procedures> {
  readonly subscriptions: SubscriptionService;
}

export function createSubscriptionsArea(
  { store, changes, clock, log, workerFiles }: Ground,
  needs: {
    sums: SubscriptionSums;
    keys: Pick<KeyService, 'publicKeyOf'>;
    privateEndpointsAllowed: () => boolean;
  },
): SubscriptionsArea {
  const { sums, keys, privateEndpointsAllowed } = needs;
  const subscriptions = createSubscriptionService({
    db: store.db,
    sums,
    publicKeyOf: (id) => keys.publicKeyOf(id),
    privateEndpointsAllowed,
    readImportFile: workerFiles.readImport,
    changes,
    clock,
    log,
  });
  const { searchIndexer, importStream } = subscriptions;
  return {
    subscriptions,
    procedures: subscriptions,
    // Expired subscriptions are looked for, so that an open list shows them, and search bits catch up.
    tidy() {
      searchIndexer.poke();
      importStream.dropIdle();
      sums.expireDue();
    },
    stop: () => Promise.all([searchIndexer.stop(), importStream.close()]),
  };
}
