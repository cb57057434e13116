import type { KeyPairId } from '../../../contract/ids.ts';
import { isPointOnCurve } from '../../keys/curve.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { isPrivateHost } from '../../net/private-address.ts';
import { createSearchIndexer, type SearchIndexer } from './search/search-indexer.ts';
import { createSubscriptionSearch } from './search/subscription-search.ts';
import type { WritableDb } from '../../store/database.ts';
import { createSearchBitStore } from './search/search-bit-store.ts';
import { createSubscriptionBatchStore } from './subscription-batch-store.ts';
import { createSubscriptionPageStore } from './subscription-page-store.ts';
import { createSubscriptionSearchStore } from './search/subscription-search-store.ts';
import { createSubscriptionStore } from './subscription-store.ts';
import type { SubscriptionSums } from './subscription-sums-service.ts';
import { createImportStreams, type ImportStreams } from './import-streams.ts';
import {
  createPieceImport,
  createSubscriptionImport,
  type SubscriptionImport,
} from './subscription-import.ts';
import { createSubscriptionIntake, type SubscriptionIntake } from './subscription-intake.ts';
import { createSubscriptionList, type SubscriptionList } from './subscription-list.ts';

export interface SubscriptionService extends SubscriptionList, SubscriptionImport, SubscriptionIntake {
  /** Makes searching fast, in the background; to be poked now and then, and stopped with the engine. */
  readonly searchIndexer: SearchIndexer;
  readonly importStream: ImportStreams;
}

export type { SearchIndexer };

export interface SubscriptionServiceOptions {
  db: WritableDb;
  sums: SubscriptionSums;
  /** Of a key pair; `null`: there is none of that id. */
  publicKeyOf: (id: KeyPairId) => string | null;
  /** Whether endpoints at private addresses are taken, now (design §6). */
  privateEndpointsAllowed: () => boolean;
  /** The worker that reads imports, as the entry of the engine knows where it lies. */
  readImportFile: URL;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
}

export function createSubscriptionService(options: SubscriptionServiceOptions): SubscriptionService {
  const { db, privateEndpointsAllowed, readImportFile, changes, clock, log } = options;
  const store = createSubscriptionStore(db);
  const checks = () => ({
    isPointOnCurve,
    isPrivateHost,
    allowPrivateEndpoints: privateEndpointsAllowed(),
  });
  const bits = createSearchBitStore(db);
  const searchIndexer = createSearchIndexer({ bits, log });
  const written = { db, store, changes, clock, log };
  const pieceImport = createPieceImport({
    ...written,
    batches: createSubscriptionBatchStore(db),
    privateEndpointsAllowed,
    workerFile: readImportFile,
    onImported: searchIndexer.poke,
  });
  return {
    searchIndexer,
    importStream: createImportStreams({ pieces: pieceImport, clock }),
    ...createSubscriptionIntake({ ...written, checks }),
    ...createSubscriptionImport(pieceImport),
    ...createSubscriptionList({
      db,
      store,
      pages: createSubscriptionPageStore(db),
      searches: createSubscriptionSearch({ store: createSubscriptionSearchStore(db), bits }),
      sums: options.sums,
      publicKeyOf: options.publicKeyOf,
      changes,
      clock,
    }),
  };
}
