import type { actProcedures } from '../../../contract/acts.ts';
import type { exportFileProcedures } from '../../../contract/export.ts';
import type { importStreamProcedures } from '../../../contract/import-stream.ts';
import type { subscriptionProcedures } from '../../../contract/subscriptions.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { KeyService } from '../keys/key-service.ts';
import { createSubscriptionService, type SubscriptionService } from './subscription-service.ts';
import type { SubscriptionSelection } from './subscription-selection-service.ts';
import type { SubscriptionMoves } from './subscription-moves-service.ts';
import type { SubscriptionSums } from './subscription-sums-service.ts';

type Procedures = typeof subscriptionProcedures & {
  importStream: typeof importStreamProcedures;
  acts: typeof actProcedures;
  exportFile: typeof exportFileProcedures;
};

export interface SubscriptionsArea extends Area<Procedures> {
  readonly subscriptions: SubscriptionService;
}

export function createSubscriptionsArea(
  { store, host, changes, clock, log, workerFiles }: Ground,
  needs: {
    sums: SubscriptionSums;
    moves: SubscriptionMoves;
    selection: SubscriptionSelection;
    keys: Pick<KeyService, 'publicKeyOf' | 'inUse'>;
    privateEndpointsAllowed: () => boolean;
    onStoreTrouble: (error: unknown) => void;
  },
): SubscriptionsArea {
  const { sums, moves, selection, keys, privateEndpointsAllowed, onStoreTrouble } = needs;
  const subscriptions = createSubscriptionService({
    db: store.db,
    sums,
    moves,
    selection,
    publicKeyOf: (id) => keys.publicKeyOf(id),
    keyInUse: () => keys.inUse()?.publicKey ?? null,
    privateEndpointsAllowed,
    onStoreTrouble,
    readImportFile: workerFiles.readImport,
    desktop: host?.desktop ?? null,
    changes,
    clock,
    log,
  });
  const { searchIndexer, importStream, acts, exportFile } = subscriptions;
  return {
    subscriptions,
    procedures: subscriptions,
    start() {
      acts.recover();
    },
    // Looks for expired subscriptions, so that an open list shows them, and lets search bits catch up.
    tidy() {
      searchIndexer.poke();
      importStream.dropIdle();
      acts.tidy();
      sums.expireDue();
    },
    stop: () =>
      Promise.all([
        searchIndexer.stop(),
        importStream.close(),
        acts.stopAll(),
        exportFile.close(),
        moves.stop(),
      ]),
  };
}
