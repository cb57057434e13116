import { hash } from 'node:crypto';
import { decodeBase64 } from '../../../core/text/base64url.ts';
import { areSameBytes } from '../../keys/same-secret.ts';

/** Of SHA-256, in bytes. */
const BLOCK = 64;
const DIGEST = 32;

/**
 * Whether a receipt comes from the browser that the message went to: an HMAC-SHA-256 (RFC 2104) over the id of the message, with the
 * `auth` secret of the subscription for its key. Nobody but that browser and this store knows it, so nobody else can make one up.
 *
 * @param id of the payload
 * @param proof base64url, without padding
 * @param auth as it is stored
 */
export function isReceiptProof(id: string, proof: string, auth: string): boolean {
  const key = decodeBase64(auth);
  if (key === null) return false;
  return areSameBytes(decodeBase64(proof), hmacOf(key, `receipt ${id}`));
}

/**
 * RFC 2104, by its two hashes: Node makes an object of each key first, which takes four times as long as all the rest, and each device has
 * a key of its own.
 */
function hmacOf(secret: Uint8Array, text: string): Buffer {
  const key = secret.length > BLOCK ? hash('sha256', secret, 'buffer') : secret;
  const inner = Buffer.alloc(BLOCK + Buffer.byteLength(text), 0x36);
  const outer = Buffer.alloc(BLOCK + DIGEST, 0x5c);
  for (const [index, byte] of key.entries()) {
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  }
  inner.write(text, BLOCK);
  hash('sha256', inner, 'buffer').copy(outer, BLOCK);
  return hash('sha256', outer, 'buffer');
}
