import type { ImportPreview, ImportUnsubscribed } from '../../../contract/subscription-import.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { keyOf, packedRowsOf, unpackRow, type PackedRow, type SubscriptionBatch } from './batch-row.ts';
import type { SubscriptionBatchStore } from './subscription-batch-store.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { createKeySet } from './key-set.ts';
import { arrivalOf, merge, type Merged } from './merge.ts';
import { createReasons, LINES_NAMED } from './reading/reasons.ts';
import type { ReadRows } from './reading/row-reader.ts';

const REMARKS_SHOWN = 200;
const SAMPLE_ROWS = 20;

/** Adds up what an import would do, and stores nothing. */
export interface RowPreview {
  /** What a piece has brought, without its rows. */
  add(rows: Omit<ReadRows, 'batches'>): void;
  addBatch(batch: SubscriptionBatch): void;
  readonly preview: ImportPreview;
}

export interface RowPreviewOptions {
  store: Pick<SubscriptionStore, 'byEndpoint'>;
  batches: Pick<SubscriptionBatchStore, 'known'>;
  publicKey: string | null;
  now: () => number;
}

export function createRowPreview({ store, batches, publicKey, now }: RowPreviewOptions): RowPreview {
  const preview: ImportPreview = {
    newCount: 0,
    knownCount: 0,
    repeatedCount: 0,
    badCount: 0,
    otherCount: 0,
    unsubscribed: null,
    reasons: [],
    columns: null,
    bad: [],
    remarks: [],
    sample: [],
  };
  const seen = createKeySet();
  const reasons = createReasons();

  const remark = (line: number, text: string | null) => {
    if (text !== null && preview.remarks.length < REMARKS_SHOWN) preview.remarks.push({ line, text });
  };

  const look = (packed: PackedRow, line: number, isKnown: boolean) => {
    const isFirst = seen.add(keyOf(packed));
    // Nearly every row of a large file is like this: nothing of it is shown.
    if (typeof packed === 'string' && !isKnown && preview.sample.length >= SAMPLE_ROWS) {
      if (isFirst) preview.newCount += 1;
      else preview.repeatedCount += 1;
      return;
    }
    const row = unpackRow(packed);
    const { endpoint, pushService } = row;
    remark(line, row.remark);
    if (!isFirst) {
      preview.repeatedCount += 1;
      return;
    }
    const known = isKnown && preview.remarks.length < REMARKS_SHOWN ? store.byEndpoint(endpoint) : null;
    if (known !== null) remark(line, describe(merge(known, arrivalOf(row, publicKey), now())));
    if (isKnown) preview.knownCount += 1;
    else preview.newCount += 1;
    if (preview.sample.length < SAMPLE_ROWS) {
      preview.sample.push({ line, endpoint, pushService, known: isKnown });
    }
  };

  const lookAt = (batch: SubscriptionBatch) => {
    const known = batches.known(batch);
    packedRowsOf(batch).forEach((packed, index) => {
      look(packed, batch.lines[index] ?? 0, known.size > 0 && known.has(keyOf(packed)));
    });
  };

  return {
    preview,
    addBatch: lookAt,
    add({ badCount, bad, reasons: more, otherCount, unsubscribed, columns }) {
      preview.badCount += badCount;
      preview.otherCount += otherCount;
      preview.unsubscribed = sumOf(preview.unsubscribed, unsubscribed);
      preview.columns ??= columns;
      reasons.merge(more);
      preview.reasons = reasons.list();
      preview.bad.push(...bad);
    },
  };
}

function sumOf(one: ImportUnsubscribed | null, other: ImportUnsubscribed | null): ImportUnsubscribed | null {
  if (one === null || other === null) return one ?? other;
  return {
    count: one.count + other.count,
    lines: [...one.lines, ...other.lines].slice(0, LINES_NAMED),
    mark: one.mark,
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
