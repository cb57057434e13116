import { decodeBase64 } from '../../text/base64url.ts';
import type { KeyProofs } from './key-proofs.ts';

/** What ASN.1 in a text holds. */
export interface Structure {
  readonly start: number;
  readonly end: number;
  readonly content:
    | { kind: 'private-key'; scalar: Uint8Array; point: Uint8Array | null }
    | { kind: 'public-key'; point: Uint8Array }
    | { kind: 'encrypted' }
    | { kind: 'other'; name: string }
    /** It began as a key and cannot be read; `scalar`: its private half, if the rest is enough to prove that. */
    | { kind: 'damaged'; scalar: Uint8Array | null; isShort: boolean };
}

const SEQUENCE = 0x30;
const SMALLEST = 40;
const LARGEST = 8192;
/** How many of them a text may hold; OpenSSL has to read each. */
const MOST = 200;
/** Base64 of a sequence begins with M. */
const START = /(?<![A-Za-z0-9+/_-])M[A-P][A-Za-z0-9+/_-]{2}/g;
/** How many characters without meaning may separate two pieces of one value: line breaks, quotes, quotation marks of mail. */
const MAX_GAP = 80;
const LETTER = /[A-Za-z0-9+/_-]/;
/** How much of a cut public half proves that it belongs to a private one. */
const PROVING_BYTES = 12;

/**
 * Reads base64 of ASN.1, whatever is around it and between its lines: it states its own length. Its first letters decide, not the lines
 * around it, which people lose.
 *
 * @param text without the lines `-----BEGIN …-----`, see `withoutArmour`
 */
export function structuresIn(text: string, proofs: KeyProofs): Structure[] {
  const found: Structure[] = [];
  let end = 0;
  let tries = 0;
  for (const { index } of text.matchAll(START)) {
    if (index < end || tries >= MOST) continue;
    const length = lengthOf(
      decodeBase64(text.slice(index, index + 8).replaceAll(/[^A-Za-z0-9+/_-].*$/gs, '')),
    );
    if (length === null) continue;
    tries += 1;
    const collected = collect(text, index, Math.ceil((length * 4) / 3));
    const bytes = decodeLoosely(collected.letters);
    if (bytes === null) continue;
    const content = readStructure(bytes.subarray(0, length), length, proofs);
    if (content === null) continue;
    found.push({ start: index, end: collected.end, content });
    end = collected.end;
  }
  return found;
}

/** Reads bytes that were found by other means. */
export function structureOf(
  bytes: Uint8Array,
  place: { start: number; end: number },
  proofs: KeyProofs,
): Structure | null {
  const length = bytes[0] === SEQUENCE ? lengthOf(bytes) : null;
  if (length === null) return null;
  const content = readStructure(bytes.subarray(0, length), length, proofs);
  return content === null ? null : { ...place, content };
}

function readStructure(bytes: Uint8Array, length: number, proofs: KeyProofs): Structure['content'] | null {
  const content = proofs.readDer(bytes);
  switch (content.kind) {
    case 'private-key': {
      const own = proofs.derivePublicKey(content.scalar);
      if (own !== null && sameBytes(own, content.point)) {
        return { ...content, point: indexOf(bytes, [...own.subarray(0, PROVING_BYTES)]) >= 0 ? own : null };
      }
      // OpenSSL reads a structure whose halves do not match: one of them is damaged.
      const isProven = own !== null && hasRunInCommon(own, content.point);
      return { kind: 'damaged', scalar: isProven ? content.scalar : null, isShort: false };
    }
    case 'unreadable': {
      if (!looksLikeKey(bytes)) return null;
      return { kind: 'damaged', scalar: scalarWithin(bytes, proofs), isShort: bytes.length < length };
    }
    default:
      return content;
  }
}

/** The whole length that the header of a sequence gives; `null`: it is not a sequence, or not the size of any key. */
function lengthOf(header: Uint8Array | null): number | null {
  const [tag, short = 0, high = 0, low = 0] = header ?? [];
  if (tag !== SEQUENCE) return null;
  let length: number | null = null;
  if (short < 0x80) length = 2 + short;
  else if (short === 0x81) length = 3 + high;
  else if (short === 0x82) length = 4 + high * 256 + low;
  return length !== null && length >= SMALLEST && length <= LARGEST ? length : null;
}

function collect(text: string, start: number, wanted: number): { letters: string; end: number } {
  let letters = '';
  let gap = 0;
  let at = start;
  for (; at < text.length && letters.length < wanted && gap < MAX_GAP; at += 1) {
    const letter = text.charAt(at);
    if (LETTER.test(letter)) {
      letters += letter;
      gap = 0;
    } else if (letter === '{' || letter === ':' || (letter === '=' && wanted - letters.length <= 2)) break;
    else gap += 1;
  }
  return { letters, end: at };
}

/** Both alphabets at once, cut to whole bytes. */
export function decodeLoosely(letters: string): Uint8Array | null {
  const plain = letters.replaceAll('-', '+').replaceAll('_', '/');
  return decodeBase64(plain.length % 4 === 1 ? plain.slice(0, -1) : plain);
}

/** PKCS#8 and SEC 1 begin with a version; keys of curves name theirs soon. */
function looksLikeKey(bytes: Uint8Array): boolean {
  const version = indexOf(bytes, [0x02, 0x01]);
  if (version >= 6) return false;
  if (indexOf(bytes, P256) >= 0) return true;
  const scalar = indexOf(bytes, [0x04, 0x20]);
  // Of random bytes, one in 1,500 has these two somewhere.
  return scalar >= 0 && (version >= 0 || scalar < 8);
}

/** 1.2.840.10045.3.1.7 */
const P256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

/** The private half of a structure that is broken after it, if the beginning of its public half proves it. */
function scalarWithin(bytes: Uint8Array, proofs: KeyProofs): Uint8Array | null {
  for (let at = 0; at + 34 <= bytes.length; at += 1) {
    if (bytes[at] !== 0x04 || bytes[at + 1] !== 0x20) continue;
    const scalar = bytes.slice(at + 2, at + 34);
    if (pointWithin(bytes, scalar, proofs) !== null) return scalar;
  }
  return null;
}

/** The public half in the same bytes, whole or only its beginning. */
function pointWithin(bytes: Uint8Array, scalar: Uint8Array, proofs: KeyProofs): Uint8Array | null {
  const point = proofs.derivePublicKey(scalar);
  return point !== null && indexOf(bytes, [...point.subarray(0, PROVING_BYTES)]) >= 0 ? point : null;
}

const sameBytes = (one: Uint8Array, other: Uint8Array) => one.every((byte, at) => byte === other[at]);

/** What is left of a damaged point is enough to recognise it. */
function hasRunInCommon(one: Uint8Array, other: Uint8Array): boolean {
  let run = 0;
  return one.some((byte, at) => {
    run = byte === other[at] ? run + 1 : 0;
    return run >= PROVING_BYTES;
  });
}

function indexOf(bytes: Uint8Array, part: readonly number[]): number {
  for (let at = 0; at + part.length <= bytes.length; at += 1) {
    if (part.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
