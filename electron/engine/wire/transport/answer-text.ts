import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { ANSWER_LIMIT_BYTES } from './reply.ts';

/** Stands for a body that nobody can read: something was said, so it must not be taken for nothing. */
export const UNREADABLE = '\uFFFD';

/** More than this on top of each other is no honest answer. */
const MAX_CODINGS = 3;

/** An answer may have been cut off, so what has come of it is decompressed. */
const PART = { maxOutputLength: ANSWER_LIMIT_BYTES, finishFlush: constants.Z_SYNC_FLUSH };
const PART_OF_BROTLI = {
  maxOutputLength: ANSWER_LIMIT_BYTES,
  finishFlush: constants.BROTLI_OPERATION_FLUSH,
};

const DECODERS = new Map<string, readonly ((bytes: Uint8Array) => Buffer)[]>([
  ['gzip', [(bytes) => gunzipSync(bytes, PART)]],
  ['br', [(bytes) => brotliDecompressSync(bytes, PART_OF_BROTLI)]],
  // Some send this without the frame that it should have (RFC 9110 §8.4.1.2).
  ['deflate', [(bytes) => inflateSync(bytes, PART), (bytes) => inflateRawSync(bytes, PART)]],
]);

/**
 * The body of an answer as text. It is decompressed, which some servers and boxes on the way do unasked, and read in the charset that it
 * names; never longer than {@link ANSWER_LIMIT_BYTES} when decompressed. Never throws: what cannot be read is {@link UNREADABLE}.
 */
export function textOfBody(bytes: Buffer, headers: readonly (readonly [string, string])[]): string {
  if (bytes.byteLength === 0) return '';
  const codings = valueOf(headers, 'content-encoding')
    .split(',')
    .map((name) => name.trim().toLowerCase().replace(/^x-/, ''))
    .filter((name) => name !== '' && name !== 'identity');
  const charset = /charset\s{0,9}=\s{0,9}"?([\w-]+)/i.exec(valueOf(headers, 'content-type'))?.[1] ?? 'utf-8';
  if (codings.length === 0) return textIn(charset, bytes);
  const plain = codings.length > MAX_CODINGS ? null : decompressed(bytes, codings);
  if (plain !== null) return textIn(charset, plain);
  // Whoever decompressed it on the way may have left the header.
  const text = textIn(charset, bytes);
  return /[\uFFFD\p{Cc}]/u.test(text.replaceAll(/\s/g, '')) ? UNREADABLE : text;
}

function valueOf(headers: readonly (readonly [string, string])[], wanted: string): string {
  return headers.flatMap(([name, value]) => (name.toLowerCase() === wanted ? [value] : [])).join(',');
}

function textIn(charset: string, bytes: Buffer): string {
  if (/^utf-?8$/i.test(charset)) return bytes.toString('utf8');
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}

/** In the order in which they were applied, so the last one comes off first. */
function decompressed(bytes: Buffer, codings: readonly string[]): Buffer | null {
  let left: Buffer | null = bytes;
  for (const name of codings.toReversed())
    left = left === null ? null : startOf(left, DECODERS.get(name) ?? []);
  return left;
}

/** As much of its start as there is room for: zlib gives nothing at all of what would be too long, so half of it is tried, and so on. */
function startOf(bytes: Buffer, decoders: readonly ((bytes: Uint8Array) => Buffer)[]): Buffer | null {
  for (const decode of decoders)
    for (let size = bytes.byteLength; size > 0; size = Math.floor(size / 2)) {
      try {
        const found = decode(bytes.subarray(0, size));
        if (found.byteLength > 0) return found;
        break;
      } catch (error) {
        if (!(error instanceof RangeError)) break;
      }
    }
  return null;
}
