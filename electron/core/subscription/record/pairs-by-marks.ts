import type { PartKind } from './pairs-by-order.ts';

/** What a person should know if ids or names beside keys and endpoints say which belong together. */
export const BY_MARKS =
  'Keys and endpoints are in separate places in this text and were matched by the ids or names beside them.';

/** An endpoint or a key, and where it is in its text. */
export interface Placed {
  readonly kind: PartKind;
  readonly at: number;
  readonly end: number;
}

type Groups = [endpoint: number, p256dh: number, auth: number][];
type Marks = readonly ReadonlySet<string>[];
/** `null`: nothing is beside both; `unclear`: it is, and does not match one to one. */
type Verdict = Groups | 'unclear' | null;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** How far before the first value and after the last one something may be beside it. */
const NEAR = 400;
const HAS_DIGIT = /\p{N}/u;
/** Tags, and names of parts, are beside all of them. */
const NO_MARK = /<\/?[\w:-]+|p256dh|auth|endpoints?|keys?/gi;

/**
 * Which endpoints and keys belong together by the ids and names beside them: on the same line or in the same brackets, before each, or
 * after each.
 *
 * @returns positions in `values`; `null`: no ids or names are beside both, so that only their order can tell; `unclear`: they are there,
 *   but do not match one to one
 */
export function pairsByMarks(text: string, values: readonly Placed[]): Groups | 'unclear' | null {
  const [first, last] = extentOf(text, values);
  const before = values.map(({ at }, index) => wordsIn(text.slice(values[index - 1]?.end ?? first, at)));
  const after = values.map(({ end }, index) => wordsIn(text.slice(end, values[index + 1]?.at ?? last)));
  const verdicts = [marksBeside(text, values), before, after].map((marks) =>
    matched(values, withoutColumn(values, marks)),
  );
  const sure = new Set(verdicts.filter(Array.isArray).map(String));
  if (sure.size === 1) return verdicts.find(Array.isArray) ?? null;
  return sure.size > 1 || verdicts.includes('unclear') ? 'unclear' : null;
}

/**
 * The endpoints that what is beside a key names.
 *
 * @returns for each value positions in `values`; none: nothing beside it is beside an endpoint
 */
export function namedEndpoints(text: string, values: readonly Placed[]): ReadonlySet<number>[] {
  return candidates(values, marksBeside(text, values));
}

/** A whole column between endpoints and keys is beside a single one of them: it names none. */
function withoutColumn(values: readonly Placed[], marks: Marks): Marks {
  const numbers = marks.map((words) => [...words].filter((word) => HAS_DIGIT.test(word)).length);
  const count = { E: 0, P: 0, A: 0 };
  const numbered = { E: 0, P: 0, A: 0 };
  for (const [index, { kind }] of values.entries()) {
    count[kind] += 1;
    if ((numbers[index] ?? 0) > 0) numbered[kind] += 1;
  }
  return marks.map((words, index) => {
    const kind = values[index]?.kind ?? 'E';
    const isColumn = numbered[kind] === 1 && count[kind] > 1 && (numbers[index] ?? 0) >= count[kind];
    return isColumn ? new Set<string>() : words;
  });
}

function wordsIn(text: string): Set<string> {
  return new Set<string>(text.replaceAll(NO_MARK, ' ').toLowerCase().match(WORD) ?? []);
}

const extentOf = (text: string, values: readonly Placed[]): [from: number, to: number] => [
  Math.max(0, (values[0]?.at ?? 0) - NEAR),
  Math.min(text.length, (values.at(-1)?.end ?? 0) + NEAR),
];

/** The words on the line of each value, or between its brackets if the line has several of its kind. */
function marksBeside(text: string, values: readonly Placed[]): Marks {
  const marks = values.map(() => new Set<string>());
  const share = (from: number, to: number, some: readonly number[], cut: RegExp[]) => {
    const kinds = some.map((index) => values[index]?.kind);
    const [now, ...later] = cut;
    if (new Set(kinds).size === kinds.length) {
      const words = wordsIn(textBetween(text, from, to, some, values));
      for (const index of some) marks[index] = words;
    } else if (now !== undefined) spread(from, to, some, now, later);
  };
  const spread = (from: number, to: number, some: readonly number[], cut: RegExp, later: RegExp[]) => {
    let start = from;
    let own: number[] = [];
    for (const index of some) {
      const at = values[index]?.at ?? 0;
      const gap = text.slice(values[own.at(-1) ?? -1]?.end ?? start, at);
      const first = gap.search(cut);
      if (first !== -1) {
        const gapAt = at - gap.length;
        if (own.length > 0) share(start, gapAt + first, own, later);
        start = gapAt + lastOf(gap, cut) + 1;
        own = [];
      }
      own.push(index);
    }
    if (own.length === 0) return;
    const last = values[own.at(-1) ?? 0]?.end ?? to;
    const stop = text.slice(last, to).search(cut);
    share(start, stop === -1 ? to : last + stop, own, later);
  };
  spread(...extentOf(text, values), [...values.keys()], /[\r\n]/, [/[()[\]{}]/]);
  return marks;
}

function lastOf(text: string, what: RegExp): number {
  let at = text.length - 1;
  while (at > 0 && !what.test(text.charAt(at))) at -= 1;
  return at;
}

function textBetween(
  text: string,
  from: number,
  to: number,
  some: readonly number[],
  values: readonly Placed[],
): string {
  let start = from;
  const parts = some.map((index) => {
    const part = text.slice(start, values[index]?.at);
    start = values[index]?.end ?? start;
    return part;
  });
  return [...parts, text.slice(start, to)].join(' ');
}

/** For each key the endpoints that alone have one of its marks beside them. */
function candidates(values: readonly Placed[], marks: Marks): Set<number>[] {
  const owners = ownersOf(values, marks);
  return values.map(({ kind }, index) =>
    kind === 'E' ? new Set() : new Set([...(marks[index] ?? [])].flatMap((word) => owners.get(word) ?? [])),
  );
}

/** The words that are beside a single endpoint. Words without digits count only if each endpoint has one: else they are a heading. */
function ownersOf(values: readonly Placed[], marks: Marks): Map<string, number> {
  const seen = new Map<string, number | null>();
  for (const [index, { kind }] of values.entries())
    if (kind === 'E') for (const word of marks[index] ?? []) seen.set(word, seen.has(word) ? null : index);
  const owners = new Map(
    [...seen].flatMap(([word, owner]) => (owner === null ? [] : [[word, owner] as const])),
  );
  const count = values.filter(({ kind }) => kind === 'E').length;
  if (new Set(owners.values()).size === count) return owners;
  return new Map([...owners].filter(([word]) => HAS_DIGIT.test(word)));
}

function matched(values: readonly Placed[], found: Marks): Verdict {
  const marks = inherited(values, found);
  const owners = ownersOf(values, marks);
  if (owners.size === 0) return null;
  const places = (kind: PartKind) => [...values.keys()].filter((index) => values[index]?.kind === kind);
  const endpoints = places('E');
  const keys = [places('P'), places('A')] as const;
  const isShared = (word: string, all: readonly number[]) => all.every((index) => marks[index]?.has(word));
  const isNumbered = new Set(owners.values()).size < endpoints.length;
  // Words that are beside all of them are no names.
  const isMark = (word: string, all: readonly number[]) =>
    HAS_DIGIT.test(word)
      ? !isShared(word, endpoints)
      : !isNumbered && !isShared(word, endpoints) && !isShared(word, all);
  const isTold = keys.some((all) => {
    const words = new Set(all.flatMap((index) => [...(marks[index] ?? [])]));
    return [...words].some((word) => isMark(word, all));
  });
  if (!isTold) return null;
  const named = candidates(values, marks);
  const [p256dh, auth] = keys.map((all) => {
    const byEndpoint = new Map<number, number>();
    for (const index of all) {
      const [endpoint, ...others] = named[index] ?? [];
      if (endpoint !== undefined && others.length === 0) byEndpoint.set(endpoint, index);
    }
    return byEndpoint.size === all.length ? byEndpoint : null;
  });
  if (!p256dh || !auth) return 'unclear';
  const groups = endpoints.flatMap((endpoint): Groups => {
    const [p, a] = [p256dh.get(endpoint), auth.get(endpoint)];
    return p === undefined || a === undefined ? [] : [[endpoint, p, a]];
  });
  return groups.length === endpoints.length ? groups : 'unclear';
}

/** Keys of one kind may have nothing beside them: then it is beside the other key, right before. */
function inherited(values: readonly Placed[], marks: Marks): Marks {
  const kinds = values.map(({ kind }) => kind).join('');
  if (!/^E+(?:(?:PA)+|(?:AP)+)$/.test(kinds)) return marks;
  const first = kinds.indexOf('E') + kinds.lastIndexOf('E') + 1;
  return marks.map((own, index) =>
    index >= first && (index - first) % 2 === 1 && own.size === 0 ? (marks[index - 1] ?? own) : own,
  );
}
