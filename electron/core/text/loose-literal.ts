import { readPrintR } from './print-r.ts';

/** What a literal says, where it ends, and where each of its objects starts. */
export type LooseRead =
  | { kind: 'read'; value: unknown; end: number; starts: ReadonlyMap<object, number> }
  | { kind: 'broken'; at: number; reason: 'syntax' | 'cut-off' | 'too-deep' | 'too-long' };

/** It bounds what one literal costs, and how often the same text is looked at. */
const MAX_LENGTH = 256_000;
const MAX_DEPTH = 24;
const NEAR_END = 80;
const MAX_COMMENT = 1000;
const MAX_WRAPPED = 4500;
const SHORTENED = '…';

const SPACE = /[\s\u00a0\u200b-\u200d\u2060\ufeff]+/y;
const COMMENT = /\/\/[^\r\n]{0,1000}|#(?![<{])[^\r\n]{0,1000}/y;
const BARE = /[^\s,;{}()[\]"'`<>“”‘’]+/y;
const MORE_WORDS = /[ \t]+(?!["']?[\w$.-]+["']?\s*[:=])[^\s,;{}()[\]"'`<>“”]+/y;
const BARE_KEY = /[\p{L}\p{N}_$@.\-/]+\??/uy;
const SEPARATOR = /=>|:(?!:)|=(?!=)/y;
const LEFT_OUT = /\s*\.\.\. ?\d+ more (?:characters?|items?|bytes?)/y;
const HEX_BYTES = /<(?:Buffer )?((?:[0-9a-f]{2}[ ]?)+)(\.\.\. \d+ more bytes?)?>/iy;
const PRINT_R = /(?:Array|[\w\\]{1,80} Object)\s{0,200}\(/y;
const NAMED_ARGUMENT = /\s*[\w$"':]+\s*(?:=(?!=)|:|=>)/y;
const OBJECT_NUMBER = /\s*#\d+\s*(?:\(\d+\))?\s*/y;
const OPENING_QUOTE =
  /(?:\\+)?["'`]|[“”„‟″«»‘’‚′]|&(?:amp;)?(?:quot|apos|#0*34|#0*39|#x0*22|#x0*27|[lr][ds]quo);/iy;

class Broken extends Error {
  readonly at: number;
  readonly reason: 'syntax' | 'too-deep' | 'end';
  constructor(at: number, reason: 'syntax' | 'too-deep' | 'end') {
    super(reason);
    this.at = at;
    this.reason = reason;
  }
}

/**
 * Reads a literal of any language that prints or writes objects: JSON with its faults (single, typographic and escaped quotes, names
 * without quotes, comments, commas too many and too few, values broken over lines), Python, Ruby, JavaScript, PHP (`array(…)`, `=>`,
 * `var_dump`, `print_r`), Go, and what consoles print of bytes. Maps become objects without a prototype, lists and tuples arrays,
 * `datetime(2026, 1, 2)` a text. Never throws; reads each character once.
 *
 * @param start where its first bracket or word stands
 */
export function readLooseLiteral(text: string, start: number, end: number): LooseRead {
  const limit = Math.min(end, start + MAX_LENGTH);
  const starts = new Map<object, number>();
  try {
    const reader = createReader(text, limit, starts);
    const { value, at } = reader(start);
    return { kind: 'read', value, end: at, starts };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    // What stands at the end may be the start of something longer.
    const isAtEnd = error.reason === 'end' || (error.reason === 'syntax' && error.at + NEAR_END >= limit);
    if (isAtEnd) return { kind: 'broken', at: error.at, reason: limit < end ? 'too-long' : 'cut-off' };
    return { kind: 'broken', at: error.at, reason: error.reason === 'too-deep' ? 'too-deep' : 'syntax' };
  }
}

interface Read {
  readonly value: unknown;
  readonly at: number;
}

function createReader(text: string, limit: number, starts: Map<object, number>) {
  const match = (pattern: RegExp, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    return found !== null && found.index + found[0].length <= limit ? found : null;
  };

  const skip = (from: number): number => {
    let at = from;
    for (;;) {
      const found = match(SPACE, at) ?? match(COMMENT, at);
      if (found !== null) at += found[0].length;
      else if (text.startsWith('/*', at)) {
        const close = text.slice(at, Math.min(limit, at + MAX_COMMENT)).indexOf('*/');
        if (close === -1) throw new Broken(at, at + MAX_COMMENT > limit ? 'end' : 'syntax');
        at += close + 2;
      } else break;
    }
    if (at >= limit) throw new Broken(limit, 'end');
    return at;
  };

  const readString = (from: number, quote: string): Read => {
    const closing = closingOf(quote);
    let at = from + quote.length;
    let parts = '';
    let partStart = at;
    let wrappedFrom = -1;
    for (;;) {
      if (at >= limit) throw new Broken(from, 'end');
      const length = closing(text, at);
      if (length > 0) {
        parts += text.slice(partStart, at);
        return { value: unescapeText(parts, quote), at: at + length };
      }
      const char = text.charAt(at);
      if (char === '\\') at += 2;
      else if (char === '\n' || char === '\r') {
        // A terminal or a mail broke it: then there is no blank and no bracket in it.
        parts += text.slice(partStart, at);
        if (/[\s{}"]/.test(parts) || parts.length > MAX_WRAPPED) throw new Broken(at, 'syntax');
        at += match(SPACE, at)?.[0].length ?? 1;
        partStart = at;
        wrappedFrom = at;
      } else if (wrappedFrom >= 0 && /[\s{}[\]]/.test(char)) throw new Broken(wrappedFrom, 'syntax');
      else at += 1;
    }
  };

  /** The quote that stands here, with what belongs to it. */
  const quoteAt = (at: number): string | null => {
    const found = match(OPENING_QUOTE, at)?.[0];
    if (found === undefined) return null;
    return found === '"' && /^""[A-Za-z]/.test(text.slice(at, at + 3)) ? '""' : found;
  };

  /** Strings beside each other, or with a sign between them, are one. */
  const readStrings = (from: number, quote: string): Read => {
    let { value, at } = readString(from, quote);
    for (;;) {
      const left = match(LEFT_OUT, at);
      if (left !== null) return { value: String(value) + SHORTENED, at: at + left[0].length };
      let next: number;
      try {
        next = skip(at);
      } catch {
        return { value, at };
      }
      if (text.charAt(next) === '+' || (text.charAt(next) === '.' && /\s|["']/.test(text.charAt(next + 1)))) {
        next = skip(next + 1);
      }
      const another = next === at ? null : quoteAt(next);
      if (another === null || isName(next, another)) return { value, at };
      const more = readString(next, another);
      value = String(value) + String(more.value);
      at = more.at;
    }
  };

  /** Whether the string that starts here is the name of the next value, after a comma that is missing. */
  const isName = (at: number, quote: string): boolean => {
    const more = readString(at, quote);
    try {
      return match(SEPARATOR, skip(more.at)) !== null;
    } catch {
      return false;
    }
  };

  const readValue = (from: number, depth: number): Read => {
    if (depth > MAX_DEPTH) throw new Broken(from, 'too-deep');
    const at = skip(from);
    const char = text.charAt(at);
    if (char === '{') return readMap(at, '}', depth);
    if (char === '[') return readList(at, ']', depth);
    if (char === '(') {
      const list = readList(at, ')', depth);
      return Array.isArray(list.value) && list.value.length === 1
        ? { value: list.value[0], at: list.at }
        : list;
    }
    const quote = quoteAt(at);
    if (quote !== null) return readStrings(at, quote);
    if (char === '<') {
      const hex = match(HEX_BYTES, at);
      if (hex === null) throw new Broken(at, 'syntax');
      const digits = (hex[1] ?? '').replaceAll(' ', '');
      return { value: hex[2] === undefined ? digits : digits + SHORTENED, at: at + hex[0].length };
    }
    if (char === '&' || char === '*') return readValue(at + 1, depth + 1);
    if (char === ':' && /[A-Za-z_]/.test(text.charAt(at + 1))) return readBare(at + 1, depth);
    return readBare(at, depth);
  };

  const readBare = (at: number, depth: number): Read => {
    if (match(PRINT_R, at) !== null) {
      const dump = readPrintR(text, at, limit, starts);
      if (dump === null) throw new Broken(at, 'end');
      return { value: dump.value, at: dump.end };
    }
    const word = match(BARE, at)?.[0];
    if (word === undefined) throw new Broken(at, 'syntax');
    let next = at + word.length;
    if (next >= limit) throw new Broken(limit, 'end');
    const quote = /^(?:[ubrfn]|br|rb|@|\$)$/i.test(word) ? quoteAt(next) : null;
    if (quote !== null) return readStrings(next, quote);
    if (word === 'new') return readValue(next, depth + 1);
    const opening = text.charAt(/^(?:array|Object|Map|Set|map|NSDictionary)$/.test(word) ? skip(next) : next);
    if (opening === '(' || opening === '{' || opening === '[') return readCall(word, next, depth);
    if (/^[A-Za-z_$][\w$]*$/.test(word) && text.startsWith(' {', next)) return readMap(next + 1, '}', depth);
    for (let more = match(MORE_WORDS, next); more !== null; more = match(MORE_WORDS, next))
      next += more[0].length;
    return { value: ofWord(text.slice(at, next)), at: next };
  };

  /** `datetime(…)`, `ObjectId("…")`, `Uint8Array(65) […]`, `string(5) "…"`, `Keys(auth=…)`, `map[auth:…]`. */
  const readCall = (word: string, from: number, depth: number): Read => {
    let at = skip(from);
    const isNamed = match(NAMED_ARGUMENT, at + 1) !== null && !/^["']/.test(text.slice(skip(at + 1)));
    const opening = text.charAt(at);
    const isMap = opening === '{' || (isNamed && (opening !== '(' || word !== 'array'));
    const closing = opening === '{' ? '}' : opening === '[' ? ']' : ')';
    const inner = isMap ? readMap(at, closing, depth + 1) : readList(at, closing, depth + 1);
    at = inner.at;
    if (opening === '(') {
      const number = match(OBJECT_NUMBER, at);
      if (number !== null) at += number[0].length;
      const follows = /^\s*(["'{[])/.exec(text.slice(at, Math.min(limit, at + 50)))?.[1];
      if (follows !== undefined && !isMap) return readValue(at, depth + 1);
    }
    const { value } = inner;
    if (!Array.isArray(value)) return { value, at };
    if (/datetime|^date$|timestamp/i.test(word) && value.length >= 3)
      return { value: ofDateParts(value), at };
    return value.length === 1 && word !== 'array' ? { value: value[0] as unknown, at } : { value, at };
  };

  const readKey = (from: number): Read => {
    const char = text.charAt(from);
    if (char === '[') {
      const close = text.slice(from, Math.min(limit, from + 200)).indexOf(']');
      if (close === -1) throw new Broken(from, from + 200 > limit ? 'end' : 'syntax');
      // `["endpoint":protected]`
      const name = text.slice(from + 1, from + close).replaceAll(/^["']|["'](?::.*)?$/g, '');
      return { value: name, at: from + close + 1 };
    }
    const quote = quoteAt(from);
    if (quote !== null) return readString(from, quote);
    const start = char === ':' ? from + 1 : from;
    const word = match(BARE_KEY, start)?.[0];
    if (word === undefined) throw new Broken(from, 'syntax');
    if (start + word.length >= limit) throw new Broken(limit, 'end');
    return { value: word, at: start + word.length };
  };

  const readMap = (from: number, closing: string, depth: number): Read => {
    if (depth > MAX_DEPTH) throw new Broken(from, 'too-deep');
    const map = Object.create(null) as Record<string, unknown>;
    starts.set(map, from);
    let at = from + 1;
    for (;;) {
      at = skip(at);
      const char = text.charAt(at);
      if (char === closing) {
        const bytes = map['Uint8Contents'] ?? map['[Uint8Contents]'];
        return { value: bytes ?? map, at: at + 1 };
      }
      if (char === ',' || char === ';') {
        at += 1;
        continue;
      }
      const left = match(LEFT_OUT, at);
      if (left !== null) {
        map[SHORTENED] = SHORTENED;
        at += left[0].length;
        continue;
      }
      const key = readKey(at);
      at = skip(key.at);
      const separator = match(SEPARATOR, at);
      if (separator === null) {
        if (!/[,}]/.test(text.charAt(at)) || typeof key.value !== 'string') throw new Broken(at, 'syntax');
        continue;
      }
      const inner = readValue(at + separator[0].length, depth + 1);
      map[String(key.value)] = inner.value;
      at = inner.at;
    }
  };

  const readList = (from: number, closing: string, depth: number): Read => {
    if (depth > MAX_DEPTH) throw new Broken(from, 'too-deep');
    const list: unknown[] = [];
    const map = Object.create(null) as Record<string, unknown>;
    let isMap = false;
    let at = from + 1;
    for (;;) {
      at = skip(at);
      const char = text.charAt(at);
      if (char === closing) {
        if (!isMap) return { value: list, at: at + 1 };
        list.forEach((one, index) => (map[`${index}`] = one));
        starts.set(map, from);
        return { value: map, at: at + 1 };
      }
      if (char === ',' || char === ';') {
        at += 1;
        continue;
      }
      const left = match(LEFT_OUT, at);
      if (left !== null) {
        list.push(SHORTENED);
        at += left[0].length;
        continue;
      }
      const one = readValue(at, depth + 1);
      if (one.at === at) throw new Broken(at, 'syntax');
      at = skip(one.at);
      if (text.startsWith('=>', at)) {
        const inner = readValue(at + 2, depth + 1);
        map[String(one.value)] = inner.value;
        isMap = true;
        at = inner.at;
      } else list.push(one.value);
    }
  };

  return (at: number) => readValue(at, 0);
}

/** How long the closing quote is that stands at a place; 0: there is none. */
function closingOf(quote: string): (text: string, at: number) => number {
  if (/^[“”„‟″«»]$/.test(quote)) return (text, at) => (/[“”„‟″«»"]/.test(text.charAt(at)) ? 1 : 0);
  if (/^[‘’‚′]$/.test(quote)) return (text, at) => (/[‘’‚′']/.test(text.charAt(at)) ? 1 : 0);
  if (/^&.*l[ds]quo;$/i.test(quote)) {
    const right = quote.replace(/l([ds])quo/i, 'r$1quo');
    return (text, at) => (text.startsWith(right, at) ? right.length : 0);
  }
  return (text, at) => (text.startsWith(quote, at) ? quote.length : 0);
}

const ESCAPE = /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([0-7]{3})|([^]))/gi;
const ESCAPED: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

function unescapeText(raw: string, quote: string): string {
  const text = quote === '""' ? raw.replaceAll('""', '"') : raw;
  if (!text.includes('\\')) return text;
  return text.replaceAll(
    ESCAPE,
    (_all, wide?: string, four?: string, hex?: string, octal?: string, char?: string) => {
      const digits = wide ?? four ?? hex;
      if (digits !== undefined) return codePoint(Number.parseInt(digits, 16));
      if (octal !== undefined) return codePoint(Number.parseInt(octal, 8));
      return ESCAPED[char ?? ''] ?? char ?? '';
    },
  );
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

function ofWord(word: string): unknown {
  switch (word.toLowerCase()) {
    case 'null':
    case 'none':
    case 'nil':
    case 'undefined':
    case '<nil>':
      return null;
    case 'true':
      return true;
    case 'false':
      return false;
  }
  return /^-?\d{1,15}(?:\.\d{1,6})?(?:e\d{1,2})?n?$/i.test(word) ? Number(word.replace(/n$/, '')) : word;
}

/** `datetime.datetime(2026, 1, 2, 3, 4, 5)` */
function ofDateParts(parts: readonly unknown[]): string {
  const numbers = parts.filter((part) => typeof part === 'number').slice(0, 6);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = numbers;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}
