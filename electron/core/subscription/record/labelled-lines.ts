import { decodeBase64 } from '../../text/base64url.ts';
import { fieldOf } from './field-role.ts';
import { isPoint } from './key-bytes.ts';
import { certainRest } from '../wrapped-values.ts';
import { isKnownEndpoint } from './known-endpoint.ts';
import { namedRow } from './named-values.ts';

/** Names and values in a text that has no brackets a parser could follow. */
export type NamedValues = Record<string, unknown>;

const LINE =
  /^[ \t>|*•-]*(?:[A-Z]+[ \t]+)?["'`[:@$]*([\p{L}_][\p{L}\p{N}_.\- ]{0,40}?)["'`\]]*(?:[ \t]*(?:=>|:|=(?!>)|\||│)|[ ]?\t)[ \t]*(\S.*)$/u;
/** A value that psql prints over several lines, with a mark at the end of each but the last, or one that PowerShell breaks. */
const MORE = /^\s*[|│]\s?(.*)$/;
const BROKEN_VALUE = /^\s{4,}([^\s:=|{}"']{3,})\s*$/;
const SEPARATING = /^\s*(?:[*=_-]{3}.*|-\[ RECORD.*|\(?\d+ rows?.*|)$/i;
const NEW_ITEM = /^\s*(?:[-*•]|1[)#])\s/;
const OPENS = /^[{[(]+$/;
const ENDPOINT_NAME = /endpoint|identifier|^ur[il]$/i;
const PAIR =
  /(?<![\w$])(?:name=["'])?([A-Za-z_][\w.-]{0,40})["'`]?\s*(?:=>|[:=>])\s*(?:"([^"\n]{0,4100})"|'([^'\n]{0,4100})'|([^\s"'`,;<>(){}[\]]{1,4100})(?!\s*[:=(]))(?=[\s,;<>(){}\]|]|\/>|$)/g;

/** Whether a line without a label is the rest of an address or a key that was broken over lines, and no key itself. */
function goesOn(name: string, value: unknown, line: string): boolean {
  const rest = /^\s*([\w%~.:/?=&+-]{4,})\s*$/.exec(line)?.[1];
  if (rest === undefined || typeof value !== 'string' || /^https?:/.test(rest) || isWholeKey(rest))
    return false;
  if (/^https:\/\/\S+$/.test(value)) return ENDPOINT_NAME.test(name) && certainRest(value, rest) !== null;
  return (
    ['p256dh', 'auth'].includes(fieldOf(name)?.role ?? '') && /^[\w+/-]+$/.test(value) && !isWholeKey(value)
  );
}

const isWholeKey = (text: string): boolean => {
  const bytes = decodeBase64(text);
  return isPoint(bytes) || bytes?.length === 16;
};

/** Takes out what two that follow each other say differently, where the second is no subscription. */
function forgetBoth(above: NamedValues | undefined, below: NamedValues): void {
  for (const [name, value] of Object.entries(below))
    if (above !== undefined && name in above && above[name] !== value) above[name] = null;
}

/** Takes out keys whose name says that they are another's, such as `ANN_AUTH` beside `BOB_ENDPOINT` and `BOB_P256DH`. */
function withoutOthers(values: NamedValues): NamedValues {
  const names = Object.keys(values);
  const ownerOf = (name: string) =>
    name
      .replace(PART_NAME, '')
      .replaceAll(/[\W_]|keys?/gi, '')
      .toLowerCase();
  const endpoint = names.find((name) => /endpoint/i.test(name) && /^https:/.test(String(values[name])));
  const owner = endpoint === undefined ? '' : ownerOf(endpoint);
  const keys = names.filter((name) => /p256dh|auth/i.test(name));
  if (owner === '' || !keys.some((name) => ownerOf(name) === owner)) return values;
  const others = new Set(keys.filter((name) => ownerOf(name) !== owner && ownerOf(name) !== ''));
  if (others.size === 0) return values;
  return Object.assign(
    fresh(),
    Object.fromEntries(Object.entries(values).filter(([name]) => !others.has(name))),
  );
}
const PART_NAME = /endpoint|p256dh|auth/i;

const HEADING = /^\s*\[{1,2}([^\][{}"'=]{1,120})\]{1,2}\s*$/;

/** The path in the heading of a section in settings, such as `subs.keys`; `null`: the line is none. */
export const sectionOf = (line: string): string | null => HEADING.exec(line)?.[1]?.trim() ?? null;

/** Whether a section is within another: `subs.meta` in `subs`. */
const isWithin = (path: string, open: string | null): boolean =>
  open !== null && path.startsWith(open) && /[.:]/.test(path.charAt(open.length));

/**
 * Whether a line is the heading of a section that is apart. That of the keys belongs to the one above it, and so does one within it.
 *
 * @param open the path of the section above
 */
export function isSection(line: string, open: string | null): boolean {
  const path = sectionOf(line);
  return path !== null && !/[.:]keys$/i.test(path) && !isWithin(path, open);
}

/** The name and the value of a labelled line. */
export function splitLabel(line: string): [name: string, value: string] | null {
  const [, name, value] = LINE.exec(line) ?? [];
  return name === undefined || value === undefined ? null : [name, value];
}

/**
 * Reads lines such as `Endpoint: https://…`: what MySQL's `\G` and psql's `\x` print, settings, notes, simple YAML. A blank line, a rule, a
 * new item, or a name that is already there begins the next one.
 *
 * @returns one for each that has an endpoint
 */
export function readLabelledLines(lines: readonly string[]): NamedValues[] {
  const found: NamedValues[] = [];
  let values = fresh();
  const close = (isApart = true) => {
    const hasEndpoint = Object.entries(values).some(
      ([name, value]) =>
        ((ENDPOINT_NAME.test(name) || isKnownEndpoint(String(value))) &&
          /^["'<]?https?:/i.test(String(value))) ||
        /^\{.*https:/s.test(String(value)),
    );
    if (hasEndpoint) found.push(withoutOthers(values));
    // What was said before of the one above, or of nobody: one of both belongs to somebody else.
    else if (goesOnAbove) forgetBoth(found.at(-1), values);
    goesOnAbove = hasEndpoint && !isApart;
    values = fresh();
  };
  let goesOnAbove = false;
  let depth = 0;
  let last = '';
  let mark: string | undefined;
  for (const line of lines) {
    if (SEPARATING.test(line) || NEW_ITEM.test(line)) close();
    for (const [bracket] of line.matchAll(/[{}]/g)) {
      depth += bracket === '{' ? 1 : -1;
      if (depth >= 0) continue;
      // What is closed here was never opened: what follows is another one.
      close();
      depth = 0;
    }
    const more = mark === undefined ? undefined : MORE.exec(line)?.[1];
    const isMarked = more !== undefined && (/[+↵]/.test(mark ?? '') || /^[.…]/.test(more));
    const broken = last in values ? BROKEN_VALUE.exec(line)?.[1] : undefined;
    if (isMarked && last in values) {
      const before = String(values[last]).replace(/\s*[+↵.…]$/, '');
      values[last] = /[+↵]/.test(mark ?? '') ? `${before}\n${more.trim()}` : before + more.slice(1).trim();
    } else if (broken !== undefined || goesOn(last, values[last], line)) {
      values[last] = String(values[last]) + (broken ?? line.trim());
    } else {
      const [, name, value] = LINE.exec(line) ?? [];
      if (name === undefined || value === undefined) {
        // What is below another line is not the rest of what is above it.
        if (line.trim() !== '') last = '';
        continue;
      }
      if (name in values) close(name === last);
      // What opens here is in the lines below.
      if (!OPENS.test(value)) values[name] = withoutQuotes(value);
      last = name;
    }
    mark = /[+↵.…]$/.exec(line.trimEnd())?.[0];
  }
  close();
  return found;
}

/**
 * Reads names and values on one line, as programs print objects: `#<Subscription id: 1, endpoint: "https://…">`, `Subscription(endpoint=…,
 * keys=Keys(auth=…))`, and those of XML. A name that is already there begins the next one.
 *
 * @returns one for each that has an endpoint
 */
export function readInlinePairs(text: string): NamedValues[] {
  const found: NamedValues[] = [];
  let values = fresh();
  const close = () => {
    if (
      Object.entries(values).some(
        ([name, value]) => ENDPOINT_NAME.test(name) && /^https:/.test(String(value)),
      )
    ) {
      found.push(withoutOthers(values));
    }
    values = fresh();
  };
  let depth = 0;
  let elements = 0;
  let last = '';
  let from = 0;
  const brackets = text.includes('#<') ? /#<|(?<![=-])>|[({[\])}]/g : /[({[\])}]/g;
  for (const match of text.matchAll(PAIR)) {
    const [whole, name = '', double, single, bare] = match;
    const gap = text.slice(from, match.index);
    from = match.index + whole.length;
    let isTorn = NEW_OBJECT.test(gap);
    for (const [bracket] of gap.matchAll(brackets)) {
      depth += '({[#<'.includes(bracket) ? 1 : -1;
      if (depth < 0) isTorn = true;
      depth = Math.max(0, depth);
    }
    for (const [, closing, tag] of gap.matchAll(TAG)) {
      if (closing === '') elements += 1;
      else if (tag !== last) elements -= 1;
      if (elements < 0) isTorn = true;
      elements = Math.max(0, elements);
    }
    last = name;
    // What is closed here was never opened: what follows is another one.
    if (isTorn) close();
    const value = double ?? single ?? bare ?? '';
    if (name in values) close();
    values[name] = value;
  }
  close();
  return found;
}

/** The tags of XML between values; the one before a value is part of its name. */
const TAG = /<(\/?)([A-Za-z][\w:.-]{0,80})[^<>]{0,200}>/g;

/** The start of an object on a line of its own. */
const NEW_OBJECT = /\n[ \t]*(?:1[)#] |#<|%?[A-Z][\w.:]{0,80}[({[]|[{[(])/;

const VALUE = /[^\s"'`,;<>(){}[\]|]{16,4100}/g;

/** Finds a subscription by its values in a text without names, such as `new PushSubscription("https://…", "BN…", "q1…")`. */
export function readUnnamed(text: string): NamedValues[] {
  const values = text.match(VALUE) ?? [];
  const row = namedRow(values, null);
  const parts = ['endpoint', 'p256dh', 'auth'].map((name) => row[name]);
  if (!parts.every((part): part is string => typeof part === 'string')) return [];
  const places = parts.map((part) => text.indexOf(part));
  const [endpoint = 0, ...keys] = places;
  // Lists of endpoints and of keys, one after the other.
  const between = text.slice(Math.min(...places), Math.max(...places));
  if (values.some((value) => value !== parts[0] && isKnownEndpoint(value) && between.includes(value)))
    return [];
  return keys.some((place) => place < endpoint) && closesBetween(text, Math.min(...places), endpoint)
    ? []
    : [row];
}

/** Whether something is closed between two positions that was not opened between them. */
function closesBetween(text: string, from: number, to: number): boolean {
  let depth = 0;
  for (const { 0: bracket, index } of text.slice(0, to).matchAll(/[({[\])}]/g)) {
    depth += '({['.includes(bracket) ? 1 : -1;
    if (depth < 0 && index > from) return true;
    depth = Math.max(0, depth);
  }
  return false;
}

const fresh = (): NamedValues => Object.create(null) as NamedValues;

/** A value without the quotes around it, and without what separates it from the next one. */
export function withoutQuotes(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t,;\r'.includes(text.charAt(end - 1))) end -= 1;
  const value = text.slice(0, end);
  const quoted = /^(["'`])(.*)\1$/.exec(value);
  return quoted?.[2] ?? value;
}

/** Options of a command: `--endpoint=https://… --key "…" --auth …`. `null`: there is no endpoint among them. */
export function readArguments(command: string): NamedValues | null {
  const values = fresh();
  const OPTION = /(?:^|\s)--?([A-Za-z][\w-]*)(?:=|\s+)(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g;
  for (const [, name = '', double, single, bare] of command
    .replaceAll(/\\(?:\r\n?|\n)/g, ' ')
    .matchAll(OPTION)) {
    values[name] = double ?? single ?? bare ?? '';
  }
  return Object.keys(values).some((name) => ENDPOINT_NAME.test(name)) ? values : null;
}
