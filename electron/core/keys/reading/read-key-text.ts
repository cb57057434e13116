import type { Problem } from '../../../contract/problem.ts';
import { withoutDumpedLetters } from '../../text/hex-dump-bytes.ts';
import { plainText, type CopyDamage } from '../../text/plain-text.ts';
import { contactsIn } from './contact-in-text.ts';
import type { KeyProofs } from './key-proofs.ts';
import { gatherMaterial, type HalfMend } from './material.ts';
import { pairUp } from './pair-up.ts';
import { problemOf, emptyText } from './reading-problems.ts';
import { isEmptyPrivate, isKeyObject, isPlaceholder, isShortened, pathOfPrivate } from './placeholder.ts';

/** A key pair that a text holds. */
export interface ReadKeyPair {
  /** 32 bytes, base64url without padding. */
  readonly privateKey: string;
  /** 65 bytes, base64url without padding. */
  readonly publicKey: string;
  /** The text has both halves, and they belong together; `false`: the public one was derived. */
  readonly isProven: boolean;
  /** What was corrected in it, as sentences. */
  readonly mended: readonly string[];
  /** The line on which it begins, from 1. */
  readonly line: number;
}

export interface KeyTextReading {
  /** In the order of the text, without duplicates. */
  readonly pairs: readonly ReadKeyPair[];
  /** What was corrected in the text as a whole, and what else is in it, as sentences. */
  readonly remarks: readonly string[];
  /** The contact found beside the keys. */
  readonly subject: string | null;
  /** Why there is no pair; `null` if there is one. Never reveals anything of a private half. */
  readonly problem: Problem | null;
}

/**
 * Reads the key pairs of any text: what libraries print, settings in any language, JSON, JWK, PEM, DER, hex, what openssl prints. Halves
 * are found by what they decode to and paired by derivation; names break ties. Damage is repaired if the public half proves the repair.
 *
 * Costs at most a fraction of a second for 100,000 characters, and never throws.
 */
export function readKeyText(text: string, proofs: KeyProofs): KeyTextReading {
  if (text.trim() === '') return { pairs: [], remarks: [], subject: null, problem: emptyText() };
  const plain = plainText(withoutDumpedLetters(text.replaceAll(END_OF_VARIABLE, '\n'), FEWEST_DUMPED));
  const unescaped = unescape(plain.text);
  const reading = readPlain(unescaped, plain.mended, proofs);
  if (reading.problem === null || !unescaped.includes('=3D')) return reading;
  // What mail turns `=` into; a value may also begin with these letters.
  const decoded = readPlain(unescaped.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '='), plain.mended, proofs);
  return decoded.problem === null ? decoded : reading;
}

/** In bytes: no private half is shorter. */
const FEWEST_DUMPED = 32;

/** Zero bytes end the variables of a process in `/proc`. In UTF-16 there is one beside each letter. */
const END_OF_VARIABLE = /\0(?=[^\0]{2}|$)/g;

function readPlain(unescaped: string, mended: readonly CopyDamage[], proofs: KeyProofs): KeyTextReading {
  const material = gatherMaterial(unescaped, proofs);
  const { pairs, lonePoints, mismatch, lonePrivates } = pairUp(material, proofs);
  const contacts = contactsIn(unescaped);
  const subject = contacts[0] ?? null;
  if (pairs.length === 0) {
    const problem = problemOf({
      material,
      lonePoints,
      mismatch,
      isPlaceholder: isPlaceholder(unescaped),
      isEmpty: isEmptyPrivate(unescaped),
      isShortened: isShortened(unescaped),
      path: pathOfPrivate(unescaped),
      isKeyObject: isKeyObject(unescaped),
    });
    return { pairs: [], remarks: [], subject, problem };
  }
  return {
    pairs: pairs.map(({ privateKey, publicKey, isProven, mends, start }) => ({
      privateKey,
      publicKey,
      isProven,
      mended: [...new Set(mends)].map((mend) => MENDED[mend]),
      line: unescaped.slice(0, start).split('\n').length,
    })),
    remarks: [
      ...mended.map((damage) => CLEANED[damage]),
      ...(material.lines.some(({ isBegin, isWhole, name }) => isBegin && !isWhole && name.endsWith('KEY'))
        ? [LOST_DASHES]
        : []),
      ...(pairs.some(({ isSaid }) => !isSaid) ? [UNSAID] : []),
      ...(lonePoints.length > 0 ? [otherPoints(lonePoints)] : []),
      ...lonePrivates.map((start) => otherPrivate(unescaped.slice(0, start).split('\n').length)),
      ...(pairs.length > 1 && contacts.length > 1 ? [severalContacts(contacts)] : []),
    ],
    subject,
    problem: null,
  };
}

/** How web servers write a quote in their logs. In a string of bytes, other escapes stand next to it. */
const QUOTE_OF_A_LOG = /(?<!\\x[0-9a-f]{2})\\x22(?!\\x|[0-9a-f]{40})/gi;

/** In a string of bytes, such as `\x2e`, `\x{2e}` or `\056`. */
const BYTE = String.raw`(?:\\x(?:[0-9a-f]{2}|\{[0-9a-f]{1,2}\})|\\[0-3][0-7]{2})`;
/** Such a string: languages print some of the bytes as letters. */
const BYTES = new RegExp(
  String.raw`((?:(?!${BYTE})[^"'\r\n]){0,12}${BYTE}(?:(?:(?!${BYTE})[^\r\n]){0,12}${BYTE}){3,}(?:(?!${BYTE})[^"'\r\n]){0,12})`,
  'gi',
);

/** Escapes of JSON, shells and URLs. Strings of bytes are read as they are. */
function unescape(text: string): string {
  return text
    .replaceAll(QUOTE_OF_A_LOG, '"')
    .replaceAll(/%(2B|2F|3D|22|0A|0D|20|2C|3A|7B|7D|5F|2D)/gi, (_whole, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .split(BYTES)
    .map((part, index) => (index % 2 === 1 ? part : withoutEscapes(part)))
    .join('');
}

const withoutEscapes = (text: string): string =>
  text
    .replaceAll(/\\{1,4}u00([2-7][0-9a-f])/gi, (_whole, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replaceAll(/\\{1,4}[nr]/g, '\n')
    .replaceAll(/\\{1,4}t/g, ' ')
    .replaceAll(/\\{1,4}(["'/])/g, '$1');

function otherPoints(keys: readonly string[]): string {
  const [first = ''] = keys;
  const which = `${first.slice(0, 6)}…${first.slice(-6)}`;
  return keys.length === 1
    ? `The text also has a public key without its private key: ${which}.`
    : `The text also has ${keys.length} public keys without their private keys.`;
}

const otherPrivate = (line: number): string =>
  `The text also has a private key without its public key, on line ${line}. To add it, paste that key alone.`;

const severalContacts = (contacts: readonly string[]): string =>
  `The text names ${contacts.length} contacts: ${contacts.slice(0, 3).join(', ')}${contacts.length > 3 ? ', …' : ''}. Add the key pairs one at a time, each with its own contact.`;

const UNSAID =
  'Nothing here says that this is a private key. Check that its public key is the one your site uses.';
const LOST_DASHES = 'A BEGIN line was damaged; the key below it is intact.';

const MENDED: Readonly<Record<HalfMend, string>> = {
  'leading-zero':
    'The private key had lost a zero byte at its start. It is back, and the public key proves it.',
  'missing-04': 'The public key lacked its first byte, 04.',
  compressed: 'The public key was in compressed form.',
  'lost-plus': 'A plus sign of a key had become a blank. It is back, and the other key proves it.',
  wrapped: 'A key was broken into several pieces. They were joined.',
  edited:
    'One character of the private key was wrong, missing or extra. It was corrected, and the public key proves it.',
  'damaged-structure':
    'The end of the private key file was damaged. The private key itself is intact: the rest of its public key matches.',
  'public-damaged':
    'The public key was damaged. It was derived from the private key, and what was left of it matches.',
  swapped: 'The private key was labelled public, and the public key private.',
};

const CLEANED: Readonly<Record<CopyDamage, string>> = {
  quotes: 'Curly quotes were read as plain quotes.',
  spaces: 'Unusual spaces were read as plain spaces.',
  invisible: 'Invisible characters were removed.',
  dashes: 'Typographic dashes were read as hyphens.',
  letters: 'Ligatures and full-width letters were read as plain letters.',
  entities: 'HTML entities were decoded.',
};
