import { createDecipheriv, hkdfSync, type ECDH } from 'node:crypto';

/** The body size that every push service must accept (RFC 8030 §7.2), in bytes. */
export const MAX_BODY_BYTES = 4096;
/** Salt 16, record size 4, length of the key id 1, key id 65 (RFC 8188 §2.1, RFC 8291 §4). */
const HEADER_BYTES = 86;
const KEY_BYTES = 65;
const TAG_BYTES = 16;
/** A record contains at least the delimiter and the tag (RFC 8188 §2). */
const MIN_RECORD_BYTES = TAG_BYTES + 1;
const LAST_RECORD = 0x02;

/** The body of a push message, taken apart. The buffers are views of it. */
export interface EncryptedRecord {
  readonly salt: Buffer;
  /** The sender's one-time public key: an uncompressed P-256 point. */
  readonly senderKey: Buffer;
  /** Ciphertext with its tag. */
  readonly ciphertext: Buffer;
}

export type ParsedBody =
  | { readonly kind: 'record'; readonly record: EncryptedRecord }
  | { readonly kind: 'malformed'; readonly why: string };

/** Takes a body apart as far as a push service can without the keys: one record with a valid header (RFC 8291 §4). */
export function parseBody(body: Buffer): ParsedBody {
  if (body.length < HEADER_BYTES + MIN_RECORD_BYTES)
    return malformed('shorter than a header and an empty record');
  const recordSize = body.readUInt32BE(16);
  const keyLength = body.readUInt8(20);
  const ciphertext = body.subarray(HEADER_BYTES);
  if (keyLength !== KEY_BYTES) return malformed('the key id is not 65 bytes long');
  if (body.readUInt8(21) !== 0x04) return malformed('the key id is not an uncompressed point');
  if (recordSize <= MIN_RECORD_BYTES) return malformed('the record size is below 18');
  if (ciphertext.length > recordSize) return malformed('more than one record');
  return {
    kind: 'record',
    record: { salt: body.subarray(0, 16), senderKey: body.subarray(21, HEADER_BYTES), ciphertext },
  };
}

/** What a browser keeps of its subscription in order to read messages. */
export interface ReceiverKeys {
  readonly keyPair: ECDH;
  /** 65 bytes. */
  readonly publicKey: Buffer;
  /** 16 bytes. */
  readonly auth: Buffer;
}

export type Decrypted =
  | { readonly kind: 'plaintext'; readonly plaintext: Buffer }
  | { readonly kind: 'failed'; readonly why: string };

/**
 * Decrypts as a browser does (RFC 8291 §3, RFC 8188 §2), using only `node:crypto`: it shares nothing with the sender's encryption, so that
 * an error of the sender cannot cancel itself out here.
 */
export function decryptRecord(record: EncryptedRecord, keys: ReceiverKeys): Decrypted {
  try {
    const shared = keys.keyPair.computeSecret(record.senderKey);
    const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), keys.publicKey, record.senderKey]);
    const material = hkdf(shared, keys.auth, keyInfo, 32);
    const contentKey = hkdf(material, record.salt, 'Content-Encoding: aes128gcm\0', 16);
    const nonce = hkdf(material, record.salt, 'Content-Encoding: nonce\0', 12);
    const end = record.ciphertext.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-128-gcm', contentKey, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(record.ciphertext.subarray(end));
    const padded = Buffer.concat([decipher.update(record.ciphertext.subarray(0, end)), decipher.final()]);
    return unpad(padded);
  } catch (error) {
    return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}

/** The plaintext ends at the delimiter; zeros after it are padding (RFC 8188 §2). */
function unpad(padded: Buffer): Decrypted {
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end -= 1;
  if (padded[end] !== LAST_RECORD)
    return { kind: 'failed', why: 'the delimiter of the last record is missing' };
  return { kind: 'plaintext', plaintext: padded.subarray(0, end) };
}

function hkdf(material: Buffer, salt: Buffer, info: string | Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', material, salt, info, length));
}

function malformed(why: string): ParsedBody {
  return { kind: 'malformed', why };
}
