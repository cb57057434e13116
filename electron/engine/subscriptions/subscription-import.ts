import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import { Refusal } from '../../contract/problem.ts';
import type {
  ImportPreview,
  importResultSchema,
  importSubscriptionsInputSchema,
} from '../../contract/subscription.ts';
import { assertNever } from '../../core/assert-never.ts';
import { decodeBase64 } from '../../core/base64url.ts';
import { checkSubscription, type SubscriptionChecks } from '../../core/subscription-check.ts';
import { readSubscriptionText } from '../../core/subscription-text.ts';
import type { ChangeHub } from '../change-hub.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { WritableDb } from '../store/database.ts';
import type { SubscriptionStore } from '../store/subscription-store.ts';
import { asNew, merge, type Arrival, type Merged } from './merge.ts';

type ImportInput = z.infer<typeof importSubscriptionsInputSchema>;
type BadRow = ImportPreview['bad'][number];

/** What a person pastes or picks from a file. One bad row never stops the rest. */
export interface SubscriptionImport {
  /** Reads everything and stores nothing. @throws Refusal BAD_INPUT for a public key that is none */
  previewImport(input: ImportInput, signal?: AbortSignal): Promise<ImportPreview>;
  /**
   * Stores the good rows in batches. When the signal is given, those that are stored stay.
   * @throws Refusal BAD_INPUT for a public key that is none
   */
  import(input: ImportInput, signal?: AbortSignal): Promise<z.infer<typeof importResultSchema>>;
}

export interface SubscriptionImportOptions {
  db: WritableDb;
  store: SubscriptionStore;
  /** Read for each import: the settings may change. */
  checks: () => SubscriptionChecks;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
  /** Told after each import, whatever came of it. */
  onImported: () => void;
}

/** Rows between two turns of the event loop, so that the server and the windows get theirs. */
const BATCH_ROWS = 500;
const BAD_SHOWN = 200;
const REMARKS_SHOWN = 200;
const SAMPLE_ROWS = 20;

interface GoodRow {
  readonly line: number;
  readonly arrival: Arrival;
}

export function createSubscriptionImport({
  db,
  store,
  checks,
  changes,
  clock,
  log,
  onImported,
}: SubscriptionImportOptions): SubscriptionImport {
  /** Hands over the good rows, batch by batch, and the bad ones as they come. */
  const read = async (
    { text, publicKey }: ImportInput,
    signal: AbortSignal | undefined,
    onBad: (row: BadRow) => void,
    onGood: (rows: GoodRow[]) => void,
  ): Promise<void> => {
    const current = checks();
    if (publicKey !== null) mustBePoint(publicKey, current);
    let batch: GoodRow[] = [];
    let seen = 0;
    for (const row of readSubscriptionText(text)) {
      switch (row.kind) {
        case 'bad':
          onBad({ line: row.line, problem: row.problem, excerpt: row.excerpt });
          break;
        case 'row': {
          const check = checkSubscription(row.value, current);
          if (check.kind === 'good') {
            const arrival: Arrival = { subscription: check.subscription, publicKey, source: 'import' };
            batch.push({ line: row.line, arrival });
          } else onBad({ line: row.line, problem: check.problem, excerpt: row.value.endpoint.slice(0, 100) });
          break;
        }
        default:
          assertNever(row);
      }
      seen += 1;
      if (seen % BATCH_ROWS !== 0) continue;
      onGood(batch);
      batch = [];
      await nextTurn();
      signal?.throwIfAborted();
    }
    onGood(batch);
  };

  return {
    async previewImport(input, signal) {
      const preview: ImportPreview = {
        newCount: 0,
        knownCount: 0,
        repeatedCount: 0,
        badCount: 0,
        bad: [],
        remarks: [],
        sample: [],
      };
      const endpoints = new Set<string>();
      const remark = (line: number, text: string | null) => {
        if (text !== null && preview.remarks.length < REMARKS_SHOWN) preview.remarks.push({ line, text });
      };
      const look = ({ line, arrival }: GoodRow) => {
        const { endpoint, pushService } = arrival.subscription;
        remark(line, arrival.subscription.remark);
        if (endpoints.has(endpoint)) {
          preview.repeatedCount += 1;
          return;
        }
        endpoints.add(endpoint);
        const known = store.byEndpoint(endpoint);
        if (known === null) preview.newCount += 1;
        else {
          preview.knownCount += 1;
          remark(line, describe(merge(known, arrival, clock.now())));
        }
        if (preview.sample.length < SAMPLE_ROWS) {
          preview.sample.push({ line, endpoint, pushService, known: known !== null });
        }
      };
      const onBad = (row: BadRow) => {
        preview.badCount += 1;
        if (preview.bad.length < BAD_SHOWN) preview.bad.push(row);
      };
      await read(input, signal, onBad, (rows) => {
        rows.forEach(look);
      });
      return preview;
    },

    async import(input, signal) {
      const result = { addedCount: 0, updatedCount: 0, badCount: 0 };
      const counted = new Set<string>();
      const keep = ({ arrival }: GoodRow) => {
        const now = clock.now();
        const { endpoint } = arrival.subscription;
        const isRepeated = counted.has(endpoint);
        counted.add(endpoint);
        if (store.addNew(asNew(arrival, now), 'import', now)) {
          result.addedCount += 1;
          return;
        }
        const known = store.byEndpoint(endpoint);
        if (known === null) throw new Error('A known subscription cannot be found.');
        store.replace(known.id, merge(known, arrival, now).values, now);
        if (!isRepeated) result.updatedCount += 1;
      };
      try {
        await read(
          input,
          signal,
          () => {
            result.badCount += 1;
          },
          (rows) => {
            if (rows.length === 0) return;
            db.transaction(() => {
              rows.forEach(keep);
            });
            changes.publish('subscriptions', 'keys');
          },
        );
      } finally {
        log.info(result, 'imported subscriptions');
        onImported();
      }
      return result;
    },
  };
}

function describe({ remark }: Merged): string | null {
  switch (remark) {
    case null:
      return null;
    case 'comes-back':
      return 'Known, but retired or in the bin: the import makes it active again.';
    case 'stays-unsubscribed':
      return 'Known, and the person has unsubscribed: it stays unsubscribed.';
    default:
      return assertNever(remark);
  }
}

function mustBePoint(publicKey: string, checks: SubscriptionChecks): void {
  const bytes = decodeBase64(publicKey);
  if (bytes !== null && checks.isPointOnCurve(bytes)) return;
  throw new Refusal('BAD_INPUT', {
    code: 'public-key-malformed',
    cause: 'The public key is not a point on the curve P-256.',
    cure: 'Choose one of your key pairs, or leave the key open.',
    field: 'publicKey',
  });
}
