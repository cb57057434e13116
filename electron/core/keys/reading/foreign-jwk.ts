import type { Stretch } from './foreign-keys.ts';

/** A JSON Web Key that is not one of P-256. */
export interface ForeignJwk extends Stretch {
  /** With its article, as used in a sentence. */
  readonly name: string;
}

/** What tells the kind of a key, in the notation of any language. */
const KIND =
  /\b(?:crv|kty)["'\]]{0,2}\s{0,9}(?:=>|[:=])\s{0,9}(?:string\(\d\d?\) )?["']?(?<kind>Ed25519|Ed448|X25519|X448|secp256k1|P-(?!256)\d{3}|brainpool\w{1,12}|SM2|BLS\w{1,12}|RSA|oct)(?![\w-])/g;
const MEMBER =
  /^[ \t-]{0,40}["']?(?:d|x|y|k|kid|kty|crv|use|alg|key_ops|ext|n|e|p|q|dp|dq|qi)["']?[ \t]{0,9}(?:=>|[:=])/;
const REACH = 4000;
/** The brackets around a name, as PHP prints them. */
const NAME_IN_BRACKETS = /^\[["']?\w{1,20}["']?\]$/;
/** A private half under a name of its own, or a key of P-256. */
const OTHER_KEY = /(?:priv[\w-]{0,40}["'\]]{0,2}\s{0,9}(?:=>|[:=])|P-256)/i;
const MOST = 50;

/** Finds keys of other kinds, and how far each goes: its braces, or the lines with members of a key. */
export function foreignJwksIn(text: string): ForeignJwk[] {
  return [...text.matchAll(KIND)].slice(0, MOST).flatMap(({ index, groups }) => {
    const name = nameOf(groups?.['kind'] ?? '');
    const braces = withinBraces(text, index);
    const stretches = braces === null ? [linesAround(text, index)] : withoutOtherKeys(text, braces);
    return stretches.map((stretch) => ({ name, ...stretch }));
  });
}

/** What is left of an object without the objects in it that are keys themselves. */
function withoutOtherKeys(text: string, { start, end }: Stretch): Stretch[] {
  const stretches: Stretch[] = [];
  let from = start;
  for (let at = start + 1; at < end; at += 1) {
    const inner = /[{[(]/.test(text.charAt(at)) ? endOfBraces(text, at) : null;
    if (inner === null) continue;
    if (OTHER_KEY.test(text.slice(at, inner))) {
      stretches.push({ start: from, end: at });
      from = inner;
    }
    at = inner - 1;
  }
  return [...stretches, { start: from, end }];
}

function nameOf(kind: string): string {
  if (kind === 'RSA') return 'an RSA key (JWK)';
  return kind === 'oct' ? 'a symmetric key (JWK)' : `a key on the curve ${kind} (JWK)`;
}

function withinBraces(text: string, at: number): Stretch | null {
  let depth = 0;
  for (let start = at; start >= Math.max(0, at - REACH); start -= 1) {
    const letter = text.charAt(start);
    if (/[}\])]/.test(letter)) depth += 1;
    else if (/[{[(]/.test(letter)) depth -= 1;
    if (depth >= 0) continue;
    const end = endOfBraces(text, start);
    if (end === null) return null;
    if (!NAME_IN_BRACKETS.test(text.slice(start, end))) return { start, end };
    depth = 0;
  }
  return null;
}

function endOfBraces(text: string, start: number): number | null {
  let depth = 0;
  for (let end = start; end < Math.min(text.length, start + REACH); end += 1) {
    const letter = text.charAt(end);
    if (/[{[(]/.test(letter)) depth += 1;
    else if (/[}\])]/.test(letter)) depth -= 1;
    if (depth === 0) return end + 1;
  }
  return null;
}

function linesAround(text: string, at: number): Stretch {
  let start = text.lastIndexOf('\n', at) + 1;
  while (start > 0 && !/^[ \t]*-/.test(text.slice(start, start + 40))) {
    const before = text.lastIndexOf('\n', start - 2) + 1;
    if (!MEMBER.test(text.slice(before, start))) break;
    start = before;
  }
  let end = endOfLine(text, at);
  while (end < text.length) {
    const line = text.slice(end, endOfLine(text, end));
    if (!MEMBER.test(line) || /^[ \t]*-/.test(line)) break;
    end += line.length;
  }
  return { start, end };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
