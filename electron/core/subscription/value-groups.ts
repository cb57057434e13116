import { BY_MARKS, namedEndpoints, pairsByMarks } from './record/pairs-by-marks.ts';
import { BY_ORDER, pairsByOrder } from './record/pairs-by-order.ts';
import { valuesIn, type FoundValue } from './values-in-text.ts';

/** How far before the first endpoint a boundary is looked for. */
const MAX_BEFORE = 400;

/** Endpoints, and the keys of one of them: the others' may be cut off, and be the second ones. */
const ONE_FOR_TWO = /^EE+(?:PA|AP)$/;

/** SQLite separates rows with a character of its own in one of its modes. */
const endsRow = (text: string): boolean => text.includes('\n') || text.includes('\u001e');

const LETTERS = { endpoint: 'E', p256dh: 'P', auth: 'A' } as const;

/** The kinds of values in their order, a letter each: `EPA`. */
export const kindsOf = (values: readonly { kind: FoundValue['kind'] }[]): string =>
  values.map(({ kind }) => LETTERS[kind]).join('');

/** The values of a subscription, or an endpoint that is not certainly one of a whole. */
export type Group =
  | {
      kind: 'whole';
      values: [endpoint: FoundValue, p256dh: FoundValue, auth: FoundValue];
      /** What the person should know about how it was put together. */
      remark?: string;
    }
  | { kind: 'torn'; endpoint: FoundValue; isAlone: boolean };

/** Which values belong together, in the order of the text. */
export function groupValues(text: string): Group[] {
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
  return (
    /P.*P|A.*A/.test(kinds) || (IN_LIST.test(between) && !(between.includes('\n') && between.trim() === ''))
  );
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

/** From the first of its values to the end of the last. */
export function extentOf(group: Group | undefined): [from: number, to: number] {
  if (group === undefined) return [0, 0];
  const values = group.kind === 'whole' ? group.values : [group.endpoint];
  return [Math.min(...values.map(({ at }) => at)), Math.max(...values.map(({ end }) => end))];
}
