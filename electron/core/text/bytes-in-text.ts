import { dumpsIn } from './hex-dump-bytes.ts';

/** Bytes in a text, written as hex digits or numbers. */
export interface BytesRun {
  readonly bytes: Uint8Array;
  /** Where they begin and end in the text. */
  readonly start: number;
  readonly end: number;
  /** It was written as a number, or lacks a digit: if something was cut off, it would not show. */
  readonly isUncertain: boolean;
}

/** Fewer bytes do not count as a run. */
const FEWEST = 28;
/**
 * What may be between the numbers of a list without being a separator: casts, comments, the keys of an object of bytes. It is replaced by
 * blanks.
 */
const DECORATION =
  /\((?:byte|sbyte|char|uint8_t|unsigned char)\)|\/\*[^*\n]{0,40}\*\/|["']\d{1,3}["']\s?(?::|=>)|\[\d{1,3}\] ?=>|(?<=(?:^|[\n{,])\s{0,9})\d{1,3}:\s{1,3}(?=-?\d)/gi;
const WHOLE_HEX = new RegExp(
  `(?<![0-9A-Za-z])(?:0x|\\\\x)?([0-9a-f]{${FEWEST * 2 - 1},})(?![0-9A-Za-z])`,
  'gi',
);
/** Pairs with colons, as openssl prints them, or with dashes. */
const COLON_HEX = new RegExp(
  `(?<![0-9A-Za-z])(?:[0-9a-f]{2}[:-]\\s{0,40}){${FEWEST - 1},}[0-9a-f]{2}(?![0-9A-Za-z])`,
  'gi',
);
/** Groups of pairs with blanks between them, as hexdump, xxd and Node's Buffer print them. */
const SPACED_HEX = /(?<![0-9A-Za-z])(?:0x)?([0-9a-f]+(?:\s+[0-9a-f]+)+)(?![0-9A-Za-z])/gi;
const PREFIXED_HEX = new RegExp(
  `0x[0-9a-f]{1,2}(?:u8)?(?:[\\s,;]{1,40}0x[0-9a-f]{1,2}){${FEWEST - 1},}(?![0-9a-z])`,
  'gi',
);
const NUMBERS = new RegExp(
  `(?<![\\w.])-?\\d{1,3}(?:(?:\\s{0,40}[,;]\\s{0,40}|\\s{1,80})-?\\d{1,3}){${FEWEST - 1},}(?![\\w.])`,
  'g',
);
/** Strings of bytes as Python, Ruby, Perl and C write them: some escaped, some as letters. */
const ESCAPED = /(["'])((?:\\x[0-9a-f]{2}|\\(?!x[0-9a-f]{2})[^\n]|(?!\1)[^\\\n]){0,600})\1/gi;
/** A byte in hexadecimal or, of three digits, octal ones. */
const BYTE = /\\x\{([0-9a-f]{1,2})\}|\\x([0-9a-f]{2})|\\([0-3][0-7]{2})|\\(.)|[^\\]/gi;
/** A number of 256 bits in decimal digits, as Python and BigInt print it. */
const LONG_NUMBER = /(?<![\w.])(\d{70,78})n?(?![\w.])/g;
/** No number of 256 bits has more. */
const MOST_DIGITS = 78;

/**
 * Finds bytes that a text spells out: hex in one piece, with colons, with blanks or as `0x2e, …`; lists of numbers, also of Java's from
 * -128; strings with `\x2e`; the entries of `{"0": 46, …}`; `\x2e12…` of PostgreSQL; what `xxd` and `hexdump -C` print; long decimal
 * numbers as 32 bytes, the highest first. The same position may be read in more than one way: the caller knows which lengths count.
 */
export function bytesInText(text: string): BytesRun[] {
  const list = text.replaceAll(DECORATION, (found) => ' '.repeat(found.length));
  const runs: BytesRun[] = [];
  const add = (found: RegExpMatchArray, bytes: Uint8Array | null, isUncertain = false) => {
    if (bytes === null || bytes.length < FEWEST) return;
    const start = found.index ?? 0;
    runs.push({ bytes, start, end: start + found[0].length, isUncertain });
  };
  for (const found of text.matchAll(WHOLE_HEX)) {
    const digits = found[1] ?? '';
    add(found, fromHex(digits), digits.length % 2 === 1);
  }
  for (const found of text.matchAll(COLON_HEX)) add(found, fromHex(found[0].replaceAll(/[^0-9a-f]/gi, '')));
  for (const found of text.matchAll(SPACED_HEX)) {
    const digits = (found[1] ?? '').replaceAll(/\s+/g, '');
    add(found, fromHex(digits), digits.length % 2 === 1);
  }
  for (const found of list.matchAll(PREFIXED_HEX)) {
    add(found, Uint8Array.from(found[0].match(/0x[0-9a-f]{1,2}/gi) ?? [], Number));
  }
  for (const found of list.matchAll(NUMBERS)) add(found, fromNumbers(found[0].match(/-?\d+/g) ?? []));
  for (const found of text.matchAll(ESCAPED)) add(found, fromEscapes(found[2] ?? ''));
  for (const { bytes, start, end } of dumpsIn(text)) {
    if (bytes.length >= FEWEST) runs.push({ bytes: Uint8Array.from(bytes), start, end, isUncertain: false });
  }
  for (const found of text.matchAll(LONG_NUMBER)) {
    const digits = found[1] ?? '';
    add(found, fromDecimal(digits), digits.length < MOST_DIGITS);
  }
  return runs;
}

/**
 * @param digits hex; if the number of digits is odd, the first byte lost its leading zero, as in a printed number
 */
export function fromHex(digits: string): Uint8Array {
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const bytes = new Uint8Array(even.length / 2);
  for (let at = 0; at < bytes.length; at += 1)
    bytes[at] = Number.parseInt(even.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

function fromNumbers(items: readonly string[]): Uint8Array | null {
  const numbers = items.map(Number);
  return numbers.every((value) => value >= -128 && value <= 255) ? Uint8Array.from(numbers) : null;
}

function fromEscapes(inner: string): Uint8Array | null {
  if ((inner.match(/\\(?:x|[0-3][0-7]{2})/gi)?.length ?? 0) < FEWEST / 4) return null;
  const bytes: number[] = [];
  for (const [whole, braced, hex = braced, octal, escaped] of inner.matchAll(BYTE)) {
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else
      bytes.push(escaped === undefined ? whole.charCodeAt(0) : (ESCAPES[escaped] ?? escaped.charCodeAt(0)));
  }
  return Uint8Array.from(bytes);
}

const ESCAPES: Readonly<Record<string, number>> = {
  n: 10,
  r: 13,
  t: 9,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  e: 27,
  '0': 0,
};

function fromDecimal(digits: string): Uint8Array | null {
  const hex = BigInt(digits).toString(16);
  return hex.length <= 64 ? fromHex(hex.padStart(64, '0')) : null;
}
