import type { Person } from '../../../../contract/people.ts';
import type {
  ColumnMapping,
  ImportColumn,
  ImportPreview,
  ImportReason,
  ImportUnsubscribed,
} from '../../../../contract/subscription-import.ts';
import { assertNever } from '../../../../core/assert-never.ts';
import {
  checkSubscription,
  type SubscriptionChecks,
} from '../../../../core/subscription/subscription-check.ts';
import {
  createSubscriptionTextReader,
  type FoundSubscription,
  type SubscriptionTextRow,
} from '../../../../core/subscription/subscription-text.ts';
import { isPointOnCurve } from '../../../keys/curve.ts';
import { isPrivateHost } from '../../../net/private-address.ts';
import { endpointKeyHex } from '../../../store/endpoint-key.ts';
import { packPeople } from '../batch-people.ts';
import { keyOf, packRow, type PackedRow, type SubscriptionBatch } from '../batch-row.ts';
import { liveState } from '../merge.ts';
import { importColumns, SAMPLE_ROWS } from '../../../../core/subscription/table-columns.ts';
import { createReasons, LINES_NAMED } from './reasons.ts';
import { KEY_DIGITS, orderByKey } from './order-by-key.ts';

export type BadRow = ImportPreview['bad'][number];

/** How many bad rows are listed; the rest are only counted. */
export const BAD_SHOWN = 200;

/** What a piece of the text has brought. */
export interface ReadRows {
  /** In the order of the text, except as `mostOrdered` says. */
  readonly batches: SubscriptionBatch[];
  readonly badCount: number;
  /** The first bad rows, until `BAD_SHOWN` of the whole text have been listed. */
  readonly bad: BadRow[];
  /** Why the rows of this piece are bad. */
  readonly reasons: ImportReason[];
  readonly otherCount: number;
  /** The unsubscribed rows of this piece, and whether they are among its rows or were left out. */
  readonly unsubscribed: ImportUnsubscribed | null;
  /** For a table, once its first rows have been read. */
  readonly columns: ImportColumn[] | null;
  readonly isOver: boolean;
}

export interface RowReaderOptions {
  allowPrivateEndpoints: boolean;
  /** Rows per batch; only the last has fewer. */
  batchRows: number;
  /**
   * Up to this many rows are put in the order of their keys before they are cut into batches. The first batch stays as it is, so that a
   * short list is stored in its own order; 0: all batches stay as they are.
   */
  mostOrdered: number;
  /** What becomes of the columns of a table. */
  mapping?: ColumnMapping | undefined;
  /** Also accepts rows that the text marks as unsubscribed. */
  includeUnsubscribed?: boolean | undefined;
  /** Lists all bad rows, not just the first ones. */
  tellsAllBad?: boolean;
}

/** As flat texts: tens of thousands of rows wait, and each garbage collection would copy objects around. */
interface WaitingRow {
  /** The first digits of its key. */
  readonly key: string;
  /** A packed row as JSON. */
  readonly json: string;
  readonly line: number;
  /** As JSON; `null`: nothing is known. */
  readonly person: string | null;
}

/** Reads and checks text that comes in pieces. */
export interface RowReader {
  /** @param now anything that ends by now has expired; milliseconds since 1970 */
  push(piece: string, now: number): ReadRows;
  /** The text is over: gives the rest. To be called until the answer says that nothing is left. */
  end(now: number): ReadRows;
}

/** @param isPoint tells whether 65 bytes are a point on the curve */
export function createRowReader(options: RowReaderOptions, isPoint = isPointOnCurve): RowReader {
  const { allowPrivateEndpoints, batchRows, mostOrdered } = options;
  const checks: SubscriptionChecks = {
    isPointOnCurve: isPoint,
    isPrivateHost: rememberHosts(isPrivateHost),
    allowPrivateEndpoints,
  };
  const table = {
    columns: [] as readonly string[],
    readAs: [] as readonly string[],
    rows: [] as (readonly string[])[],
    isTold: false,
  };
  const text = createSubscriptionTextReader({
    mapping: options.mapping ?? {},
    onTable: ({ columns, readAs }) => Object.assign(table, { columns, readAs }),
    onTableRow: (cells) => {
      if (table.rows.length < SAMPLE_ROWS) table.rows.push(cells);
    },
  });
  const columnsNow = (isLast: boolean): ImportColumn[] | null => {
    const isKnown = table.columns.length > 0 && (isLast || table.rows.length === SAMPLE_ROWS);
    if (!isKnown || table.isTold) return null;
    table.isTold = true;
    return importColumns(table, table.rows);
  };
  let waiting: WaitingRow[] = [];
  /**
   * Rows in order, one batch each. They are handed over as others come in, so that nobody has to hold more than what was collected at once,
   * and the side that stores them always has something to do.
   */
  let ready: WaitingRow[][] = [];
  let sinceHandedOver = 0;
  let told = 0;
  let isEnded = false;
  /** How many rows to collect. The number grows to the number ordered at once, so that storing begins immediately for a short import. */
  let wanted = batchRows;

  const close = () => {
    const isOrdered = mostOrdered > 0 && waiting.length > batchRows;
    const inOrder = isOrdered ? orderByKey(waiting, ({ key }) => key) : waiting;
    for (let at = 0; at < inOrder.length; at += batchRows) ready.push(inOrder.slice(at, at + batchRows));
    waiting = [];
    sinceHandedOver = batchRows;
    wanted = Math.max(wanted, Math.min(2 * wanted, mostOrdered));
  };

  const read = (rows: readonly SubscriptionTextRow[], isLast: boolean, now: number): ReadRows => {
    const batches: SubscriptionBatch[] = [];
    const bad: BadRow[] = [];
    const reasons = createReasons();
    let badCount = 0;
    let otherCount = 0;
    let unsubscribed: ImportUnsubscribed | null = null;
    const handOver = () => {
      const [rowsOfBatch, ...others] = ready;
      if (rowsOfBatch !== undefined) batches.push(packBatch(rowsOfBatch));
      ready = others;
      sinceHandedOver = 0;
    };
    for (const row of rows) {
      if (row.kind === 'other') {
        otherCount += 1;
        continue;
      }
      const checked = checkRow(row, checks, now);
      if (checked.kind === 'good' && row.kind === 'row' && row.left !== null) {
        unsubscribed ??= { count: 0, lines: [], mark: row.left };
        unsubscribed.count += 1;
        if (unsubscribed.lines.length < LINES_NAMED) unsubscribed.lines.push(row.line);
        if (options.includeUnsubscribed !== true) continue;
      }
      if (checked.kind === 'good') {
        const { packed, person } = checked;
        waiting.push({
          key: keyOf(packed).slice(0, KEY_DIGITS),
          json: JSON.stringify(packed),
          line: row.line,
          person: person === null ? null : JSON.stringify(person),
        });
        sinceHandedOver += 1;
        if (waiting.length === wanted) {
          while (ready.length > 0) handOver();
          close();
        }
        if (ready.length > 0 && sinceHandedOver >= batchRows) handOver();
        continue;
      }
      badCount += 1;
      reasons.add(checked.row);
      if (told >= BAD_SHOWN && options.tellsAllBad !== true) continue;
      told += 1;
      bad.push(checked.row);
    }
    if (isLast) {
      if (waiting.length > 0) close();
      if (ready.length > 0) handOver();
    }
    return {
      batches,
      badCount,
      bad,
      reasons: reasons.list(),
      otherCount,
      unsubscribed,
      columns: columnsNow(isLast),
      isOver: isLast && ready.length === 0,
    };
  };

  return {
    push: (piece, now) => read(text.push(piece), false, now),
    end(now) {
      const rows = isEnded ? [] : text.end();
      isEnded = true;
      return read(rows, true, now);
    },
  };
}

function checkRow(
  row: FoundSubscription | Extract<SubscriptionTextRow, { kind: 'bad' }>,
  checks: SubscriptionChecks,
  now: number,
): { kind: 'good'; packed: PackedRow; person: Person | null } | { kind: 'bad'; row: BadRow } {
  switch (row.kind) {
    case 'bad':
      return { kind: 'bad', row: { line: row.line, problem: row.problem, excerpt: row.excerpt } };
    case 'row': {
      const check = checkSubscription(row.value, checks);
      if (check.kind === 'bad') {
        const excerpt = row.value.endpoint.slice(0, 100);
        return { kind: 'bad', row: { line: row.line, problem: check.problem, excerpt } };
      }
      const { endpoint, pushService, p256dh, auth, expirationTime } = check.subscription;
      const marked = row.left === null ? null : `Marked as unsubscribed: ${row.left}.`;
      const remark =
        [marked, row.remark, check.subscription.remark].filter((one) => one !== null).join(' ') || null;
      const state = liveState(expirationTime, now);
      const key = endpointKeyHex(endpoint);
      return {
        kind: 'good',
        packed: packRow({
          endpoint,
          key,
          pushService,
          p256dh,
          auth,
          state,
          expirationTime,
          remark,
          publicKey: row.publicKey,
          addedAt: row.addedAt,
        }),
        person: row.person,
      };
    }
    default:
      return assertNever(row);
  }
}

function packBatch(rows: readonly WaitingRow[]): SubscriptionBatch {
  return {
    json: `[${rows.map(({ json }) => json).join(',')}]`,
    count: rows.length,
    lines: rows.map(({ line }) => line),
    people: packPeople(rows.map(({ person }) => (person === null ? null : (JSON.parse(person) as Person)))),
  };
}

/** The rows of an import live at a handful of hosts, and parsing addresses is an expensive part of checking. */
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
