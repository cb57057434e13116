import { emitRecords } from './emit-records.ts';
import { endpointsIn } from './endpoints-with-keys.ts';
import { hasOddSpaces } from './plain-spaces.ts';
import { createFieldRoles, type FieldRoles } from './record/field-role.ts';
import { NOTHING_BESIDE, type FoundSubscription, type SubscriptionTextRow } from './region.ts';
import type { TableFinding } from './table-joins.ts';
import { MAX_LINE, readLine, USUAL_START } from './subscription-line.ts';
import type { SubscriptionTextReader } from './text-reader.ts';

/** What may come before the first of such lines: a byte order mark, and a bracket on a line of its own. */
const OPENING = /^\uFEFF?(?:\[\r?\n)?/;
const OPENINGS = ['\uFEFF[\r\n', '\uFEFF[\n', '[\r\n', '[\n'];

/**
 * Reads the lines at the start of a text that are one subscription each, as in an export of any length, and leaves everything from the
 * first other line on to a reader that takes any form: that one takes twice the time for such a line, since it looks for what may be
 * broken, cut off or around it.
 *
 * @param create makes that reader. It also gets the line before, which shows what kind of text this is.
 */
export function withPlainLines(create: () => SubscriptionTextReader): SubscriptionTextReader {
  const roles = createFieldRoles();
  /** What has not been read yet, the line that it begins with, and whether the row of that one is out already. */
  let held = '';
  let line = 1;
  let isOut = false;
  /** `null`: not known yet. */
  let opening: string | null = null;
  let last: string | null = null;
  let others: SubscriptionTextReader | null = null;
  /** How many lines came before those that the other reader knows. */
  let linesBefore = 0;
  /** Whether it will give a row first that is out. */
  let isRepeating = false;

  const isList = () => opening?.includes('[') === true;

  const fromOthers = (rows: SubscriptionTextRow[]): SubscriptionTextRow[] => {
    const own = isRepeating ? rows.slice(1) : rows;
    if (rows.length > 0) isRepeating = false;
    return linesBefore === 0 ? own : own.map((row) => ({ ...row, line: row.line + linesBefore }));
  };

  /** Creates the other reader, and returns what it has to read. */
  const handOver = (): [reader: SubscriptionTextReader, text: string] => {
    const known = isOut ? '' : last === null ? null : `${last}\n`;
    isRepeating = known !== null;
    if (known !== null) linesBefore = isOut ? line - 1 : line - 2;
    const before = known === null ? (opening ?? '') : (isList() ? '[' : '') + known;
    const text = before + held;
    held = '';
    return [create(), text];
  };

  const readLines = (): SubscriptionTextRow[] => {
    const rows: SubscriptionTextRow[] = [];
    let at = 0;
    for (let end = held.indexOf('\n'); end !== -1; end = held.indexOf('\n', at)) {
      const text = held.slice(at, end);
      const row = readPlainLine(text, line, roles);
      if (row === null) break;
      if (!isOut) rows.push(row);
      isOut = false;
      last = text;
      line += 1;
      at = end + 1;
    }
    held = held.slice(at);
    return rows;
  };

  /** The row of a line of which all but its end is here. */
  const readStart = (): SubscriptionTextRow[] => {
    const row = isOut || !held.endsWith('}') ? null : readPlainLine(held, line, roles);
    isOut ||= row !== null;
    return row === null ? [] : [row];
  };

  return {
    push(piece) {
      if (others !== null) return fromOthers(others.push(piece));
      held += piece;
      if (opening === null) {
        if (OPENINGS.some((one) => one.startsWith(held))) return [];
        opening = OPENING.exec(held)?.[0] ?? '';
        held = held.slice(opening.length);
        if (isList()) line += 1;
      }
      const rows = readLines();
      const mayBePlain = held.length <= MAX_LINE && !held.includes('\n') && isStartOf(held, USUAL_START);
      if (mayBePlain) return [...rows, ...readStart()];
      const [reader, text] = handOver();
      others = reader;
      return [...rows, ...fromOthers(reader.push(text))];
    },
    end() {
      if (others !== null) return fromOthers(others.end());
      const isRead = held === '' ? last !== null : isOut && readPlainLine(held, line, roles) !== null;
      // A list may not be closed.
      if (isRead && !isList()) return [];
      const [reader, text] = handOver();
      others = reader;
      return [...fromOthers(reader.push(text)), ...fromOthers(reader.end())];
    },
  };
}

const isStartOf = (text: string, start: string): boolean => text.startsWith(start) || start.startsWith(text);

/** The subscription that a line is; `null`: it is something else, or not that alone. */
function readPlainLine(whole: string, line: number, roles: FieldRoles): FoundSubscription | null {
  const text = whole.endsWith('\r') ? whole.slice(0, -1) : whole;
  // A CR ends a line.
  if (!text.startsWith(USUAL_START) || text.includes('\r') || hasOddSpaces(text)) return null;
  if (isAddressTwice(text) && endpointsIn(text).length > 1) return null;
  const read = readLine(text, 0, text.length);
  if (read === null) return null;
  if (read.standard !== null) return { kind: 'row', line, value: read.standard, ...NOTHING_BESIDE };
  const rows: (SubscriptionTextRow | TableFinding)[] = [];
  const region = {
    text,
    start: 0,
    end: text.length,
    inList: false,
    lines: { lineAt: () => line },
    emit: (row: SubscriptionTextRow | TableFinding) => rows.push(row),
    reach: { to: 0 },
    roles,
  };
  emitRecords(region, 0, read.value);
  const [row] = rows;
  return rows.length === 1 && row?.kind === 'row' ? row : null;
}

const isAddressTwice = (text: string): boolean => text.indexOf('https') !== text.lastIndexOf('https');
