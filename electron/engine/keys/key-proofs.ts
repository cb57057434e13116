import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  ECDH,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import type { DerContent, KeyProofs } from '../../core/keys/reading/key-proofs.ts';
import { isPointOnCurve } from './curve.ts';

const CURVE = 'prime256v1';
/** 1.2.840.113549.1.7.1, the contents of a PKCS#12 file. */
const PKCS7_DATA = Buffer.from('2a864886f70d010701', 'hex');

/** P-256 arithmetic and ASN.1 parsing, by OpenSSL. */
export const keyProofs: KeyProofs = {
  derivePublicKey(scalar) {
    const ecdh = createECDH(CURVE);
    try {
      ecdh.setPrivateKey(scalar);
      return ecdh.getPublicKey(null, 'uncompressed');
    } catch {
      // It is zero, or not below the order of the curve.
      return null;
    }
  },
  isPointOnCurve,
  expandPoint(compressed) {
    try {
      const point = ECDH.convertKey(compressed, CURVE, undefined, undefined, 'uncompressed');
      return typeof point === 'string' ? null : point;
    } catch {
      return null;
    }
  },
  readDer(der) {
    const key = Buffer.from(der);
    for (const type of ['pkcs8', 'sec1'] as const) {
      try {
        return contentOf(createPrivateKey({ key, format: 'der', type }));
      } catch (error) {
        if (isMissingPassphrase(error)) return { kind: 'encrypted' };
      }
    }
    try {
      return contentOf(createPublicKey({ key, format: 'der', type: 'spki' }));
    } catch {
      return certificateOrNothing(key);
    }
  },
};

const isMissingPassphrase = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MISSING_PASSPHRASE';

function contentOf(key: KeyObject): DerContent {
  if (key.asymmetricKeyType !== 'ec')
    return { kind: 'other', name: `${nameOf(key.asymmetricKeyType)} ${key.type} key` };
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (curve !== CURVE)
    return {
      kind: 'other',
      name: `a ${key.type} key on the curve ${CURVE_NAMES[curve ?? ''] ?? curve ?? 'of its own'}`,
    };
  const { d, x, y } = key.export({ format: 'jwk' });
  const point = Buffer.concat([Uint8Array.of(4), bytes(x), bytes(y)]);
  return key.type === 'private'
    ? { kind: 'private-key', scalar: bytes(d), point }
    : { kind: 'public-key', point };
}

const CURVE_NAMES: Readonly<Record<string, string>> = {
  secp384r1: 'P-384',
  secp521r1: 'P-521',
  prime192v1: 'P-192',
};

const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64url');

function nameOf(type: string | undefined): string {
  switch (type) {
    case 'rsa':
    case 'rsa-pss':
      return 'an RSA';
    case 'ed25519':
    case 'ed448':
      return `an ${type.replace('ed', 'Ed')}`;
    case 'x25519':
    case 'x448':
      return `an ${type.toUpperCase()}`;
    default:
      return `a ${(type ?? 'foreign').toUpperCase()}`;
  }
}

function certificateOrNothing(der: Buffer): DerContent {
  try {
    new X509Certificate(der);
    return { kind: 'other', name: 'a certificate' };
  } catch {
    const isContainer = der.includes(PKCS7_DATA) && der.indexOf(Uint8Array.of(2, 1, 3)) === 4;
    return isContainer ? { kind: 'other', name: 'a PKCS#12 file (.p12 or .pfx)' } : { kind: 'unreadable' };
  }
}
