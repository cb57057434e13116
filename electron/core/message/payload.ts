import type { Message } from '../../contract/message.ts';
import { PAYLOAD_FORMATS } from './formats/all.ts';
import { withUtm } from './links/utm.ts';
import { partsOf } from './payload-parts.ts';

/** The id of a payload that is only measured: as long as a real one, so that the size is that of the real payload. */
export const EXAMPLE_PAYLOAD_ID = '00000000-0000-4000-8000-000000000000';

/** Header, padding delimiter and tag of a body with one record (RFC 8188 §2, RFC 8291 §4). */
export const ENCRYPTION_BYTES = 86 + 1 + 16;

/** Largest plaintext that fits one record of a 4096-byte body: 4096 - 86 - 1 - 16 (RFC 8188 §2, RFC 8291 §4). */
export const PAYLOAD_LIMIT_BYTES = 3993;

/** Above this, Firefox on Android may not get the message: its bridge accepts less than the standard asks for. */
export const FIREFOX_ANDROID_BYTES = 2600;

const encoder = new TextEncoder();

export { actionNameOf } from './payload-parts.ts';

/**
 * What the service worker reads, made from a message in the format that it asks for. Empty fields are left out, so that every byte counts.
 *
 * @param id names the message for the service worker, which shows the same id once
 * @param receipts whether the worker is asked to report what becomes of it
 * @param sites origins of the person's own sites, whose links get the UTM parameters of the message
 */
export function buildPayload(
  message: Message,
  id: string,
  receipts = false,
  sites: readonly string[] = [],
): object {
  const tracked = withUtm(message, sites);
  return PAYLOAD_FORMATS[message.format].build(partsOf(tracked, id, receipts), tracked);
}

/** The payload as it is encrypted, with its size in bytes of UTF-8: the size that push services limit. */
export function encodePayload(payload: object): { text: string; bytes: number } {
  const text = JSON.stringify(payload);
  return { text, bytes: encoder.encode(text).length };
}
