import type { SubscriptionJson } from '../../contract/http.ts';
import type { Person } from '../../contract/people.ts';
import type { Problem } from '../../contract/problem.ts';
import type { LineCounter } from '../text/line-counter.ts';
import type { SqlRows } from '../text/sql-rows.ts';
import type { TableFinding } from './table-joins.ts';
import { UNPRINTED_LOOK, unprinted } from './unprinted.ts';
import { visibleText } from '../text/visible-text.ts';
import type { FieldRoles } from './record/field-role.ts';
import type { FoundRecord, Leaf } from './record/found-record.ts';
import { readNameLine } from './record/name-line.ts';

/** A subscription found in a text, and what else the text says about it. */
export interface FoundSubscription {
  kind: 'row';
  line: number;
  value: SubscriptionJson;
  /** Whose it is; `null` if the text does not say. */
  person: Person | null;
  /** The VAPID public key that it was made with, unpadded base64url; `null` if the text does not say. */
  publicKey: string | null;
  /** When it was made, in milliseconds since 1970; `null` if the text does not say. */
  addedAt: number | null;
  /** What in the text says that the person is no longer subscribed, such as `is_active = 0`; `null`: nothing. */
  left: string | null;
  /** What a person should know about how it was read. */
  remark: string | null;
}

/** `other`: text around subscriptions, such as prose, comments and log lines, that was skipped. */
export type SubscriptionTextRow =
  | FoundSubscription
  | { kind: 'bad'; line: number; problem: Problem; excerpt: string }
  | { kind: 'other'; line: number };

/** What a text with a single subscription says about it besides. */
export const NOTHING_BESIDE = { person: null, publicKey: null, addedAt: null, left: null, remark: null };

/** A stretch of the text that is read element by element. */
export interface Region {
  readonly text: string;
  /** The text right before this one, if it came in pieces. */
  readonly before?: string;
  readonly start: number;
  readonly end: number;
  /** Inside an array each element counts; outside, text that holds nothing is skipped. */
  readonly inList: boolean;
  readonly lines: LineCounter;
  readonly emit: (row: SubscriptionTextRow | TableFinding) => void;
  /** How far the text was looked at. Beyond its end: more text could have led to something else. */
  readonly reach: { to: number };
  readonly roles: FieldRoles;
  /** What is around the region and says something about its contents. */
  readonly within?: Pick<FoundRecord, 'around' | 'filedUnder'> | undefined;
}

/** The state of reading a region, between two elements. Its parts are replaced, never changed. */
export interface Standing {
  depth: number;
  /** The line of the last text that was skipped. */
  strayLine: number;
  /** What a line says about the subscription below it, and the line up to which that holds. */
  above: { readonly line: number; readonly upTo: number; readonly said: readonly Leaf[] } | null;
  /** Open brackets of code. */
  codeDepth: number;
  /** Brackets that do not open a list of values and are not closed on the same line. */
  looseLists: number;
  /** There were requests to a server, or heads of its answers. */
  isTranscript: boolean;
  /** The last line that was tried as a labelled line or as a command. */
  triedLine: number;
  /** After something bad it is not known which brackets belong to it, so brackets are left alone. */
  disturbed: boolean;
  /** Inside an object that is broken except for its list: the depth at which its own text is skipped. */
  wrapperDepth: number | null;
  /** What the name of the list says in such an object. */
  filed: readonly Leaf[] | null;
  /** The form of the dump's rows that follow. */
  sql: SqlRows | null;
  /** The names for the values of the lists within a list. */
  heading: readonly string[] | null;
  /** Values that a log gave for the statement after them. */
  parameters: ReadonlyMap<string, unknown>;
  /** Columns of the tables that a dump creates. */
  tables: ReadonlyMap<string, readonly string[]>;
}

export function standingAtStart(inList: boolean): Standing {
  return {
    depth: ownDepth(inList),
    strayLine: 0,
    above: null,
    codeDepth: 0,
    looseLists: 0,
    isTranscript: false,
    triedLine: 0,
    disturbed: false,
    wrapperDepth: null,
    filed: null,
    sql: null,
    heading: null,
    parameters: new Map(),
    tables: new Map(),
  };
}

export function ownDepth(inList: boolean): number {
  return inList ? 1 : 0;
}

export const EXCERPT_CHARACTERS = 100;

/** Problems that say only that nothing was found. */
const UNNAMED: ReadonlySet<string> = new Set(['not-a-subscription', 'not-json']);

/** @param end where the bad part ends, if that is known: the excerpt shows nothing of the next one */
export function emitBad(region: Region, at: number, problem: Problem, end = region.end): void {
  region.reach.to = Math.max(region.reach.to, at + EXCERPT_CHARACTERS);
  const excerpt = clean(region.text, at, Math.min(EXCERPT_CHARACTERS, end - at));
  let named: Problem | null = null;
  if (UNNAMED.has(problem.code)) {
    const last = Math.min(end, at + UNPRINTED_LOOK);
    region.reach.to = Math.max(region.reach.to, at + UNPRINTED_LOOK);
    named = unprinted(region.text.slice(at, last));
  }
  region.emit({ kind: 'bad', line: region.lines.lineAt(at), problem: named ?? problem, excerpt });
}

/** Skips text that holds no subscription; counts once per line. */
export function passOver(region: Region, standing: Standing, at: number): void {
  const line = region.lines.lineAt(at);
  if (line === standing.strayLine) return;
  standing.strayLine = line;
  region.emit({ kind: 'other', line });
}

/** Notes what a whole line of other text says about the subscription below it. */
export function hearLine(
  { text, before = '', lines, roles }: Region,
  standing: Standing,
  at: number,
  after: number,
): void {
  if (standing.depth > 0 || !/^(?:$|[\r\n])/.test(text.slice(after, after + 1))) return;
  const some = (before + text.slice(Math.max(0, at - EXCERPT_CHARACTERS), at)).slice(-EXCERPT_CHARACTERS);
  if (!/(?:^|[\r\n])[ \t]*$/.test(some)) return;
  // A rule, or a line of which nothing is left.
  if (!/[\p{L}\p{N}]/u.test(text.slice(at, after))) return;
  const found = after - at > EXCERPT_CHARACTERS ? null : readNameLine(text.slice(at, after), roles);
  const line = lines.lineAt(at);
  standing.above = found === null ? null : { line, upTo: line + (found.isHeading ? 2 : 1), said: found.said };
}

export function excerptOf(text: string, at: number): string {
  return clean(text, at, EXCERPT_CHARACTERS);
}

/** A stretch of the text on one line, without control characters. */
export function clean(text: string, at: number, length: number): string {
  return visibleText(
    text
      .slice(at, at + length)
      .replaceAll(/[^\x21-\uffff]+/g, ' ')
      .trim(),
  );
}
