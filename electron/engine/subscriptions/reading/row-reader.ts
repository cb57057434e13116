import type { ImportPreview } from '../../../contract/subscription.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { checkSubscription, type SubscriptionChecks } from '../../../core/subscription-check.ts';
import { createSubscriptionTextReader, type SubscriptionTextRow } from '../../../core/subscription-text.ts';
import { isPointOnCurve } from '../../keys/curve.ts';
import { isPrivateHost } from '../../net/private-address.ts';
import { endpointKeyHex } from '../../store/endpoint-key.ts';
import { packRow, type PackedRow, type SubscriptionBatch } from '../../store/batch-row.ts';
import { liveState } from '../merge.ts';

export type BadRow = ImportPreview['bad'][number];

/** How many bad rows are told; the rest is counted only. */
export const BAD_SHOWN = 200;

/** What a piece of the text has brought. */
export interface ReadRows {
  /** In the order of the text. */
  readonly batches: SubscriptionBatch[];
  readonly badCount: number;
  /** The first of them, as long as not `BAD_SHOWN` of the whole text have been told. */
  readonly bad: BadRow[];
}

export interface RowReaderOptions {
  allowPrivateEndpoints: boolean;
  /** Rows of a batch; only the last has fewer. */
  batchRows: number;
}

/** Reads and checks text that comes in pieces. */
export interface RowReader {
  /** @param now what counts as over by now has expired; milliseconds since 1970 */
  push(piece: string, now: number): ReadRows;
  /** The text is over: the rest. */
  end(now: number): ReadRows;
}

export function createRowReader({ allowPrivateEndpoints, batchRows }: RowReaderOptions): RowReader {
  const checks: SubscriptionChecks = {
    isPointOnCurve,
    isPrivateHost: rememberHosts(isPrivateHost),
    allowPrivateEndpoints,
  };
  const text = createSubscriptionTextReader();
  let waiting: PackedRow[] = [];
  let lines: number[] = [];
  let told = 0;

  const read = (rows: readonly SubscriptionTextRow[], isLast: boolean, now: number): ReadRows => {
    const batches: SubscriptionBatch[] = [];
    const bad: BadRow[] = [];
    let badCount = 0;
    const close = () => {
      batches.push({ json: JSON.stringify(waiting), count: waiting.length, lines });
      waiting = [];
      lines = [];
    };
    for (const row of rows) {
      const checked = checkRow(row, checks, now);
      if (checked.kind === 'good') {
        waiting.push(checked.row);
        lines.push(row.line);
        if (waiting.length === batchRows) close();
        continue;
      }
      badCount += 1;
      if (told >= BAD_SHOWN) continue;
      told += 1;
      bad.push(checked.row);
    }
    if (isLast && waiting.length > 0) close();
    return { batches, badCount, bad };
  };

  return {
    push: (piece, now) => read(text.push(piece), false, now),
    end: (now) => read(text.end(), true, now),
  };
}

function checkRow(
  row: SubscriptionTextRow,
  checks: SubscriptionChecks,
  now: number,
): { kind: 'good'; row: PackedRow } | { kind: 'bad'; row: BadRow } {
  switch (row.kind) {
    case 'bad':
      return { kind: 'bad', row: { line: row.line, problem: row.problem, excerpt: row.excerpt } };
    case 'row': {
      const check = checkSubscription(row.value, checks);
      if (check.kind === 'bad') {
        const excerpt = row.value.endpoint.slice(0, 100);
        return { kind: 'bad', row: { line: row.line, problem: check.problem, excerpt } };
      }
      const { endpoint, pushService, p256dh, auth, expirationTime, remark } = check.subscription;
      const state = liveState(expirationTime, now);
      const key = endpointKeyHex(endpoint);
      return {
        kind: 'good',
        row: packRow({ endpoint, key, pushService, p256dh, auth, state, expirationTime, remark }),
      };
    }
    default:
      return assertNever(row);
  }
}

/** The rows of an import live at a handful of hosts, and parsing addresses is a dear part of a check. */
function rememberHosts(isPrivate: (hostname: string) => boolean): (hostname: string) => boolean {
  const known = new Map<string, boolean>();
  return (hostname) => {
    const remembered = known.get(hostname);
    if (remembered !== undefined) return remembered;
    const answer = isPrivate(hostname);
    // A hostile list has a new host in each row.
    if (known.size < 1000) known.set(hostname, answer);
    return answer;
  };
}
