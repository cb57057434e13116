import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import { Refusal } from '../../../contract/problem.ts';
import type {
  ColumnMapping,
  ImportPreview,
  ImportResult,
  importSubscriptionsInputSchema,
} from '../../../contract/subscription-import.ts';
import { decodeBase64 } from '../../../core/text/base64url.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import { isPointOnCurve } from '../../keys/curve.ts';
import type { Log } from '../../base/log.ts';
import { PartlyDone } from '../../base/partly-done.ts';
import type { WritableDb } from '../../store/database.ts';
import type { SubscriptionBatchStore } from './subscription-batch-store.ts';
import type { Facts } from './people/facts.ts';
import type { PeopleWriter } from './people/people-writer.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { createRowPreview } from './preview-rows.ts';
import { piecesOf, type Pieces } from './reading/pieces.ts';
import { readInline } from './reading/read-inline.ts';
import { readOnWorker } from './reading/read-on-worker.ts';
import type { BadRow, ReadRows } from './reading/row-reader.ts';
import { createRowKeeper } from './row-keeper.ts';

type ImportInput = z.infer<typeof importSubscriptionsInputSchema>;

/** What a person pastes. One bad row never stops the rest. */
export interface SubscriptionImport {
  /** Whether rows are being stored, whichever way they came. */
  isImporting(): boolean;
  /**
   * Reads everything and stores nothing.
   * @throws Refusal BAD_INPUT for a malformed public key
   */
  previewImport(input: ImportInput, signal?: AbortSignal): Promise<ImportPreview>;
  /**
   * Stores the good rows in batches. If the signal is aborted, what is stored stays.
   * @throws Refusal BAD_INPUT for a malformed public key; PartlyDone if it ended after some were stored
   */
  import(input: ImportInput, signal?: AbortSignal): Promise<ImportResult>;
}

/** The same for text of any length that comes in pieces. */
export interface PieceImport {
  /** Whether rows are being stored. */
  isImporting(): boolean;
  preview(pieces: Pieces, how: PieceImportHow): Promise<ImportPreview>;
  import(pieces: Pieces, how: PieceImportHow): Promise<ImportResult>;
  /** All rows that would be rejected, in the order of the text. */
  rejects(pieces: Pieces, how: PieceImportHow): AsyncIterable<readonly BadRow[]>;
}

export interface PieceImportHow {
  publicKey: string | null;
  /** Reads on the engine's own thread: for few rows. */
  isShort: boolean;
  signal: AbortSignal | undefined;
  /** What becomes of the columns of a table. */
  mapping?: ColumnMapping | undefined;
  /** Also accepts rows that the text marks as unsubscribed. */
  includeUnsubscribed?: boolean | undefined;
  /** Called after each batch with the counts so far. */
  onProgress?: (sofar: { good: number; bad: number }) => void;
}

export interface SubscriptionImportOptions {
  db: WritableDb;
  store: SubscriptionStore;
  batches: SubscriptionBatchStore;
  people: PeopleWriter;
  facts: Pick<Facts, 'tagIds'>;
  /** Read for each import: the settings may change. */
  privateEndpointsAllowed: () => boolean;
  /** The worker that reads, whose location the engine's entry point knows. */
  workerFile: URL;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
  /** Called after each import, whatever its outcome. */
  onImported: () => void;
}

/** Rows per transaction. On the engine's thread reading comes on top; from a worker, more at once write fewer pages. */
const BATCH_ROWS = { short: 500, long: 2000 };

/** A large import is stored in the order of its keys, some 10 MB at a time; meanwhile the next rows are read, up to 4 MB of text. */
const TO_STORE = { mostOrdered: 16_000, piecesAhead: 64 };
/** A preview keeps the order of the lines. */
const TO_LOOK = { mostOrdered: 0, piecesAhead: 24 };

/** Up to this length a paste is read on the engine's own thread, within some 50 ms. */
const SHORT_CHARACTERS = 1_000_000;

/** How often lists hear that there are more rows, in milliseconds: they are read again each time. */
const TELL_EVERY_MS = 500;

export function createPieceImport({
  db,
  store,
  batches,
  people,
  facts,
  privateEndpointsAllowed,
  workerFile,
  changes,
  clock,
  log,
  onImported,
}: SubscriptionImportOptions): PieceImport {
  const now = () => clock.now();

  const read = (
    pieces: Pieces,
    {
      isShort,
      mapping,
      includeUnsubscribed,
    }: Pick<PieceImportHow, 'isShort' | 'mapping' | 'includeUnsubscribed'>,
    {
      mostOrdered,
      piecesAhead,
      tellsAllBad = false,
    }: { mostOrdered: number; piecesAhead: number; tellsAllBad?: boolean },
  ): AsyncIterable<ReadRows> => {
    const reader = {
      allowPrivateEndpoints: privateEndpointsAllowed(),
      batchRows: isShort ? BATCH_ROWS.short : BATCH_ROWS.long,
      mostOrdered: isShort ? 0 : mostOrdered,
      mapping,
      includeUnsubscribed,
      tellsAllBad,
    };
    return isShort
      ? readInline(pieces, { reader, now })
      : readOnWorker(pieces, { workerFile, reader, piecesAhead, now, log });
  };

  let importing = 0;

  return {
    isImporting: () => importing > 0,

    async preview(pieces, how) {
      mustBePoint(how.publicKey);
      const rows = createRowPreview({ store, batches, publicKey: how.publicKey, now });
      const { preview } = rows;
      for await (const { batches: some, ...others } of read(pieces, how, TO_LOOK)) {
        rows.add(others);
        for (const batch of some) {
          rows.addBatch(batch);
          await nextTurn();
          how.signal?.throwIfAborted();
        }
        const { newCount, knownCount, repeatedCount } = preview;
        how.onProgress?.({ good: newCount + knownCount + repeatedCount, bad: preview.badCount });
        how.signal?.throwIfAborted();
      }
      return preview;
    },

    async *rejects(pieces, how) {
      let told = 0;
      for await (const { bad } of read(pieces, how, { ...TO_LOOK, tellsAllBad: true })) {
        how.signal?.throwIfAborted();
        told += bad.length;
        how.onProgress?.({ good: 0, bad: told });
        if (bad.length > 0) yield bad;
      }
    },

    async import(pieces, how) {
      mustBePoint(how.publicKey);
      const keeper = createRowKeeper({ db, store, batches, people, facts, publicKey: how.publicKey, now });
      const { result } = keeper;
      let toldAt = 0;
      let good = 0;
      const tell = () => {
        toldAt = now();
        changes.publish('subscriptions', 'keys', 'segments', 'tags');
      };
      const storeAll = async () => {
        for await (const { batches: some, badCount, unsubscribed } of read(pieces, how, TO_STORE)) {
          result.badCount += badCount;
          if (how.includeUnsubscribed !== true) result.unsubscribedCount += unsubscribed?.count ?? 0;
          for (const batch of some) {
            keeper.keep(batch);
            good += batch.count;
            if (now() - toldAt >= TELL_EVERY_MS) tell();
            how.onProgress?.({ good, bad: result.badCount });
            await nextTurn();
            how.signal?.throwIfAborted();
          }
          how.onProgress?.({ good, bad: result.badCount });
          how.signal?.throwIfAborted();
        }
      };
      importing += 1;
      try {
        await (how.isShort ? storeAll() : db.inBulk(storeAll));
        await db.flushed();
      } catch (error) {
        throw how.signal?.aborted === true ? error : withStored(error, result);
      } finally {
        importing -= 1;
        tell();
        log.info(result, 'imported subscriptions');
        onImported();
      }
      return result;
    },
  };
}

function withStored(error: unknown, { addedCount, updatedCount }: ImportResult): unknown {
  const count = addedCount + updatedCount;
  if (count === 0) return error;
  const stored = count === 1 ? '1 subscription was' : `${count.toLocaleString('en')} subscriptions were`;
  return new PartlyDone(
    error,
    `${stored} imported before that, and will not be added twice if you import them again.`,
  );
}

export function createSubscriptionImport(pieces: PieceImport): SubscriptionImport {
  const how = (
    { text, publicKey, mapping, includeUnsubscribed }: ImportInput,
    signal: AbortSignal | undefined,
  ): PieceImportHow => ({
    publicKey,
    mapping,
    includeUnsubscribed,
    isShort: text.length <= SHORT_CHARACTERS,
    signal,
  });
  return {
    isImporting: () => pieces.isImporting(),
    previewImport: (input, signal) => pieces.preview(piecesOf(input.text), how(input, signal)),
    import: (input, signal) => pieces.import(piecesOf(input.text), how(input, signal)),
  };
}

function mustBePoint(publicKey: string | null): void {
  if (publicKey === null) return;
  const bytes = decodeBase64(publicKey);
  if (bytes !== null && isPointOnCurve(bytes)) return;
  throw new Refusal('BAD_INPUT', {
    code: 'public-key-malformed',
    cause: 'The public key is not a point on the curve P-256.',
    cure: 'Choose one of your key pairs, or “Not known”.',
    field: 'publicKey',
  });
}
