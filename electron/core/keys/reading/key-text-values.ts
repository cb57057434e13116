import { bytesInText } from '../../text/bytes-in-text.ts';
import { decodeBase64 } from '../../text/base64url.ts';
import { decodeLoosely } from './structures.ts';
import { nameBefore, type ValueName } from './value-name.ts';

/** A place in a text that decodes to bytes. */
export interface TextValue {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly name: ValueName;
  /** As written, if it is base64 in one piece: for repairs. */
  readonly base64: string | null;
  readonly isUncertain: boolean;
  /** There are lines of base64 next to it: it may be one of them. */
  readonly isInBlock: boolean;
  /** No base64 is like this: it has a letter too many or too few, or both alphabets. `bytes` is what can be read of it. */
  readonly isMalformed: boolean;
}

/** Runs of letters of either alphabet, with their padding. */
const RUN = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
/** Base64 in lines, as mail and `base64` write it. */
const LINES =
  /(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{20,1000}\r?\n[ \t]{0,40})+[A-Za-z0-9+/_-]+(?![A-Za-z0-9+/_-]|["']?[ \t]?:|={1,2}[\w"'])={0,2}/g;
const MAX_HALF = 97;
const EDGE = /^[-_/+]|[-_/+]$/;
/** Lengths of base64 of 32 and of 65 bytes, and of both joined without a separator. */
const SCALAR_LETTERS = 43;
const POINT_LETTERS = 87;

/**
 * Every run of a text that decodes to bytes: base64 of both alphabets, hex, lists of numbers. A run that touches a punctuation mark or a
 * dash is taken with and without it; its length and the curve decide what it is.
 */
export function valuesIn(text: string): TextValue[] {
  const values: TextValue[] = [];
  const add = (
    bytes: Uint8Array | null,
    start: number,
    end: number,
    base64: string | null,
    { isUncertain = false, isMalformed = false } = {},
  ) => {
    if (bytes !== null)
      values.push({
        bytes,
        start,
        end,
        name: nameBefore(text, start),
        base64,
        isUncertain,
        isMalformed,
        isInBlock: isInBlock(text, start, end),
      });
  };
  for (const found of text.matchAll(RUN)) {
    for (const { letters, from } of readings(found[0])) {
      const start = found.index + from;
      const bytes = decodeBase64(letters);
      if (bytes !== null) add(bytes, start, start + letters.length, letters);
      else if (isDamagedHalf(letters))
        add(decodeLoosely(letters), start, start + letters.length, letters, { isMalformed: true });
    }
  }
  for (const found of text.matchAll(LINES)) {
    const letters = found[0].replaceAll(/[\s=]/g, '');
    const bytes = decodeBase64(letters);
    // Not for halves in pieces: these are files that were encoded, or the text of a half.
    if (bytes !== null && (bytes.length > MAX_HALF || isTextOfHalf(bytes)))
      add(bytes, found.index, found.index + found[0].length, letters);
  }
  for (const run of bytesInText(text)) {
    const { isUncertain } = run;
    add(run.bytes, run.start, run.end, null, { isUncertain });
  }
  return values.sort((one, other) => one.start - other.start);
}

/** Not a path or a name: of random letters, both cases and digits occur. Where both alphabets do, only the length tells. */
function isDamagedHalf(letters: string): boolean {
  const near = (length: number) => Math.abs(letters.length - length) <= 1;
  const isMixed = /[+/]/.test(letters) && /[-_]/.test(letters);
  return (
    /[a-z]/.test(letters) &&
    /[A-Z]/.test(letters) &&
    /\d/.test(letters) &&
    (!isMixed || near(SCALAR_LETTERS) || near(POINT_LETTERS))
  );
}

/** Base64 within base64. */
const isTextOfHalf = (bytes: Uint8Array): boolean =>
  bytes.length >= SCALAR_LETTERS && /^[A-Za-z0-9+/_-]+=?\s*$/.test(String.fromCodePoint(...bytes));

function isInBlock(text: string, start: number, end: number): boolean {
  return (
    /[A-Za-z0-9+/_-]{20}\s{1,40}$/.test(text.slice(Math.max(0, start - 64), start)) ||
    /^=?\s{1,40}[A-Za-z0-9+/_-]{20}/.test(text.slice(end, end + 64))
  );
}

/** A run as written, without what may merely touch it, and cut in two where two halves are side by side. */
function readings(run: string): { letters: string; from: number }[] {
  const whole = run.replace(/=+$/, '');
  // A padding of the wrong length says nothing about the bytes.
  const all = [{ letters: whole, from: 0 }];
  const near = (length: number) => whole.length > length && whole.length <= length + 4;
  // A number from Java may begin with a zero byte, its sign.
  const isSigned = whole.length === SCALAR_LETTERS + 1 && /^A[A-P]/.test(whole);
  if ((near(SCALAR_LETTERS) || near(POINT_LETTERS)) && EDGE.test(whole) && !isSigned) {
    for (let from = 0; from <= 4; from += 1) {
      for (const length of [SCALAR_LETTERS, POINT_LETTERS]) {
        if (from + length > whole.length || whole.length - length > 4) continue;
        const around = whole.slice(0, from) + whole.slice(from + length);
        if (around !== '' && /^[-_/+]*$/.test(around))
          all.push({ letters: whole.slice(from, from + length), from });
      }
    }
  }
  if (whole.length === SCALAR_LETTERS + POINT_LETTERS) {
    for (const first of [SCALAR_LETTERS, POINT_LETTERS]) {
      all.push({ letters: whole.slice(0, first), from: 0 }, { letters: whole.slice(first), from: first });
    }
  }
  return all;
}
