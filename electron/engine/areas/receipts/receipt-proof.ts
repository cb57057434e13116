import { createHmac } from 'node:crypto';
import { decodeBase64 } from '../../../core/text/base64url.ts';
import { areSameBytes } from '../../keys/same-secret.ts';

/**
 * Whether a receipt comes from the browser that the message went to: an HMAC-SHA-256 (RFC 2104) over the id of the message, with the `auth`
 * secret of the subscription as the key. Only that browser and this store know it, so nobody else can make one up.
 *
 * @param id of the payload
 * @param proof base64url, without padding
 * @param auth as it is stored
 */
export function isReceiptProof(id: string, proof: string, auth: string): boolean {
  if (decodeBase64(auth) === null) return false;
  // As text: of bytes, Node first finds out whether they are a key object, which takes five times as long as all the rest.
  const expected = createHmac('sha256', auth, { encoding: 'base64url' }).update(`receipt ${id}`).digest();
  return areSameBytes(decodeBase64(proof), expected);
}
