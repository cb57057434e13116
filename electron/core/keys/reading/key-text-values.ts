import { bytesInText } from '../../text/bytes-in-text.ts';
import { decodeBase64 } from '../../text/base64url.ts';
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
}

/** Runs of letters of either alphabet, with their padding. */
const RUN = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
/** Base64 in lines, as mail and `base64` write it. */
const LINES = /(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{20,1000}\r?\n[ \t]{0,40})+[A-Za-z0-9+/_-]+={0,2}/g;
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
    isUncertain = false,
  ) => {
    if (bytes !== null)
      values.push({
        bytes,
        start,
        end,
        name: nameBefore(text, start),
        base64,
        isUncertain,
        isInBlock: isInBlock(text, start, end),
      });
  };
  for (const found of text.matchAll(RUN)) {
    for (const { letters, from } of readings(found[0])) {
      const start = found.index + from;
      add(decodeBase64(letters), start, start + letters.length, letters);
    }
  }
  for (const found of text.matchAll(LINES)) {
    const letters = found[0].replaceAll(/[\s=]/g, '');
    const bytes = decodeBase64(letters);
    // Not for halves in pieces: these are files that were encoded.
    if (bytes !== null && bytes.length > MAX_HALF)
      add(bytes, found.index, found.index + found[0].length, letters);
  }
  for (const run of bytesInText(text)) add(run.bytes, run.start, run.end, null, run.isUncertain);
  return values.sort((one, other) => one.start - other.start);
}

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
