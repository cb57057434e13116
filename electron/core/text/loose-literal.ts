import { createNamedMap, OF_SECOND } from './named-map.ts';
import { closingOf, ofDateParts, ofWord, unescapeText } from './loose-words.ts';
import { readPrintR } from './print-r.ts';

/** What a literal says, where it ends, and where each of its objects starts. */
export type LooseRead =
  | { kind: 'read'; value: unknown; end: number; starts: ReadonlyMap<object, number> }
  | { kind: 'broken'; at: number; reason: 'syntax' | 'cut-off' | 'too-deep' | 'too-long' };

/** It limits what one literal costs, and how often the same text is looked at. */
const MAX_LENGTH = 4_000_000;
const MAX_DEPTH = 24;
const NEAR_END = 80;
const MAX_COMMENT = 1000;
const MAX_WRAPPED = 4500;
const SHORTENED = '…';

const SPACE = /[\s▼▶\u00a0\u200b-\u200d\u2060\ufeff]+/y;
const COMMENT = /(?:\/\/|#(?![<{]|inst\b|uuid\b|[A-Z][\w.]{0,80}<))[^\r\n]{0,1000}/y;
const BARE = /[^\s,;{}()[\]"'`<>“”‘’]+/y;
/**
 * Words that continue, such as a name of two words, a time, or something in brackets after it; a name with a separator begins the next
 * value.
 */
const MORE_WORDS =
  /[ \t]+(?!=>|["']?[A-Za-z_@:$][\w$.-]*["']?\s*[:=]|:\w|["'])(?:\([^()"'\n=]{0,120}\)|[^\s,;{}()[\]"'`<>“”]+)/y;
const BARE_KEY = /[\p{L}\p{N}_$@.\-/]+\??/uy;
const SEPARATOR = /=>|:(?!:)|=(?!=)/y;
const LEFT_OUT = /\s*\.\.\. ?\d+ more (?:characters?|items?|bytes?)/y;
/** After a string of which only the beginning was printed: `"https://…"...` of Xdebug, `"https://…" <> ...` of Elixir. */
const CUT_SHORT = /[ \t]{0,9}(?:<>[ \t]{0,9})?(?:\.{3}|…\d{0,9})(?=[ \t]{0,9}(?:[\r\n,;)}\]]|$))/y;
/** The keys of a subscription, as consoles show them folded. The contents of any other folded object may be shown below it. */
const FOLDED = /(?<=keys["']?:\s{0,9}(?:Object\s?)?\{\s{0,9}|,\s{0,9})…(?=\s{0,9}\})/y;
const HEX_BYTES = /<(?:Buffer )?((?:[0-9a-f]{2}[ ]?)+)(\.\.\. \d+ more bytes?)?>/iy;
const PRINT_R = /(?:Array|[\w\\]{1,80} Object)\s{0,200}\(/y;
const NAMED_ARGUMENT = /\s*[\w$"':]+\s*(?:=(?!=)|:|=>)/y;
/** The type before a value, as Go and PHP print it: `[]string{`, `(string) (len=3) "`, `array:2 [`, `#inst "`; C# writes `new[] {`. */
const TYPE_BEFORE =
  /(?:\[\d{0,9}\]\*?[\w.]{1,80}(?=\{))|\(\*?[\w.[\]\\]{1,80}\)\s{1,4}(?:\((?:len|cap)=[\w =]{1,40}\)\s{1,4})?(?=["'`[{<\w-])|array:\d{1,9}\s{1,4}(?=\[)|map\[[\w.]{1,40}\][\w.*{}[\]]{0,80}(?=\{)|#(?:inst|uuid)\s{1,4}(?=")|new(?: ?| [\w.]{1,60})\[\]\s{0,40}(?=\{)|new (?:List|HashSet)<[\w.]{1,60}>(?:\(\))?\s{0,40}(?=\{)/y;
/** `{{…}, {…}}`, and a list of texts in Lua or a set of Python: `{"news", "vip"}`. */
const LIST_IN_BRACES = /^\s{0,40}(?:\{|(["'])[^"'\\\n]{0,200}\1\s{0,9}[,}])/;
/** A list that Go prints, `Tags:[news vip]`: no other language leaves out both quotes and commas. */
const GO_LIST = /\[[^\s,;:"'`=(){}[\]]{1,200}(?: [^\s,;:"'`=(){}[\]]{1,200})+\]/y;
/** `Just "Ann"` */
const WRAPPER_WORD = /^(?:Just|Some|Right|Ok)$/;
/** What Ruby, Python and Elixir print for an object: `#<struct Sub a=1>`, `<Sub(a=1)>`, `<User: ann>`; `<<"text">>` of Erlang. */
const PRINTED_HEAD =
  /#?<(?:(?:struct|data)\s+)?(?:([A-Za-z_][\w.:]{0,100}?)(?::0x[\da-f]{1,16})?(?=[\s(>:@]))/y;
/** What Elixir prints for an object that it does not show: `#Ecto.Association.NotLoaded<…>`, `#DateTime<2026-01-02 …>`. */
const INSPECTED = /#[A-Z][\w.]{0,80}<([^<>\r\n]{0,300})>/y;
/** A pair of Erlang. */
const TUPLE = /\{\w{1,60},\s*(?:<<"|-?\d|[["{]|\w{1,60}\s*\})/y;
const BINARY = /<<"((?:[^"\\]|\\[^])*)">>/y;
const OBJECT_NUMBER = /\s*#\d+\s*(?:\(\d+\))?\s*/y;
const OPENING_QUOTE =
  /(?:\\+)?["'`]|[“”„‟″«»‘’‚′]|&(?:amp;)?(?:quot|apos|#0*34|#0*39|#x0*22|#x0*27|[lr][ds]quo);/iy;

/** Where a literal is broken, and why. */
interface Break {
  readonly at: number;
  readonly reason: 'syntax' | 'too-deep' | 'end';
}

/** A single shared one: an error records where it was made, which took longer than reading a text with very many broken literals. */
const BROKEN = new Error('The literal is broken.');

/**
 * Reads a literal of any language that prints or writes objects: JSON with its faults (single, typographic and escaped quotes, names
 * without quotes, comments, commas too many and too few, values broken over lines), Python, Ruby, JavaScript, PHP (`array(…)`, `=>`,
 * `var_dump`, `print_r`), Go, and what consoles print for bytes. Maps become objects without a prototype, lists and tuples arrays,
 * `datetime(2026, 1, 2)` a text. Never throws; reads each character once.
 *
 * @param start where its first bracket or word is
 */
export function readLooseLiteral(text: string, start: number, end: number): LooseRead {
  const limit = Math.min(end, start + MAX_LENGTH);
  const starts = new Map<object, number>();
  let found: Break = { at: start, reason: 'syntax' };
  const reader = createReader(text, limit, starts, (breakFound) => {
    found = breakFound;
  });
  try {
    const { value, at } = reader(start);
    return { kind: 'read', value, end: at, starts };
  } catch (error) {
    if (error !== BROKEN) throw error;
    const { at, reason } = found;
    // What is at the end may be the start of something longer.
    const isAtEnd = reason === 'end' || (reason === 'syntax' && at + NEAR_END >= limit);
    if (isAtEnd) return { kind: 'broken', at, reason: limit < end ? 'too-long' : 'cut-off' };
    return { kind: 'broken', at, reason: reason === 'too-deep' ? 'too-deep' : 'syntax' };
  }
}

/** The start of a broken address without the `=` that quoted-printable puts before a line break; that of a query stays. */
const withoutSoftBreak = (start: string, next: string): string =>
  /^https:.*=$/.test(start) && (next === '=' || !/[?&]\w+=$/.test(start)) ? start.slice(0, -1) : start;

interface Read {
  readonly value: unknown;
  readonly at: number;
}

function createReader(
  text: string,
  limit: number,
  starts: Map<object, number>,
  onBreak: (found: Break) => void,
) {
  const broken = (at: number, reason: Break['reason']): Error => {
    onBreak({ at, reason });
    return BROKEN;
  };

  const match = (pattern: RegExp, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    return found !== null && found.index + found[0].length <= limit ? found : null;
  };

  const skip = (from: number): number => {
    let at = from;
    for (;;) {
      const space = match(SPACE, at);
      const comment = space === null ? match(COMMENT, at) : null;
      if (space !== null) at += space[0].length;
      else if (comment !== null) {
        at += comment[0].length;
        // No comment: from each of the signs in it all others would be looked at.
        if (comment[0].length > MAX_COMMENT && !/^[\r\n]?$/.test(text.charAt(at))) throw broken(at, 'syntax');
      } else if (text.startsWith('/*', at)) {
        const close = text.slice(at, Math.min(limit, at + MAX_COMMENT)).indexOf('*/');
        if (close === -1) throw broken(at, at + MAX_COMMENT > limit ? 'end' : 'syntax');
        at += close + 2;
      } else break;
    }
    if (at >= limit) throw broken(limit, 'end');
    return at;
  };

  const readString = (from: number, quote: string): Read => {
    const closing = closingOf(quote);
    let at = from + quote.length;
    let parts = '';
    let partStart = at;
    let wrappedFrom = -1;
    for (;;) {
      if (at >= limit) throw broken(from, 'end');
      const length = closing(text, at);
      if (length > 0) {
        parts += text.slice(partStart, at);
        return { value: unescapeText(parts, quote), at: at + length };
      }
      const char = text.charAt(at);
      if (char === '\\') at += 2;
      else if (char === '\n' || char === '\r') {
        // A terminal or a mail program broke it: then it contains no blanks or brackets.
        parts += text.slice(partStart, at);
        if (/[\s{}"]/.test(parts) || parts.length > MAX_WRAPPED) throw broken(at, 'syntax');
        at += match(SPACE, at)?.[0].length ?? 1;
        parts = withoutSoftBreak(parts, text.charAt(at));
        partStart = at;
        wrappedFrom = at;
      } else if (wrappedFrom >= 0 && /[\s{}[\]]/.test(char)) throw broken(wrappedFrom, 'syntax');
      else at += 1;
    }
  };

  /** The quote here, with what belongs to it. */
  const quoteAt = (at: number): string | null => {
    const found = match(OPENING_QUOTE, at)?.[0];
    if (found === undefined) return null;
    return found === '"' && /^""[A-Za-z]/.test(text.slice(at, at + 3)) ? '""' : found;
  };

  /** Adjacent strings, or strings with an operator between them, are one. */
  const readStrings = (from: number, quote: string, isItem = false): Read => {
    let { value, at } = readString(from, quote);
    for (;;) {
      const left = match(LEFT_OUT, at) ?? match(CUT_SHORT, at);
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
      // Clojure's `["a" "b"]` are two; Python's adjacent strings are on lines of their own.
      if (isItem && !/[\n\r+.]/.test(text.slice(at, next))) return { value, at };
      const another = next === at ? null : quoteAt(next);
      if (another === null || isName(next, another)) return { value, at };
      const more = readString(next, another);
      // A line that was doubled.
      if (more.value !== value) value = String(value) + String(more.value);
      at = more.at;
    }
  };

  /** Whether the string that starts here is the name of the next value, with the comma before it missing. */
  const isName = (at: number, quote: string): boolean => {
    const more = readString(at, quote);
    try {
      return match(SEPARATOR, skip(more.at)) !== null;
    } catch {
      return false;
    }
  };

  const readValue = (from: number, depth: number): Read => {
    if (depth > MAX_DEPTH) throw broken(from, 'too-deep');
    const start = skip(from);
    const type = match(TYPE_BEFORE, start)?.[0] ?? '';
    const at = start + type.length;
    const char = text.charAt(at);
    if (char === '{') {
      const isList =
        /^(?:\[|new)/.test(type) || LIST_IN_BRACES.test(text.slice(at + 1, Math.min(limit, at + 260)));
      return isList ? readItems(at, depth) : readMap(at, '}', depth);
    }
    if (char === '[') return readList(at, ']', depth);
    if (char === '(') {
      const list = readList(at, ')', depth);
      return Array.isArray(list.value) && list.value.length === 1
        ? { value: list.value[0], at: list.at }
        : list;
    }
    const quote = quoteAt(at);
    if (quote !== null) return readStrings(at, quote);
    if (char === '<' || (char === '#' && text.charAt(at + 1) === '<')) return readPrinted(at, depth);
    if (char === '#' && text.charAt(at + 1) === '{') return readList(at + 1, '}', depth);
    const inspected = char === '#' ? match(INSPECTED, at) : null;
    if (inspected !== null) {
      const [whole, inner = ''] = inspected;
      // An object that is not shown is reported; one that was not loaded means nothing.
      const value = /^\d[\d .:+TZUC-]*$/.test(inner) ? inner : inner === '...' ? whole : null;
      return { value, at: at + whole.length };
    }
    if (char === '&' || char === '*') return readValue(at + 1, depth + 1);
    if (char === ':' && /[A-Za-z_]/.test(text.charAt(at + 1))) return readBare(at + 1, depth);
    return readBare(at, depth);
  };

  /** Go's `{"a", "b"}`, and `{{…}, {…}}` of Lua and C, which contain no names if they are lists. */
  const readItems = (at: number, depth: number): Read =>
    match(NAMED_ARGUMENT, at + 1) === null || /["'{]/.test(text.charAt(skip(at + 1)))
      ? readList(at, '}', depth)
      : readMap(at, '}', depth);

  const readPrinted = (at: number, depth: number): Read => {
    const hex = match(HEX_BYTES, at);
    if (hex !== null) {
      const digits = (hex[1] ?? '').replaceAll(' ', '');
      return { value: hex[2] === undefined ? digits : digits + SHORTENED, at: at + hex[0].length };
    }
    const binary = match(BINARY, at);
    if (binary !== null) return { value: unescapeText(binary[1] ?? '', '"'), at: at + binary[0].length };
    const head = match(PRINTED_HEAD, at);
    if (text.startsWith('<<"', at)) throw broken(at, 'end');
    if (head === null) throw broken(at, 'syntax');
    const next = skip(at + head[0].length);
    const char = text.charAt(next);
    if (char === '>') {
      const content = /^\s{0,4}\{/.exec(text.slice(next + 1, Math.min(limit, next + 6)));
      return content === null
        ? { value: text.slice(at, next + 1), at: next + 1 }
        : readMap(next + content[0].length, '}', depth + 1);
    }
    if (match(NAMED_ARGUMENT, next) !== null && char !== ':') return readMap(next - 1, '>', depth + 1);
    const inner =
      char === '(' ? readCall('object', next, depth) : readValue(char === ':' ? next + 1 : next, depth + 1);
    const end = skip(inner.at);
    if (text.charAt(end) !== '>') throw broken(end, 'syntax');
    const whole = text.slice(at, end + 1);
    // It says that there is an object, but nothing about it.
    return { value: / object(?: at 0x|>| \(\d+\)>$)/.test(whole) ? whole : inner.value, at: end + 1 };
  };

  const readBare = (at: number, depth: number): Read => {
    if (match(PRINT_R, at) !== null) {
      const dump = readPrintR(text, at, limit, starts);
      if (dump === null) throw broken(at, 'end');
      return { value: dump.value, at: dump.end };
    }
    const word = match(BARE, at)?.[0];
    if (word === undefined) throw broken(at, 'syntax');
    let next = at + word.length;
    if (next >= limit) throw broken(limit, 'end');
    const quote = /^(?:[ubrfn]|br|rb|@|\$)$/i.test(word) ? quoteAt(next) : null;
    if (quote !== null) return readStrings(next, quote);
    if (word === 'new' || (WRAPPER_WORD.test(word) && /\s["'{<]/.test(text.slice(next, next + 2))))
      return readValue(next, depth + 1);
    const opening = text.charAt(/^(?:array|Object|Map|Set|map|NSDictionary)$/.test(word) ? skip(next) : next);
    if (opening === '(' || opening === '{' || opening === '[') return readCall(word, next, depth);
    if (/^[A-Za-z_$%][\w$.:\\]*$/.test(word) && text.startsWith(' {', next))
      return readMap(next + 1, '}', depth);
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
    // In MongoDB, the bytes follow the number of their type.
    if (word === 'BinData' && value.length === 2) return { value: value[1] as unknown, at };
    if (/datetime|^date$|timestamp/i.test(word) && value.length >= 3)
      return { value: ofDateParts(value), at };
    return value.length === 1 && word !== 'array' ? { value: value[0] as unknown, at } : { value, at };
  };

  const readKey = (from: number): Read => {
    const char = text.charAt(from);
    if (char === '[') {
      const close = text.slice(from, Math.min(limit, from + 200)).indexOf(']');
      if (close === -1) throw broken(from, from + 200 > limit ? 'end' : 'syntax');
      // `["endpoint":protected]`
      const name = text.slice(from + 1, from + close).replaceAll(/^["']|["'](?::.*)?$/g, '');
      return { value: name, at: from + close + 1 };
    }
    const quote = quoteAt(from);
    if (quote !== null) return readString(from, quote);
    const start = char === ':' ? from + 1 : from;
    const word = match(BARE_KEY, start)?.[0];
    if (word === undefined) throw broken(from, 'syntax');
    if (start + word.length >= limit) throw broken(limit, 'end');
    return { value: word, at: start + word.length };
  };

  const readMap = (from: number, closing: string, depth: number): Read => {
    if (depth > MAX_DEPTH) throw broken(from, 'too-deep');
    if (match(TUPLE, from) !== null) return readList(from, closing, depth);
    const { map, add, addBlock } = createNamedMap();
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
      const left = match(LEFT_OUT, at) ?? match(FOLDED, at);
      if (left !== null) {
        map[SHORTENED] = SHORTENED;
        at += left[0].length;
        continue;
      }
      // Names of private and protected members, and of variables of an object.
      if (/[+\-#~@]/.test(char) && /[\w"'@]/.test(text.charAt(at + 1))) at += char === '@' ? 0 : 1;
      const isKeyword = text.charAt(at) === ':' && closing === '}';
      const isBare = quoteAt(at) === null;
      const key = readKey(at);
      at = skip(key.at);
      const separator = match(SEPARATOR, at);
      // `:endpoint "https://…"` of Clojure has none.
      // `keys { … }` of protocol buffers and HCL has none either.
      const isBlock = isBare && text.charAt(at) === '{' && closing === '}';
      if (separator === null && !isKeyword && !isBlock) {
        if (!(text.charAt(at) === ',' || text.charAt(at) === closing) || typeof key.value !== 'string')
          throw broken(at, 'syntax');
        continue;
      }
      const inner = readValue(at + (separator?.[0].length ?? 0), depth + 1);
      if (isBlock) addBlock(String(key.value), inner.value);
      else add(String(key.value), inner.value);
      at = inner.at;
    }
  };

  const readList = (from: number, closing: string, depth: number): Read => {
    if (depth > MAX_DEPTH) throw broken(from, 'too-deep');
    const words = closing === ']' && text.charAt(from - 1) === ':' ? match(GO_LIST, from)?.[0] : undefined;
    if (words !== undefined && from + words.length <= limit)
      return { value: words.slice(1, -1).split(' ').map(ofWord), at: from + words.length };
    const list: unknown[] = [];
    const { map, add } = createNamedMap();
    let isMap = false;
    let at = from + 1;
    for (;;) {
      at = skip(at);
      const char = text.charAt(at);
      if (char === closing) {
        if (!isMap) return { value: list, at: at + 1 };
        const isNumbered = Object.keys(map).every((name, index) => name === String(index));
        // A list of PHP; what has lost its number is behind the others.
        if (isNumbered) return { value: [...Object.values(map), ...list], at: at + 1 };
        list.forEach((one, index) => (map[index in map ? `${index}${OF_SECOND}` : index] = one));
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
      const quote = closing === ')' ? null : quoteAt(at);
      const one = quote === null ? readValue(at, depth + 1) : readStrings(at, quote, true);
      if (one.at === at) throw broken(at, 'syntax');
      at = skip(one.at);
      if (text.startsWith('=>', at)) {
        if (typeof one.value === 'object' && one.value !== null) throw broken(at, 'syntax');
        const inner = readValue(at + 2, depth + 1);
        add(String(one.value), inner.value);
        isMap = true;
        at = inner.at;
      } else list.push(one.value);
    }
  };

  return (at: number) => readValue(at, 0);
}
