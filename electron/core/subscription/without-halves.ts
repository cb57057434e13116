import {
  belowEmpty,
  cutAt,
  isBlank,
  mayBeCutAt,
  restOf,
  withBlank,
  type Cut,
  type Rest,
} from './cut-addresses.ts';
import { isSecretText } from './record/key-bytes.ts';
import { EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';
import type { SubscriptionTextReader } from './text-reader.ts';
import { MAY_GO_ON } from './wrapped-values.ts';

const SCHEME = 'https:';
/** A line break of HTML. */
const HTML_BREAK = /<br\s?\/?>/i;
/** No address and what is around it are longer. */
const MAX_LINE = 5000;
/** How much text may wait for the end of a line. */
const MAX_HELD = 64_000;
/** Rows do not come long after their text. */
const MAX_KNOWN = 100_000;
/** A longer line is not blank. */
const SHORT = 20;
/** Excerpts are shorter than endpoints. */
const START = 60;
/** What is said of such a row for lack of anything better. */
const FOR_LACK = new Set([
  'not-a-subscription',
  'form-unknown',
  'keys-missing',
  'keys-near',
  'unclear-pairs',
]);

/**
 * Refuses half endpoints, whatever reader took them: those that stand in the text at the end of a line, with something below that may be
 * their rest. The reader gets a line that ends with an address only once the next one is known.
 */
export function withoutHalves(reader: SubscriptionTextReader): SubscriptionTextReader {
  /** Halves with what is below them. */
  const halves = new Map<string, Pick<Rest, 'rest' | 'isWrapped'>>();
  const starts = new Set<string>();
  /** What the reader does not have yet; its last line begins at `lineStart`, unless the start of that is in `passed`. */
  let held = '';
  let lineStart = 0;
  let passed = '';
  /** The address that the last whole line ends with, and where that line begins. */
  let cut: Cut | null = null;
  let cutFrom = 0;
  /** Whether the line above is blank, or there is none. */
  let isBelowBlank = true;
  /** How much of `held` the reader has after all, and the rows that came of it. */
  let given = 0;
  let early: SubscriptionTextRow[] = [];

  /** What stands before a half may have the same endpoint, and whole. */
  const giveUpTo = (end: number) => {
    if (end <= given) return;
    for (const row of judgeAll(reader.push(held.slice(given, end)))) early.push(row);
    given = end;
  };
  const keep = (
    half: string,
    { rest, isWrapped = false }: { rest: string; isWrapped?: boolean },
    from: number,
  ) => {
    if (halves.size >= MAX_KNOWN || halves.get(half)?.rest === rest) return;
    // Only then, since the reader looks at much of what it has again with each piece.
    if (held.slice(given, from).includes(half.slice(0, START))) giveUpTo(from);
    halves.set(half, { rest, isWrapped });
    // Of a whole one above another's secret, the reader knows better what is wrong.
    if (!isSecretText(rest)) starts.add(half.slice(0, START));
  };
  const takeLine = (line: string) => {
    const found = cut === null ? null : restOf(cut, line);
    if (cut !== null && found !== null) {
      keep(cut.address, found, cutFrom);
      cut = found.cut;
      return;
    }
    cut = cut === null ? null : belowEmpty(cut, line);
    if (cut !== null) return;
    const at = line.indexOf(SCHEME);
    if (at === -1) return;
    cut = cutAt(line, isBelowBlank);
    cutFrom = lineStart;
    const blank = cut === null ? withBlank(line, at) : null;
    if (blank !== null) keep(blank.address, blank, lineStart);
  };
  const take = (whole: string) => {
    const line = whole.slice(-MAX_LINE);
    if (!line.includes('<') || !HTML_BREAK.test(line)) takeLine(line);
    else for (const part of line.split(HTML_BREAK)) if (part !== '') takeLine(part);
  };
  /** Looks at the lines that are whole. Most have no address, or a quote behind it, and need not be cut out of the text. */
  const takeLines = (isLast: boolean) => {
    let lf = held.indexOf('\n', lineStart);
    let cr = held.indexOf('\r', lineStart);
    let address = held.indexOf(SCHEME, lineStart);
    while (lf !== -1 || cr !== -1) {
      const end = lf === -1 || (cr !== -1 && cr < lf) ? cr : lf;
      // It may be the first half of CR LF.
      if (end === cr && end === held.length - 1 && !isLast) return;
      let isOfInterest = cut !== null || passed !== '';
      for (; address !== -1 && address < end; address = held.indexOf(SCHEME, address + 1))
        isOfInterest ||= mayBeCutAt(held, address);
      if (isOfInterest) take(passed + held.slice(lineStart, end));
      isBelowBlank = passed === '' && end - lineStart < SHORT && isBlank(held.slice(lineStart, end));
      passed = '';
      lineStart = end === cr && lf === end + 1 ? end + 2 : end + 1;
      if (lf !== -1 && lf < lineStart) lf = held.indexOf('\n', lineStart);
      if (cr !== -1 && cr < lineStart) cr = held.indexOf('\r', lineStart);
    }
  };
  const judge = (row: SubscriptionTextRow): SubscriptionTextRow => {
    if (halves.size === 0 || row.kind === 'other') return row;
    if (row.kind === 'row') {
      const { endpoint, keys } = row.value;
      const half = halves.get(endpoint);
      if (half === undefined || isOfKey(half.rest, keys.p256dh)) return row;
      if (!half.isWrapped && isOfKey(half.rest, keys.auth)) return row;
      const excerpt = endpoint.slice(0, EXCERPT_CHARACTERS);
      return { kind: 'bad', line: row.line, problem: MAY_GO_ON, excerpt };
    }
    const start = /https:\S+/.exec(row.excerpt)?.[0].slice(0, START) ?? '';
    return FOR_LACK.has(row.problem.code) && starts.has(start) ? { ...row, problem: MAY_GO_ON } : row;
  };
  const judgeAll = (rows: SubscriptionTextRow[]) => (halves.size === 0 ? rows : rows.map(judge));
  const rowsUpTo = (end: number): SubscriptionTextRow[] => {
    giveUpTo(end);
    const rows = early;
    early = [];
    given = 0;
    return rows;
  };

  return {
    push(piece) {
      held += piece;
      takeLines(false);
      // Whether a CR at the end ends the line shows only in the next piece.
      const from = cut !== null ? cutFrom : held.endsWith('\r') ? lineStart : held.length;
      const isWaiting = from < held.length && held.length - from <= MAX_HELD;
      const rows = rowsUpTo(isWaiting ? from : held.length);
      if (isWaiting) {
        held = held.slice(from);
        lineStart -= from;
      } else {
        cut = null;
        passed = (passed + held.slice(lineStart)).slice(-MAX_LINE);
        held = '';
        lineStart = 0;
      }
      cutFrom = 0;
      return rows;
    },
    end() {
      takeLines(true);
      take(passed + held.slice(lineStart));
      return [...rowsUpTo(held.length), ...judgeAll(reader.end())];
    },
  };
}

/** Whether what is below an endpoint is a key, or the first line of one that is broken as well. */
const isOfKey = (rest: string, key: string): boolean => plain(key).startsWith(plain(rest));

/** A key without its padding, in one of both alphabets. */
const plain = (key: string): string => key.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
