import type { KeyPairId, SubscriptionId } from '../../../contract/ids.ts';
import { isPointOnCurve } from '../../keys/curve.ts';
import type { ExportInput } from '../../../contract/export.ts';
import { Refusal } from '../../../contract/problem.ts';
import type { Host } from '../../base/host.ts';
import { createActRowStore } from './acts/act-row-store.ts';
import { createActStore } from './acts/act-store.ts';
import { createActs, type Acts } from './acts/acts.ts';
import { chooseRows } from './acts/choose-rows.ts';
import { createExportFiles, type ExportFiles } from './export/export-files.ts';
import { exportPieces } from './export/export-pieces.ts';
import { createExportStore } from './export/export-store.ts';
import { createSubscriptionTags, type SubscriptionTags } from './subscription-tags-service.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { isPrivateHost } from '../../net/private-address.ts';
import { createSearchIndexer, type SearchIndexer } from './search/search-indexer.ts';
import type { WritableDb } from '../../store/database.ts';
import { createSearchBitStore } from './search/search-bit-store.ts';
import { createSubscriptionBatchStore } from './subscription-batch-store.ts';
import { createSubscriptionPageStore } from './subscription-page-store.ts';
import { createFactStore } from './people/fact-store.ts';
import { createFacts } from './people/facts.ts';
import { createPeopleStore } from './people/people-store.ts';
import { createPagePeople } from './people/page-people.ts';
import { createPeopleWriter, type PeopleWriter } from './people/people-writer.ts';
import { createStateChangeStore } from './state-change-store.ts';
import { createSubscriptionPeople, type SubscriptionPeople } from './subscription-people.ts';
import type { SubscriptionSelection } from './subscription-selection-service.ts';
import { createSubscriptionStore } from './subscription-store.ts';
import type { SubscriptionMoves } from './subscription-moves-service.ts';
import type { SubscriptionSums } from './subscription-sums-service.ts';
import { createImportStreams, type ImportStreams } from './import-streams.ts';
import {
  createPieceImport,
  createSubscriptionImport,
  type SubscriptionImport,
} from './subscription-import.ts';
import { createSubscriptionIntake, type SubscriptionIntake } from './subscription-intake.ts';
import { createSubscriptionList, type SubscriptionList } from './subscription-list.ts';

export interface SubscriptionService
  extends SubscriptionList, SubscriptionImport, SubscriptionIntake, SubscriptionPeople {
  /** Makes searching fast, in the background; to be poked now and then, and stopped with the engine. */
  readonly searchIndexer: SearchIndexer;
  readonly importStream: ImportStreams;
  /** What is known about people, for erasing them. */
  readonly people: Pick<PeopleWriter, 'forget'>;
  readonly acts: Acts;
  readonly exportFile: ExportFiles;
  /** The text of an export, for streaming it. */
  openExport(input: ExportInput, signal: AbortSignal): Promise<OpenExport>;
  readonly tagged: SubscriptionTags;
}

export type { SearchIndexer };

export interface OpenExport {
  readonly count: number;
  readonly pieces: AsyncIterable<{ text: string; rows: number }>;
}

export interface SubscriptionServiceOptions {
  db: WritableDb;
  sums: SubscriptionSums;
  moves: SubscriptionMoves;
  selection: SubscriptionSelection;
  /** The public key of a key pair; `null`: there is none with that id. */
  publicKeyOf: (id: KeyPairId) => string | null;
  /** The key of the subscribe page at the moment; `null`: none. */
  keyInUse: () => string | null;
  /** Whether endpoints at private addresses are accepted at the moment (design §6). */
  privateEndpointsAllowed: () => boolean;
  /** The worker that reads imports, whose location the engine's entry point knows. */
  readImportFile: URL;
  /** `null` without a desktop. */
  desktop: Host['desktop'] | null;
  /** Called with the reason when the store refuses background work, and with `null` once it accepts it again. */
  onStoreTrouble?: ((error: unknown) => void) | undefined;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
}

export function createSubscriptionService(options: SubscriptionServiceOptions): SubscriptionService {
  const { db, privateEndpointsAllowed, readImportFile, changes, clock, log } = options;
  const factStore = createFactStore(db);
  const facts = createFacts(factStore);
  const peopleStore = createPeopleStore(db);
  const people = createPeopleWriter({ store: peopleStore, facts });
  const store = createSubscriptionStore(db, facts.tagNames);
  const checks = () => ({
    isPointOnCurve,
    isPrivateHost,
    allowPrivateEndpoints: privateEndpointsAllowed(),
  });
  const bits = createSearchBitStore(db);
  const searchIndexer = createSearchIndexer({ bits, onStoreTrouble: options.onStoreTrouble, log });
  const written = { db, store, changes, clock, log };
  const pieceImport = createPieceImport({
    ...written,
    batches: createSubscriptionBatchStore(db),
    people,
    facts,
    privateEndpointsAllowed,
    workerFile: readImportFile,
    onImported: searchIndexer.poke,
  });
  const { selection } = options;
  const actRows = createActRowStore(db);
  const mustHaveKey = (id: KeyPairId | null): string | null => {
    const publicKey = id === null ? null : options.publicKeyOf(id);
    if (id !== null && publicKey === null) throw keyPairUnknown();
    return publicKey;
  };
  const acts = createActs({
    db,
    store: createActStore(db),
    tools: { rows: actRows, store, people, facts, publicKeyOf: mustHaveKey, now: () => clock.now() },
    selection,
    expireDue: () => {
      options.sums.expireDue();
    },
    changes,
    log,
  });
  const exports = createExportStore(db, facts.tagNames);
  const openExport = async (input: ExportInput, signal: AbortSignal): Promise<OpenExport> => {
    options.sums.expireDue();
    const chosen = await chooseRows(input.target, selection, (ids) => actRows.existing(ids), signal);
    return { count: chosen.count, pieces: exportPieces(chosen, input, exports, signal) };
  };
  return {
    searchIndexer,
    people,
    acts,
    openExport,
    exportFile: createExportFiles({
      desktop: options.desktop,
      open: openExport,
      now: () => clock.now(),
      log,
    }),
    tagged: createSubscriptionTags({ db, facts, store: factStore, people, acts, selection, changes }),
    importStream: createImportStreams({ pieces: pieceImport, desktop: options.desktop, clock }),
    ...createSubscriptionIntake({
      ...written,
      moves: options.moves,
      keyInUse: options.keyInUse,
      checks,
      people,
      pagePeople: createPagePeople({ store: factStore, facts }),
    }),
    ...createSubscriptionImport(pieceImport),
    ...createSubscriptionPeople({
      db,
      store,
      people,
      facts,
      history: createStateChangeStore(db),
      checks,
      changes,
      clock,
    }),
    ...createSubscriptionList({
      db,
      store,
      pages: createSubscriptionPageStore(db, facts.tagNames),
      selection: options.selection,
      exports,
      idsOfExternal: (externalIds) => peopleStore.withExternalIds(externalIds) as SubscriptionId[],
      sums: options.sums,
      publicKeyOf: options.publicKeyOf,
      changes,
      clock,
    }),
  };
}

function keyPairUnknown(): Refusal {
  return new Refusal('NOT_FOUND', {
    code: 'key-pair-unknown',
    cause: 'This key pair no longer exists.',
    cure: 'Choose another key pair.',
    field: 'keyPairId',
  });
}
