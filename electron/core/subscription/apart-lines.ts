import { createClosingLines } from './closing-lines.ts';
import { emitRecords } from './emit-records.ts';
import type { FieldRole, FieldRoles } from './record/field-role.ts';
import { isSection, readLabelledLines, sectionOf, splitLabel } from './record/labelled-lines.ts';
import { BY_MARKS, pairsByMarks } from './record/pairs-by-marks.ts';
import { BY_ORDER, isUsualOrder, pairsByOrder, type PartKind } from './record/pairs-by-order.ts';
import { emitBad, type Region } from './region.ts';
import { UNCLEAR } from './unclear.ts';

/** How much of lines with labels is looked at as a whole. */
const MAX_RUN = 40_000;
const MAX_LINE = 5000;
/** This many lines without an endpoint or a key belong to something else. */
const MAX_BETWEEN = 30;
const LONGEST_HEADING = 130;
const KINDS: Readonly<Record<string, PartKind>> = { endpoint: 'E', p256dh: 'P', auth: 'A' };
/** Both keys on the line of a single label: `keys: {p256dh: "…", auth: "…"}`. */
const BOTH_KEYS =
  /p256dh\W{1,9}[\w+/-]{43}.{0,80}\bauth\W{1,9}\w|\bauth\W{1,9}[\w+/-]{16}.{0,40}p256dh\W{1,9}\w/;
const WHO: ReadonlySet<FieldRole> = new Set(['label', 'firstName', 'lastName', 'email', 'externalId']);
const ENDS = /^\s*$|^\s*[-*•]\s|^[*=-]{3,}|^-\[ RECORD|^\s*[{[]\s*["'{]/i;

interface Part {
  readonly kind: PartKind;
  readonly line: number;
  readonly at: number;
  readonly end: number;
}

/**
 * Reads labelled lines in which the keys come before their endpoints, or apart from them, so that no line by itself says what belongs
 * together.
 *
 * @returns where the next line starts; `null`: there are fewer than two endpoints, or each is followed by its keys
 */
export function readApartLines(region: Region, at: number): number | null {
  const run = runAt(region, at);
  if (run === null) return null;
  const { lines, parts } = run;
  const kinds = parts.map(({ kind }) => kind).join('');
  const isOne = kinds.replaceAll(/[PA]/g, '').length < 2;
  if ((isOne || isUsualOrder(kinds)) && !hasKeysOfTwo(kinds) && !hasRestAbove(kinds)) return null;
  const order = pairsByOrder(kinds);
  // The first keys are the rest of a subscription that was cut off.
  const rest = startBelowRest(run, kinds.indexOf('E'), region.roles);
  if (order === null && run.isBetween && isUsualOrder(kinds.replace(/^[PA]+/, '')) && rest !== undefined)
    return rest.at;
  const marked = order?.isApart === true ? marksOf(region, at, run) : null;
  if (order === null || marked === 'unclear') {
    for (const { kind, line } of parts) {
      const start = lines[line];
      if (kind === 'E' && start !== undefined)
        emitBad(region, start.at, UNCLEAR, start.at + start.text.length);
    }
    return run.end;
  }
  const remark = marked === null ? BY_ORDER : BY_MARKS;
  for (const [e, p, a] of marked ?? order.groups) {
    const own = [e, p, a].flatMap((index) => parts[index] ?? []);
    const first = Math.min(...own.map(({ line }) => line));
    const last = Math.max(...own.map(({ line }) => line));
    const chosen = order.isApart
      ? own.map(({ line }) => lines[line]?.text ?? '')
      : lines.slice(first, last + 1).map((line) => line.text);
    const told: Region = order.isApart
      ? {
          ...region,
          emit: (row) => {
            region.emit(
              row.kind === 'row' ? { ...row, remark: [row.remark, remark].filter(Boolean).join(' ') } : row,
            );
          },
        }
      : region;
    for (const values of readLabelledLines(chosen))
      emitRecords(told, lines[first]?.at ?? at, values, undefined, false);
  }
  return run.end;
}

function marksOf({ text }: Region, at: number, { parts, end }: Run): ReturnType<typeof pairsByMarks> {
  const placed = parts.map((part) => ({ kind: part.kind, at: part.at - at, end: part.end - at }));
  return pairsByMarks(text.slice(at, end), placed);
}

/** One endpoint with the keys of two: the other's endpoint is lost, and it is not known whose keys are whose. */
const hasKeysOfTwo = (kinds: string): boolean => /^E(?=[PA]*P[PA]*P)(?=[PA]*A[PA]*A)[PA]+$/.test(kinds);

/** One endpoint with keys above it, one of which is below it as well. */
function hasRestAbove(kinds: string): boolean {
  const [above = '', below = '', ...more] = kinds.split('E');
  return more.length === 0 && ['P', 'A'].some((kind) => above.includes(kind) && below.includes(kind));
}

/**
 * Where the first one begins below the rest of another: where the brackets around the other are closed. Where there are none, a name or an
 * id between them is the other's if there is one below the last keys as well, else it is of the first one. What not everybody has is
 * nobody's.
 */
function startBelowRest(
  { lines, parts }: Run,
  first: number,
  roles: FieldRoles,
): Run['lines'][number] | undefined {
  const namesFrom = (from: number, to?: number) =>
    lines.slice(from, to).flatMap(({ text }) => splitLabel(text)?.[0] ?? []);
  const endpoint = parts[first]?.line ?? 0;
  const below = (parts[first - 1]?.line ?? -1) + 1;
  const closes = createClosingLines();
  const closed = lines
    .slice(0, endpoint)
    .map(({ text }) => closes(text))
    .lastIndexOf(true);
  if (closed >= below) return lines[closed + 1];
  const between = new Set(namesFrom(below, endpoint));
  const isSaidBelow = namesFrom((parts.at(-1)?.line ?? 0) + 1).some((name) => between.has(name));
  const isNamed = [...between].some((name) => WHO.has(roles.of(name)?.role ?? 'former'));
  return lines[isNamed && !isSaidBelow ? below : endpoint];
}

interface Run {
  readonly lines: readonly { text: string; at: number }[];
  readonly parts: readonly Part[];
  /** Whether there is something else between the keys at the start and the first endpoint. */
  readonly isBetween: boolean;
  readonly end: number;
}

/** The path of the section whose heading is right above; `null`: there is none. */
export function openSection({ text, before = '' }: Region, at: number): string | null {
  const above = at < LONGEST_HEADING ? before + text.slice(0, at) : text.slice(at - LONGEST_HEADING, at);
  const line = above.slice(-LONGEST_HEADING).trimEnd();
  return sectionOf(line.slice(line.search(/[^\r\n]*$/)));
}

/** The lines from here to what certainly ends them; `null`: the first endpoint is followed by its keys. */
function runAt(region: Region, at: number): Run | null {
  const { text, end, reach, roles } = region;
  const open = openSection(region, at);
  const lines: { text: string; at: number }[] = [];
  const parts: Part[] = [];
  let from = at;
  let isBetween = false;
  let whole = { lines: 0, parts: 0, end: at };
  while (from < end && from - at < MAX_RUN) {
    const stop = endOfLine(text, from, Math.min(end, from + MAX_LINE));
    const line = text.slice(from, stop);
    // What it is may still change.
    if (stop >= end) reach.to = Infinity;
    const sinceLast = lines.length - (parts.at(-1)?.line ?? 0);
    if (lines.length > 0 && (ENDS.test(line) || isSection(line, open) || sinceLast > MAX_BETWEEN))
      return { lines, parts, isBetween, end: from };
    // Not seen in any real text; and each line of a long one would be looked at again and again.
    if (parts.length > 2 && !parts.some(({ kind }) => kind === 'E')) return null;
    const [name, value] = splitLabel(line) ?? [];
    const kind = name === undefined ? undefined : KINDS[roles.of(name)?.role ?? ''];
    if (kind !== undefined && value !== undefined && !isShownAbove(lines, value)) {
      const before = parts.map((part) => part.kind).join('');
      if (kind === 'E' && /^E[PA]/.test(before))
        return hasKeysOfTwo(before) ? { lines, parts, isBetween, end: from } : null;
      // Enough for the keys at the start; what follows is read separately.
      if (kind === 'E' && /^EE+[PA]/.test(before)) return { lines, parts, isBetween, end: from };
      parts.push({ kind, line: lines.length, at: from + line.lastIndexOf(value), end: stop });
    } else if (value !== undefined && name === 'keys' && BOTH_KEYS.test(value)) {
      const place = { line: lines.length, at: from + line.lastIndexOf(value), end: stop };
      parts.push({ kind: 'P', ...place }, { kind: 'A', ...place, at: stop });
    } else if (name !== undefined && parts.length > 0 && parts.every((part) => part.kind !== 'E'))
      isBetween = true;
    lines.push({ text: line, at: from });
    from = Math.min(end, text.startsWith('\r\n', stop) ? stop + 2 : stop + 1);
    if (kind === 'E') whole = { lines: lines.length, parts: parts.length, end: from };
  }
  if (from >= end) {
    reach.to = Infinity;
    return { lines, parts, isBetween, end };
  }
  return parts[0]?.kind === 'E' || whole.end === at
    ? { lines, parts, isBetween, end: from }
    : { lines: lines.slice(0, whole.lines), parts: parts.slice(0, whole.parts), isBetween, end: whole.end };
}

/** Whether a key is in a line above as well: consoles show an object on one line, and its members below. */
function isShownAbove(lines: Run['lines'], value: string): boolean {
  const key = /^["'`]?([\w+/-]{20,100})={0,2}["'`]?$/.exec(value)?.[1];
  return key !== undefined && lines.some(({ text }) => text.includes(key));
}

function endOfLine(text: string, from: number, limit: number): number {
  const found = text.slice(from, limit).search(/[\r\n]/);
  return found === -1 ? limit : from + found;
}
