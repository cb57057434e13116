import { UNCLEAR } from './unclear.ts';
import { namedRow } from './record/named-values.ts';
import { createFieldRoles } from './record/field-role.ts';
import { alternatingLines } from './record/alternating-lines.ts';
import { leftInText, personInText } from './record/left-in-text.ts';
import { BY_MARKS, namedEndpoints, pairsByMarks } from './record/pairs-by-marks.ts';
import { BY_ORDER, pairsByOrder } from './record/pairs-by-order.ts';
import { readRecord } from './record/read-record.ts';
import { findRecords } from './record/find-records.ts';
import { clean, EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';
import { ENDPOINT_ALONE, NOT_A_SUBSCRIPTION } from './subscription-shape.ts';
import type { SubscriptionTextReader } from './text-reader.ts';
import { valuesIn, type FoundValue } from './values-in-text.ts';
import { joinWrapped, MAY_GO_ON } from './wrapped-values.ts';

/** Text without a boundary is cut after this many characters. */
const MAX_BLOCK = 256_000;
/** Where a record certainly ends: a blank line, the head of a record, a prompt, numbering that starts again. */
const BOUNDARY =
  /^\s*$|^\s*\*{3,}|^-\[ RECORD|^\s*\(?\d+ rows?\b|^[\w.:[\]-]*>(?: |$)|^\s*(?:\d+[)#] )*1[)#]\s/i;

/** SQLite separates rows with a character of its own in one of its modes. */
const endsRow = (text: string): boolean => text.includes('\n') || text.includes('\u001e');

/** How far before the first endpoint a boundary is looked for. */
const MAX_BEFORE = 400;
/** How far around a text's only subscription names are read for whose it is. */
const NEAR = 1000;
/** How many endpoints may wait for their keys in the next blocks. */
const MAX_HELD = 20_000;
const ONE_OF_EACH = /^E(?:PA|AP)$/;
/** Endpoints, and the keys of one of them: the others' may be cut off, and be the second ones. */
const ONE_FOR_TWO = /^EE+(?:PA|AP)$/;

/**
 * Reads what no other reader understands, by what its values decode to: what consoles and languages print without names, or with names in
 * an unusual form. Brackets, lines and blank lines say which values belong together; where that is not certain, the row is refused.
 *
 * Takes time in proportion to the text, and memory for 256,000 characters.
 */
export function createValuesReader(): SubscriptionTextReader {
  const roles = createFieldRoles();
  let rest = '';
  let block = '';
  let blockLine = 1;
  let line = 1;
  let foundAny = false;
  let head = '';
  /** Where the block first ended, and was held back for the keys of its endpoints. */
  let held = 0;
  /** What is in the paragraphs of the block that have ended. */
  let seen = { to: 0, kinds: '' };
  /** Whether it is held for a single endpoint, with blank lines around each of its keys. */
  let isHeldForOne = false;

  const endBlock = (): SubscriptionTextRow[] => {
    const text = block;
    const at = blockLine;
    block = '';
    seen = { to: 0, kinds: '' };
    blockLine = line;
    if (text.trim() === '') return [];
    const isOne = isHeldForOne && ONE_OF_EACH.test(kindsIn(text));
    const parts = held === 0 || isOne || isApart(text) ? [text] : [text.slice(0, held), text.slice(held)];
    held = 0;
    isHeldForOne = false;
    const rows = parts.flatMap((part, index) =>
      readValues(
        part,
        at + (index === 0 ? 0 : (parts[0] ?? '').split('\n').length - 1),
        roles,
        isOne ? BY_ORDER : null,
      ),
    );
    foundAny ||= rows.some(({ kind }) => kind !== 'other');
    return rows;
  };
  /** Whether there are endpoints whose keys may follow in the next blocks. */
  const isWaiting = (): boolean => {
    if (block.length >= MAX_HELD) return false;
    // Each paragraph is looked at once: there may be thousands of blank lines.
    seen = { to: block.length, kinds: seen.kinds + kindsIn(block.slice(seen.to)) };
    const { kinds } = seen;
    if (/^E[PA]?$/.test(kinds) && (held > 0 || kinds === 'E')) {
      isHeldForOne = true;
      return true;
    }
    return !isHeldForOne && /^EE+[PA]*$/.test(kinds) && pairsByOrder(kinds)?.isApart !== true;
  };
  const addLine = (whole: string): SubscriptionTextRow[] => {
    let rows: SubscriptionTextRow[] = [];
    if (block.length + whole.length > MAX_BLOCK) rows = endBlock();
    else if (BOUNDARY.test(whole)) {
      if (/^\s*$/.test(whole) && isWaiting()) held ||= block.length;
      else rows = endBlock();
    }
    block += whole;
    line += 1;
    return rows;
  };

  return {
    push(piece) {
      head += piece.slice(0, EXCERPT_CHARACTERS - head.length);
      rest += piece;
      const rows: SubscriptionTextRow[] = [];
      let from = 0;
      for (;;) {
        const stop = rest.indexOf('\n', from);
        if (stop === -1 && rest.length - from <= MAX_BLOCK) break;
        const next = stop === -1 || stop - from > MAX_BLOCK ? from + MAX_BLOCK : stop + 1;
        rows.push(...addLine(rest.slice(from, next)));
        if (next !== stop + 1) line -= 1;
        from = next;
      }
      rest = rest.slice(from);
      return rows;
    },
    end() {
      const rows = [...addLine(rest), ...endBlock()];
      if (!foundAny)
        rows.push({
          kind: 'bad',
          line: 1,
          problem: NOT_A_SUBSCRIPTION,
          excerpt: clean(head, 0, EXCERPT_CHARACTERS),
        });
      return rows;
    },
  };
}

const LETTERS = { endpoint: 'E', p256dh: 'P', auth: 'A' } as const;
const kindsOf = (values: readonly { kind: FoundValue['kind'] }[]): string =>
  values.map(({ kind }) => LETTERS[kind]).join('');
const kindsIn = (text: string): string =>
  kindsOf(valuesIn(joinWrapped(text)).filter((one): one is FoundValue => one.kind !== 'bracket'));
const isApart = (text: string): boolean => pairsByOrder(kindsIn(text))?.isApart === true;

/**
 * The rows of a text between two boundaries.
 *
 * @param remarkOfAll says how their values were put together, on rows without a remark of their own
 */
function readValues(
  wrapped: string,
  firstLine: number,
  roles: ReturnType<typeof createFieldRoles>,
  remarkOfAll: string | null = null,
): SubscriptionTextRow[] {
  const text = joinWrapped(wrapped);
  const rows: SubscriptionTextRow[] = [];
  const lineAt = lineFinder(text, firstLine);
  const emit = (record: Record<string, unknown>, at: number, around = '', remark: string | null = null) => {
    const line = lineAt(at);
    for (const found of findRecords(record, roles)) {
      if (found.kind === 'stranger') continue;
      const read = readRecord(found, roles);
      rows.push(
        read.kind === 'row'
          ? {
              ...read,
              left: read.left ?? leftInText(around, roles),
              remark: remark === null ? read.remark : [read.remark, remark].filter(Boolean).join(' '),
              line,
            }
          : {
              kind: 'bad',
              line,
              problem: read.problem,
              excerpt: clean(read.endpoint, 0, EXCERPT_CHARACTERS),
            },
      );
    }
  };
  const pairs = alternatingLines(text);
  if (pairs !== null) {
    for (const { values, at } of pairs) emit(values, at);
    if (rows.length > 0) return rows;
  }
  const groups = groupValues(text);
  groups.forEach((group, index) => {
    const isBroken = group.kind === 'whole' ? group.values[0].mayGoOn : group.endpoint.mayGoOn;
    if (group.kind === 'whole' && !isBroken) {
      const [endpoint, p256dh, auth] = group.values;
      // Apart from each other, what is beside the values is not only about this one.
      const own = group.remark === undefined ? ownText(text, groups, index) : '';
      const row = namedRow([endpoint.text, p256dh.text, auth.text], ['endpoint', 'p256dh', 'auth']);
      emit(
        { ...personInText(own, roles), ...row },
        endpoint.at,
        textAround(text, groups, index),
        group.remark ?? remarkOfAll,
      );
    } else {
      const endpoint = group.kind === 'whole' ? group.values[0] : group.endpoint;
      const isAlone = group.kind === 'torn' && group.isAlone;
      rows.push({
        kind: 'bad',
        line: lineAt(endpoint.at),
        problem: isBroken ? MAY_GO_ON : isAlone ? ENDPOINT_ALONE : UNCLEAR,
        excerpt: clean(endpoint.text, 0, EXCERPT_CHARACTERS),
      });
    }
  });
  if (rows.length > 0) return rows;
  // The endpoint of these keys is lost.
  const keys = valuesIn(text).filter(
    (one): one is FoundValue => one.kind !== 'bracket' && one.named !== 'publicKey',
  );
  const [key] = keys;
  const isTorn = key !== undefined && /^(?:PA|AP)$/.test(kindsOf(keys));
  rows.push(
    isTorn
      ? {
          kind: 'bad',
          line: lineAt(key.at),
          problem: UNCLEAR,
          excerpt: clean(key.text, 0, EXCERPT_CHARACTERS),
        }
      : { kind: 'other', line: firstLine },
  );
  return rows;
}

/** What is certainly said about a subscription: its line or brackets, or what is near it if it is the only one. */
function ownText(text: string, groups: readonly Group[], index: number): string {
  const [from, to] = extentOf(groups[index]);
  if (groups.length === 1) return text.slice(Math.max(0, from - NEAR), to + NEAR);
  return ownLine(text, groups, index) ?? withinBrackets(text, groups, index);
}

/** What the outermost brackets around one of several on a line enclose, if there is no other one in them. */
function withinBrackets(text: string, groups: readonly Group[], index: number): string {
  const [from, to] = extentOf(groups[index]);
  const [before, after] = gapsAround(text, groups, index);
  const open: number[] = [];
  let own = '';
  for (const { 0: bracket, index: place } of text.slice(before, after).matchAll(/[({[\])}]/g)) {
    const at = before + place;
    if ('({['.includes(bracket)) {
      open.push(at);
      continue;
    }
    const opened = open.pop();
    if (opened !== undefined && opened < from && at >= to) own = text.slice(opened, at);
  }
  return own.includes('\n') ? '' : own;
}

/**
 * What may be said about one of the subscriptions of a text: its line if each has its own, else everything between its neighbours. Text
 * that could belong to either of two counts for both: nobody who left may come back by mistake, and the person can still import the row.
 */
function textAround(text: string, groups: readonly Group[], index: number): string {
  return ownLine(text, groups, index) ?? text.slice(...gapsAround(text, groups, index));
}

/** The line of one of several; `null`: it has none to itself. */
function ownLine(text: string, groups: readonly Group[], index: number): string | null {
  const [from, to] = extentOf(groups[index]);
  const [before, after] = gapsAround(text, groups, index);
  const lineStart = text.lastIndexOf('\n', from) + 1;
  const stop = text.indexOf('\n', to);
  const lineEnd = stop === -1 ? text.length : stop;
  const hasOwnLine = groups.length > 1 && !text.slice(from, to).includes('\n');
  return hasOwnLine && lineStart >= before && lineEnd <= after ? text.slice(lineStart, lineEnd) : null;
}

/** From the end of the one before to the start of the next one. */
const gapsAround = (text: string, groups: readonly Group[], index: number): [from: number, to: number] => [
  extentOf(groups[index - 1])[1],
  groups[index + 1] === undefined ? text.length : extentOf(groups[index + 1])[0],
];

function extentOf(group: Group | undefined): [from: number, to: number] {
  if (group === undefined) return [0, 0];
  const values = group.kind === 'whole' ? group.values : [group.endpoint];
  return [Math.min(...values.map(({ at }) => at)), Math.max(...values.map(({ end }) => end))];
}

type Group =
  | {
      kind: 'whole';
      values: [endpoint: FoundValue, p256dh: FoundValue, auth: FoundValue];
      /** What the person should know about how it was put together. */
      remark?: string;
    }
  | { kind: 'torn'; endpoint: FoundValue; isAlone: boolean };

/** Which values belong together, in the order of the text. */
function groupValues(text: string): Group[] {
  const groups: Group[] = [];
  const stack: FoundValue[][] = [[]];
  const close = () => {
    const inner = stack.pop() ?? [];
    const whole = wholeOf(inner);
    if (whole !== null) groups.push({ kind: 'whole', values: whole });
    else if (countOf(inner, 'endpoint') > 1 && inner.length > 3) groups.push(...inSequence(inner, text));
    else stack.at(-1)?.push(...inner);
  };
  /** Values that no bracket groups. */
  const endLoose = () => {
    const loose = stack.pop() ?? [];
    stack.push([]);
    const last = groups.map((group) => extentOf(group)[1]).filter((end) => end <= (loose[0]?.at ?? 0));
    if (loose.some(isEndpoint)) groups.push(...inSequence(loose, text, Math.max(0, ...last)));
  };
  for (const found of valuesIn(text)) {
    if (found.kind !== 'bracket') stack.at(-1)?.push(found);
    else if (found.opens) stack.push([]);
    else if (stack.length > 1) close();
    // What it closes was never opened: nothing after it belongs to what is before it.
    else endLoose();
  }
  while (stack.length > 1) close();
  endLoose();
  return groups.sort((a, b) => placeOf(a) - placeOf(b));
}

const isEndpoint = ({ kind }: FoundValue): boolean => kind === 'endpoint';
const placeOf = (group: Group): number => (group.kind === 'whole' ? group.values[0] : group.endpoint).at;
const countOf = (values: readonly FoundValue[], kind: FoundValue['kind']): number =>
  values.filter((one) => one.kind === kind).length;

/** One of each, with no name that says otherwise. If two values could be the same part, the name decides. */
function wholeOf(values: readonly FoundValue[]): [FoundValue, FoundValue, FoundValue] | null {
  const one = (kind: FoundValue['kind']): FoundValue | null => {
    const all = values.filter((value) => value.kind === kind && value.named !== 'publicKey');
    const [only] = all;
    if (only !== undefined && all.length === 1) return only;
    const named = all.filter((value) => value.named === kind);
    return named.length === 1 ? (named[0] ?? null) : null;
  };
  const [endpoint, p256dh, auth] = [one('endpoint'), one('p256dh'), one('auth')];
  if (endpoint === null || p256dh === null || auth === null) return null;
  const isDenied = p256dh.named === 'auth' || auth.named === 'p256dh' || countOf(values, 'endpoint') > 1;
  return isDenied ? null : [endpoint, p256dh, auth];
}

/**
 * Values that no bracket groups. Each line may hold one subscription; otherwise they are separated by their order: an endpoint begins the
 * next one. Keys before it on other lines may be the rest of one that was cut off.
 */
function inSequence(values: readonly FoundValue[], text: string, from = 0): Group[] {
  const torn = (some: readonly FoundValue[]): Group[] =>
    some
      .filter(isEndpoint)
      .map((endpoint) => ({ kind: 'torn', endpoint, isAlone: some.every(isEndpoint) }) as const);
  const lines = split(values, (value, before) => endsRow(text.slice(before.at, value.at)));
  const perLine = lines.map(wholeOf);
  if (lines.every((some, index) => perLine[index] !== null || !some.some(isEndpoint))) {
    return perLine.flatMap((whole) => (whole === null ? [] : [{ kind: 'whole', values: whole }]));
  }
  const order = pairsByOrder(kindsOf(values));
  const placed = values.map(({ kind, at, end }) => ({ kind: LETTERS[kind], at, end }));
  if (order?.isApart === true) {
    const marked = pairsByMarks(text, placed);
    if (marked === 'unclear') return torn(values);
    return (marked ?? order.groups).flatMap((places) => {
      const [endpoint, p256dh, auth] = places.map((place) => values[place]);
      return endpoint === undefined || p256dh === undefined || auth === undefined
        ? []
        : [
            {
              kind: 'whole',
              values: [endpoint, p256dh, auth],
              remark: marked === null ? BY_ORDER : BY_MARKS,
            },
          ];
    });
  }
  const [first] = values;
  if (
    first === undefined ||
    isOfColumns(values, text) ||
    !isEndpoint(first) ||
    hasRest(text.slice(from, first.at))
  )
    return torn(values);
  const [endpoint, key] = [values.findLast(isEndpoint), values.find((value) => !isEndpoint(value))];
  const isOfEither = ONE_FOR_TWO.test(kindsOf(values)) && endsRow(text.slice(endpoint?.end, key?.at));
  if (isOfEither) return torn(values);
  const named = new Map(namedEndpoints(text, placed).map((some, index) => [values[index], some]));
  const isOfAnother = (value: FoundValue, endpoint: FoundValue) => {
    const owners = [...(named.get(value) ?? [])];
    return owners.length > 0 && !owners.some((owner) => values[owner] === endpoint);
  };
  const parts = split(values, isEndpoint);
  const isShort = parts.some((some) => countOf(some, 'p256dh') === 0 || countOf(some, 'auth') === 0);
  return parts.flatMap((some) => {
    // Where others have no keys, several may be theirs.
    const isUnsure = isShort && countOf(some, 'p256dh') > 1 && countOf(some, 'auth') > 1;
    const whole = isUnsure ? null : wholeOf(some);
    return whole === null || whole.some((value) => isOfAnother(value, whole[0]))
      ? torn(some)
      : [{ kind: 'whole', values: whole }];
  });
}

/** Whether all endpoints come first, and then keys for several, some of which are missing. */
function isOfColumns(values: readonly FoundValue[], text: string): boolean {
  const kinds = kindsOf(values);
  const [first, second] = values;
  if (first === undefined || second === undefined || !/^EE+[PA]+$/.test(kinds)) return false;
  const between = text.slice(first.end, second.at);
  return /P.*P|A.*A/.test(kinds) || (IN_LIST.test(between) && !/^\s*\n\s*$/.test(between));
}
/** What is between two items of a list. */
const IN_LIST = /^[\s"'`,;-]*$/;

/** Whether the rest of a key is there: then keys come before their endpoints, and the first ones are cut off. */
function hasRest(text: string): boolean {
  return (text.slice(-MAX_BEFORE).match(/[\w+/-]{12,}/g) ?? []).some(
    (run) => /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run),
  );
}

function split(
  values: readonly FoundValue[],
  begins: (value: FoundValue, before: FoundValue) => boolean,
): FoundValue[][] {
  const parts: FoundValue[][] = [];
  values.forEach((value, index) => {
    const before = values[index - 1];
    if (before === undefined || begins(value, before)) parts.push([value]);
    else parts.at(-1)?.push(value);
  });
  return parts;
}

/** Positions are asked for in any order, but seldom far apart. */
function lineFinder(text: string, firstLine: number): (at: number) => number {
  const starts: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at);
  return (at) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return firstLine + low;
  };
}
