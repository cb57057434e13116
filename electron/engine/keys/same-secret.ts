import { timingSafeEqual } from 'node:crypto';
import { decodeBase64 } from '../../core/text/base64url.ts';

/**
 * Whether a secret that somebody shows is the one on record: their bytes, because the same one may be written in base64 and in base64url,
 * padded or not. Takes as long whatever differs.
 *
 * @param given `null`: none was shown
 */
export function isSameSecret(given: string | null, stored: string): boolean {
  return areSameBytes(given === null ? null : decodeBase64(given), decodeBase64(stored));
}

/** @returns false where either is none */
export function areSameBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one !== null && other !== null && one.length === other.length && timingSafeEqual(one, other);
}
