import { skipSpace } from '../text/json-scan.ts';
import { createLineCounter } from '../text/line-counter.ts';
import { foreignForm } from './foreign-form.ts';
import { createFieldRoles } from './record/field-role.ts';
import {
  EXCERPT_CHARACTERS,
  excerptOf,
  standingAtStart,
  type Region,
  type SubscriptionTextRow,
} from './region.ts';
import { endRegion, readElement } from './subscription-element.ts';
import { createTableJoins, type TableFinding } from './table-joins.ts';
import { createUnreadSample, problemOfUnread } from './unread-form.ts';
import { unprinted } from './unprinted.ts';
import type { SubscriptionTextReader } from './text-reader.ts';

/**
 * What does not end after this many characters counts as cut off there. This limits memory. A list in a wrapper is not affected: it is read
 * row by row from its start.
 */
const MAX_ELEMENT = 8_000_000;

/** How many lines may be held back until something is found. */
const MAX_LINES_HELD = 10_000;

/** Room for an excerpt, and for spaces, which must not count in it. */
const KEPT_BEFORE = 2 * EXCERPT_CHARACTERS;

/**
 * Takes one object, an array, JSON lines, pretty-printed objects one after another, and objects that hold them
 * (`{"subscription": …}`, `{"subscriptions": […]}`). One bad row never stops the rest. Never throws; takes time in
 * proportion to the text.
 *
 * Rows come in the order of the text; `line`: where the row starts, counted from 1. Only shapes are checked here.
 */
export function createStreamReader(longestElement = MAX_ELEMENT): SubscriptionTextReader {
  const standing = standingAtStart(false);
  const roles = createFieldRoles();
  const joins = createTableJoins(roles);
  /** What has not been read yet, and the line that it starts in. */
  let rest = '';
  let line = 1;
  /** The line in which the last element ended. */
  let lastLine = 1;
  /** The start of the text, and what comes right before `rest`: for excerpts. */
  let head = '';
  let before = '';
  let foundAny = false;
  const unread = createUnreadSample();
  /** Lines of a text in which nothing has been found; of one that is refused as a whole, none is skipped. `null`: they are out. */
  let linesHeld: SubscriptionTextRow[] | null = [];

  const withoutLines = (rows: SubscriptionTextRow[], isRefused: boolean): SubscriptionTextRow[] => {
    if (linesHeld === null) return rows;
    linesHeld = linesHeld.concat(rows);
    if (isRefused) return linesHeld.filter(({ kind }) => kind !== 'other');
    if (!foundAny && linesHeld.length < MAX_LINES_HELD) return [];
    const all = linesHeld;
    linesHeld = null;
    return all;
  };

  const read = (isLast: boolean): SubscriptionTextRow[] => {
    const text = rest;
    const end = text.trimEnd().length;
    const rows: (SubscriptionTextRow | TableFinding)[] = [];
    const reach = { to: 0 };
    const emit = (row: SubscriptionTextRow | TableFinding) => rows.push(row);
    const region: Region = {
      text,
      before,
      start: 0,
      end,
      inList: false,
      lines: createLineCounter(text, line),
      emit,
      reach,
      roles,
    };
    let at = skipSpace(text, 0, end);
    let readTo = 0;
    while (at < end) {
      const wasStanding = { ...standing };
      const rowsBefore = rows.length;
      reach.to = 0;
      const next = readElement(region, standing, at);
      if (!isLast && reach.to > end && text.length - at < longestElement) {
        Object.assign(standing, wasStanding);
        rows.length = rowsBefore;
        break;
      }
      readTo = next;
      at = skipSpace(text, next, end);
    }
    const lines = createLineCounter(text, line);
    if (readTo > 0) lastLine = lines.lineAt(readTo - 1);
    const isRefused = isLast && endText(rows, region);
    foundAny ||= rows.some(isFound);
    if (at >= end) at = withoutSpace(text, at);
    line = lines.lineAt(at);
    before = (before + text.slice(Math.max(0, at - KEPT_BEFORE), at)).slice(-KEPT_BEFORE);
    rest = text.slice(at);
    return withoutLines(isLast ? [...joins.take(rows), ...joins.end()] : joins.take(rows), isRefused);
  };

  /** @returns whether the text is refused as a whole */
  const endText = (
    rows: readonly (SubscriptionTextRow | TableFinding)[],
    { text, end, emit, reach }: Region,
  ): boolean => {
    const last = (before + text.slice(0, end)).trimEnd();
    endRegion(
      {
        text: last,
        start: 0,
        end: last.length,
        inList: false,
        lines: { lineAt: () => lastLine },
        emit,
        reach,
        roles,
      },
      standing,
    );
    if (foundAny || rows.some(isFound)) return false;
    emit({
      kind: 'bad',
      line: 1,
      problem: unprinted(head) ?? foreignForm(head) ?? problemOfUnread(unread.text()),
      excerpt: excerptOf(head, 0),
    });
    return true;
  };

  return {
    push(piece) {
      if (piece === '') return [];
      head += piece.slice(0, EXCERPT_CHARACTERS - head.length);
      if (!foundAny) unread.push(piece);
      rest += piece;
      return read(false);
    },
    end: () => read(true),
  };
}

const isFound = ({ kind }: SubscriptionTextRow | TableFinding): boolean =>
  kind !== 'other' && kind !== 'beside';

/** Where to continue in the space at the end: the last character is kept, and so is a CR that may belong with it as its LF. */
function withoutSpace(text: string, start: number): number {
  const at = skipSpace(text, start, text.length - 1);
  return at > start && text.charAt(at - 1) === '\r' ? at - 1 : at;
}
