import { timingSafeEqual } from 'node:crypto';
import { decodeBase64 } from '../../core/text/base64url.ts';

/**
 * Whether a given secret is the one on record. Compares the bytes, because the same secret may be written in base64 or base64url, padded or
 * not. Takes the same time wherever they differ.
 *
 * @param given `null`: none was shown
 */
export function isSameSecret(given: string | null, stored: string): boolean {
  return areSameBytes(given === null ? null : decodeBase64(given), decodeBase64(stored));
}

/** @returns false if either does not exist */
export function areSameBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one !== null && other !== null && one.length === other.length && timingSafeEqual(one, other);
}
