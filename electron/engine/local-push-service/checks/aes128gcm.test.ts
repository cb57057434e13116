import fc from 'fast-check';
import { createECDH } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import webpush from 'web-push';
import { decryptRecord, parseBody, type EncryptedRecord, type ReceiverKeys } from './aes128gcm.ts';

const decode = (text: string) => Buffer.from(text, 'base64url');

/** RFC 8291, appendix A. */
const VECTOR = {
  plaintext: 'When I grow up, I want to be a watermelon',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  privateKey: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
  publicKey: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  body: 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
};

function receiver(privateKey?: Buffer): ReceiverKeys {
  const keyPair = createECDH('prime256v1');
  if (privateKey === undefined) keyPair.generateKeys();
  else keyPair.setPrivateKey(privateKey);
  return { keyPair, publicKey: keyPair.getPublicKey(), auth: decode(VECTOR.auth) };
}

function recordOf(body: Buffer): EncryptedRecord {
  const parsed = parseBody(body);
  if (parsed.kind === 'malformed') throw new Error(parsed.why);
  return parsed.record;
}

function encryptFor(keys: ReceiverKeys, payload: string): Buffer {
  const { publicKey, auth } = keys;
  return webpush.encrypt(publicKey.toString('base64url'), auth.toString('base64url'), payload, 'aes128gcm')
    .cipherText;
}

describe('a push message body', () => {
  it('of RFC 8291 appendix A is read as it stands there', () => {
    const keys = receiver(decode(VECTOR.privateKey));
    expect(keys.publicKey.toString('base64url')).toBe(VECTOR.publicKey);
    const decrypted = decryptRecord(recordOf(decode(VECTOR.body)), keys);
    expect(decrypted).toEqual({ kind: 'plaintext', plaintext: Buffer.from(VECTOR.plaintext) });
  });

  it('made by web-push is read whatever it says', () => {
    const keys = receiver();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 900 }), (text) => {
        const decrypted = decryptRecord(recordOf(encryptFor(keys, text)), keys);
        expect(decrypted).toEqual({ kind: 'plaintext', plaintext: Buffer.from(text) });
      }),
      { numRuns: 50 },
    );
  });

  it('holds 3993 bytes of plaintext in 4096 and no more', () => {
    const keys = receiver();
    const largest = encryptFor(keys, 'x'.repeat(3993));
    expect(largest.length).toBe(4096);
    expect(decryptRecord(recordOf(largest), keys).kind).toBe('plaintext');
    expect(encryptFor(keys, 'x'.repeat(3994)).length).toBe(4097);
  });

  it('with two records, as web-push writes from 4080 bytes on, is malformed', () => {
    expect(parseBody(encryptFor(receiver(), 'x'.repeat(4080)))).toEqual({
      kind: 'malformed',
      why: 'more than one record',
    });
  });

  it('cannot be read by another device, with another auth secret, or after a change of one bit', () => {
    const keys = receiver();
    const body = encryptFor(keys, 'secret');
    expect(decryptRecord(recordOf(body), receiver()).kind).toBe('failed');
    expect(decryptRecord(recordOf(body), { ...keys, auth: Buffer.alloc(16) }).kind).toBe('failed');
    for (const at of [0, 30, 86, body.length - 1]) {
      const changed = Buffer.from(body);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(decryptRecord(recordOf(changed), keys).kind).toBe('failed');
    }
  });

  it.each<[string, (body: Buffer) => Buffer]>([
    ['is empty', () => Buffer.alloc(0)],
    ['is only a header', (body) => body.subarray(0, 86)],
    ['is one byte short of an empty record', (body) => body.subarray(0, 102)],
    ['has a key id of another length', (body) => with8(body, 20, 64)],
    ['has a compressed point as key id', (body) => with8(body, 21, 0x02)],
    ['has a record size of 17', (body) => with32(body, 16, 17)],
    ['has a record size below its record', (body) => with32(body, 16, body.length - 87)],
  ])('is malformed when it %s', (_what, change) => {
    expect(parseBody(change(encryptFor(receiver(), 'Hello'))).kind).toBe('malformed');
  });

  it('of any bytes at all is judged without an exception', () => {
    const keys = receiver();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, hasHeader) => {
        const body = Buffer.from(bytes);
        // Random bytes never form a valid header: help half of them past it.
        if (hasHeader && body.length > 22) body.set([0, 0, 16, 0, 65, 4], 16);
        const parsed = parseBody(body);
        if (parsed.kind === 'record') expect(decryptRecord(parsed.record, keys).kind).toBe('failed');
        else expect(hasHeader && body.length >= 103).toBe(false);
      }),
    );
  });
});

function with8(body: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(body);
  changed.writeUInt8(value, at);
  return changed;
}

function with32(body: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(body);
  changed.writeUInt32BE(value, at);
  return changed;
}
