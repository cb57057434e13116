/** Lines of a drawn table that are one row. */
export interface DrawnRow {
  readonly cells: string[];
  /** How many lines it takes. */
  readonly height: number;
}

const NEWLINE_MARK = /[+↵]$/;
const WRAP_MARK = /[.…]$/;
const WRAPPED_START = /^[.…]/;
/** What may continue an address: neither a sign for an empty value nor another address, of which only the start may be left. */
const REST_OF_URL = /^(?!https?:|ht{1,2}$|https?$|null$|none$|nil$|n\/a$)[\w%~.:/?=&+-]{2,}$/i;
/** A row must not grow without limit. */
const MAX_CELL = 200_000;

interface Pending {
  /** The cells put together so far. */
  parts: string[];
  /** The last line of each cell, with the space and the marks around it. */
  raw: readonly string[];
  height: number;
}

/**
 * Joins the lines of a row whose cells have several: psql marks the end of each with `+` or `↵`, and a break within a line with `.` or `…`
 * on both sides; other programs leave the cells beside it empty.
 *
 * @param raw the cells of a line, with the space around them
 * @param endpointColumn the column of the endpoint, which shows where a row begins; -1: not known
 * @returns `true`: it continues the row before it
 */
function goesOn(pending: Pending, raw: readonly string[], endpointColumn: number): boolean {
  if (raw.length > pending.raw.length) return false;
  let isMarked = false;
  for (const [index, before] of pending.raw.entries()) {
    const cell = raw[index] ?? '';
    if (isWrapped(before, cell) || hasNewlineMark(before, pending.raw.length)) isMarked = true;
    else if (cell.trim() !== '' && isMarked) return false;
  }
  if (isMarked) return true;
  // Each row begins its endpoint with https.
  const cell = plain(raw[endpointColumn] ?? '');
  if (/^['"]?https?:/.test(pending.parts[endpointColumn] ?? '') && REST_OF_URL.test(cell)) return true;
  const isFirstEmpty = raw.length > 1 && raw[0]?.trim() === '' && pending.parts[0] !== '';
  return (
    isFirstEmpty &&
    raw.some((cell) => cell.trim() !== '') &&
    !raw.some((cell) => /^\s*'?(?:https?:\/\/|\{\s*")/.test(cell))
  );
}

const isWrapped = (before: string, cell: string): boolean =>
  WRAP_MARK.test(before) && WRAPPED_START.test(cell);
/** In a table of one column only the end of its JSON distinguishes the mark from the text. */
const hasNewlineMark = (before: string, columns: number): boolean =>
  NEWLINE_MARK.test(before) && (columns > 1 || /[\s{}[\],"]\+$/.test(before) || before.endsWith('↵'));

export interface DrawnRows {
  /** @returns the row that ends with this line */
  line(raw: readonly string[]): DrawnRow | null;
  /** A rule or a blank line: the row that is being put together has ended. */
  end(): DrawnRow | null;
}

export function createDrawnRows(endpointColumn = -1): DrawnRows {
  let pending: Pending | null = null;
  const end = (): DrawnRow | null => {
    const row = pending === null ? null : { cells: pending.parts, height: pending.height };
    pending = null;
    return row;
  };
  return {
    line(raw) {
      if (pending !== null && goesOn(pending, raw, endpointColumn)) {
        join(pending, raw);
        return null;
      }
      const before = end();
      pending = { parts: raw.map(plain), raw, height: 1 };
      return before;
    },
    end,
  };
}

const plain = (cell: string): string => cell.trim();

function join(pending: Pending, raw: readonly string[]): void {
  const columns = pending.raw.length;
  pending.parts = pending.parts.map((text, index) => {
    const before = pending.raw[index] ?? '';
    const cell = raw[index] ?? '';
    if (text.length > MAX_CELL) return text;
    if (isWrapped(before, cell)) return text.replace(WRAP_MARK, '') + plain(cell.replace(WRAPPED_START, ''));
    if (hasNewlineMark(before, columns)) return `${text.replace(/\s*[+↵]$/, '')}\n${plain(cell)}`;
    if (plain(cell) === '') return text;
    return /^['"]?[[{]/.test(text) ? `${text}\n${plain(cell)}` : text + plain(cell);
  });
  pending.raw =
    raw.length < columns ? [...raw, ...Array.from({ length: columns - raw.length }, () => '')] : raw;
  pending.height += 1;
}
