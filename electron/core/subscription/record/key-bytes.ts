import { decodeBase64, encodeBase64Url } from '../../text/base64url.ts';
import { fromHex } from '../../text/bytes-in-text.ts';

const P256DH_BYTES = 65;
const MIN_AUTH_BYTES = 16;
const MAX_KEY_BYTES = 512;
/** How many bytes JSON with a subscription may have. */
const MIN_JSON = 100;
const MAX_JSON = 20_000;
/** Whitespace of every kind, and zero-width characters. */
const SPACE = /[\s\u00a0\u200b-\u200d\u2060\ufeff]+/g;
const HEX = /^(?:0x|\\x)?(?:[0-9a-f]{2}[\s:]?)+$/i;

/**
 * The bytes of a value that lists them: an array, `{"0":4,"1":184,…}`, Node's `{"type":"Buffer","data":[…]}`, or MongoDB's `$binary`.
 * `null`: it is something else. An empty list is what `JSON.stringify` makes of an `ArrayBuffer`.
 */
export function listedBytes(value: unknown): Uint8Array | null {
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return ofNumbers(value);
  const names = Object.keys(value);
  if (names.length === 0) return new Uint8Array(0);
  if (names.length > MAX_KEY_BYTES) return null;
  // Nearly all objects are something else.
  if (names[0] !== '0' && !names.includes('type') && !names.includes('$binary')) return null;
  const entries = Object.entries(value as Record<string, unknown>);
  const named = new Map(entries);
  if (named.get('type') === 'Buffer') return listedBytes(named.get('data'));
  const binary = named.get('$binary');
  if (typeof binary === 'string') return decodeBase64(binary);
  if (typeof binary === 'object' && binary !== null) {
    const text = new Map(Object.entries(binary)).get('base64') as unknown;
    return typeof text === 'string' ? decodeBase64(text) : null;
  }
  if (entries.every(([name], index) => name === String(index)))
    return ofNumbers(entries.map(([, one]) => one));
  return null;
}

function ofNumbers(values: readonly unknown[]): Uint8Array | null {
  if (values.length > MAX_KEY_BYTES) return null;
  const bytes = values.map((one) => (typeof one === 'string' && /^\d{1,3}$/.test(one) ? Number(one) : one));
  const isByte = (one: unknown): one is number =>
    typeof one === 'number' && Number.isInteger(one) && one >= -128 && one <= 255;
  return bytes.every(isByte) ? Uint8Array.from(bytes, (byte) => byte & 0xff) : null;
}

/** A key as it was found: text, or bytes in any notation. */
export type FoundKey =
  | { kind: 'text'; text: string; bytes: Uint8Array | null }
  /** `ArrayBuffer`s that were turned into JSON without `toJSON()`. */
  | { kind: 'empty' }
  | { kind: 'foreign' };

/**
 * Reads p256dh or auth from any notation for bytes: base64 and base64url with and without padding, with space or escapes in it,
 * hexadecimal, lists of numbers. `text` is base64url if it could be converted, else the text as it is, for whoever reports what is wrong
 * with it.
 */
export function readKey(value: unknown): FoundKey {
  const listed = listedBytes(value);
  // A console showed only the first bytes.
  if (Array.isArray(value) && value.includes('…')) return { kind: 'text', text: '…', bytes: null };
  // Rails prints `[FILTERED]` without quotes.
  if (Array.isArray(value) && value.length === 1 && typeof value[0] === 'string' && listed === null)
    return { kind: 'text', text: `[${value[0]}]`, bytes: null };
  if (listed !== null) {
    if (listed.length === 0) return { kind: 'empty' };
    return { kind: 'text', text: encodeBase64Url(listed), bytes: listed };
  }
  if (typeof value !== 'string') return { kind: 'foreign' };
  const plain = decodeBase64(value);
  if (plain !== null && isKeyLength(plain)) return { kind: 'text', text: value, bytes: plain };
  for (const text of otherWritings(value)) {
    const bytes = text instanceof Uint8Array ? text : decodeBase64(text);
    if (bytes !== null && isKeyLength(bytes)) {
      return { kind: 'text', text: text instanceof Uint8Array ? encodeBase64Url(bytes) : text, bytes };
    }
  }
  const text = value.replaceAll(SPACE, '');
  return { kind: 'text', text, bytes: decodeBase64(text) };
}

function* otherWritings(value: string): Generator<string | Uint8Array, void, undefined> {
  const text = value.trim().replaceAll(/^["'“”‘’`]+|["'“”‘’`,;]+$/g, '');
  yield text.replaceAll(SPACE, '');
  yield text.replaceAll('\\/', '/').replaceAll(SPACE, '');
  if (/%[0-9a-f]{2}/i.test(text)) {
    yield text.replaceAll(/%([0-9a-f]{2})/gi, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
  // A form decoder turned `+` into a space.
  if (text.includes(' ')) yield text.replaceAll(' ', '+');
  // Too much or too little padding.
  yield text.replaceAll(SPACE, '').replace(/=+$/, '');
  // Both alphabets in one text.
  yield text.replaceAll(SPACE, '').replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  if (HEX.test(text)) {
    yield fromHex(text.replace(/^(?:0x|\\x)/i, '').replaceAll(/[\s:]/g, ''));
  }
  // A list as text: `4,184,3` or `[4, 184, 3]`.
  if (/^\[?\s*\d{1,3}(?:(?:\s*,\s*|\s+)\d{1,3})+\s*\]?$/.test(text)) {
    const bytes = ofNumbers(text.match(/\d+/g) ?? []);
    if (bytes !== null) yield bytes;
  }
  // The bytes themselves, as a language prints them: one character each.
  const isRaw = /^[\0-\xff]*$/.test(value) && /[^\t-~]/.test(value);
  if (isRaw && (value.length === P256DH_BYTES || value.length === MIN_AUTH_BYTES)) {
    yield Uint8Array.from(value, (character) => character.charCodeAt(0));
  }
}

/** Whether it may be a key: a point, or an auth secret of 16 bytes, or of 32 as seen in the wild. */
function isKeyLength(bytes: Uint8Array): boolean {
  return isPoint(bytes) || bytes.length === MIN_AUTH_BYTES || bytes.length === 2 * MIN_AUTH_BYTES;
}

/** Whether it has the form of an uncompressed point. */
export function isPoint(bytes: Uint8Array | null): boolean {
  return bytes?.length === P256DH_BYTES && bytes[0] === 4;
}

export function isAuth(bytes: Uint8Array | null): boolean {
  return bytes !== null && bytes.length >= MIN_AUTH_BYTES && bytes.length < 64;
}

/**
 * Whether a text without a name may be an auth secret: 16 bytes that look drawn at random. A word of 22 letters, such as the name of a
 * table, decodes to as many; of a million secrets, at most ten lack letters of one case.
 */
export function isSecretText(text: string): boolean {
  return (
    /^[\w+/=-]{22,24}$/.test(text) &&
    /[a-z]/.test(text) &&
    /[A-Z]/.test(text) &&
    decodeBase64(text)?.length === MIN_AUTH_BYTES
  );
}

/** The text that a list of bytes holds, if it begins like JSON: a body that a server logged before reading it. */
export function jsonInBytes(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const list: unknown = Array.isArray(value) ? value : (value as { data?: unknown }).data;
  if (!Array.isArray(list) || list.length < MIN_JSON || list.length > MAX_JSON) return null;
  if (list[0] !== 123 && list[0] !== 91) return null;
  const isByte = (one: unknown): one is number =>
    Number.isInteger(one) && Number(one) >= 0 && Number(one) <= 255;
  return list.every(isByte) ? new TextDecoder().decode(Uint8Array.from(list)) : null;
}

/** The bytes of a key that was found as a text; `null`: it was not. */
export const bytesOf = (key: FoundKey): Uint8Array | null => (key.kind === 'text' ? key.bytes : null);
