const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const UNPADDED_URL_SAFE = /^[A-Za-z0-9_-]*$/;

const STANDARD_ONLY = 0x100;
const URL_ONLY = 0x200;
const FOREIGN = 0x400;
/** The value of a character, and its alphabet where the two differ. */
const VALUES = new Uint16Array(128).fill(FOREIGN);
for (let value = 0; value < 64; value += 1) {
  VALUES[ALPHABET.charCodeAt(value)] = value < 62 ? value : value | URL_ONLY;
}
VALUES['+'.charCodeAt(0)] = 62 | STANDARD_ONLY;
VALUES['/'.charCodeAt(0)] = 63 | STANDARD_ONLY;

/**
 * Reads base64 or base64url, padded or not (RFC 4648 §4 and §5).
 *
 * @returns the bytes, or `null` when the text is malformed: a foreign character, both alphabets mixed, a wrong
 * length or a wrong padding. Spaces are foreign characters. Left-over bits are ignored, as browsers do.
 */
export function decodeBase64(text: string): Uint8Array | null {
  const length = lengthWithoutPadding(text);
  if (length % 4 === 1) return null;
  if (length !== text.length && text.length % 4 !== 0) return null;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  let seen = 0;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    const value = code < 128 ? (VALUES[code] ?? FOREIGN) : FOREIGN;
    seen |= value;
    held = ((held << 6) | (value & 63)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 0xff;
    at += 1;
  }
  const isMixed = (seen & STANDARD_ONLY) !== 0 && (seen & URL_ONLY) !== 0;
  return isMixed || (seen & FOREIGN) !== 0 ? null : bytes;
}

function lengthWithoutPadding(text: string): number {
  if (text.endsWith('==')) return text.length - 2;
  return text.endsWith('=') ? text.length - 1 : text.length;
}

/** Writes what `decodeBase64` has read from `text` as base64url without padding: the text itself, if it is already written so. */
export function toBase64Url(text: string, bytes: Uint8Array): string {
  return UNPADDED_URL_SAFE.test(text) && leftOverBits(text) === 0 ? text : encodeBase64Url(bytes);
}

/** The bits of the last character that are not part of a byte. */
function leftOverBits(text: string): number {
  const last = (VALUES[text.charCodeAt(text.length - 1)] ?? 0) & 63;
  switch (text.length % 4) {
    case 2:
      return last & 0b1111;
    case 3:
      return last & 0b11;
    default:
      return 0;
  }
}

/** Two characters for each twelve bits, so that there are only half as many pieces to put together. */
const TWO_CHARACTERS = Array.from(
  { length: 4096 },
  (_, bits) => ALPHABET.charAt(bits >> 6) + ALPHABET.charAt(bits & 63),
);

/** Writes base64url without padding (RFC 4648 §5, RFC 7515 §2). */
export function encodeBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = (at(bytes, index) << 16) | (at(bytes, index + 1) << 8) | at(bytes, index + 2);
    text += (TWO_CHARACTERS[group >> 12] ?? '') + (TWO_CHARACTERS[group & 4095] ?? '');
  }
  return text.slice(0, Math.ceil((bytes.length * 4) / 3));
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
