import { createPublicKey, type KeyObject } from 'node:crypto';

/** An application server key (RFC 8292 §3.2) that is a point on the curve. */
export interface ApplicationServerKey {
  /** 65 bytes, base64url without padding: the only form in which keys are compared. */
  readonly text: string;
  readonly key: KeyObject;
}

/** Reads 65 bytes in base64url, padded or not; `null` if they are not a P-256 point. */
export function parseApplicationServerKey(text: string): ApplicationServerKey | null {
  if (!/^[A-Za-z0-9_-]{87}=?$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 65 || bytes[0] !== 0x04) return null;
  try {
    const key = createPublicKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: bytes.subarray(1, 33).toString('base64url'),
        y: bytes.subarray(33).toString('base64url'),
      },
    });
    return { text: bytes.toString('base64url'), key };
  } catch {
    return null;
  }
}
