import { decodeBase64 } from '../../text/base64url.ts';
import type { Material, Scalar } from './material.ts';
import type { MatchedPair, Mismatch } from './pair-up.ts';
import { isRestOf } from './repairs.ts';

const PUBLIC_BYTES = 32;
const REACH = 120;

/**
 * A public half of 32 bytes beside private ones, under the same name but for the word of the half. On P-256 a public half has 65 bytes, on
 * the curves of libsodium 32, like the private one.
 */
export function shortPublicHalf(material: Material, pairs: readonly MatchedPair[]): Mismatch | null {
  if (pairs.some(({ isProven }) => isProven)) return null;
  const secrets = pairs.flatMap(({ privateKey, publicKey, start }) => {
    const name = commonName(material.text, start, 'priv');
    const point = decodeBase64(publicKey);
    return name === null || point === null ? [] : [{ name, privateKey: decodeBase64(privateKey), point }];
  });
  const isShort = ({ name, needsProof, bytes, start, base64 }: Scalar) => {
    if (name !== 'public' || needsProof || bytes.length !== PUBLIC_BYTES) return false;
    const own = commonName(material.text, start, 'pub');
    return secrets.some(
      (secret) =>
        secret.name === own &&
        !isSame(secret.privateKey, bytes) &&
        (base64 === null || !isRestOf(base64, secret.point)),
    );
  };
  const short = material.scalars.find(isShort);
  if (short === undefined) return null;
  const isCut = short.bytes[0] === 4 || /vapid|push/i.test(nameOf(material.text, short.start));
  return isCut ? { kind: 'public-broken', bytes: PUBLIC_BYTES } : { kind: 'other-curve' };
}

/** The name before a value without the word that says which half it is; `null`: that word is not in it. */
function commonName(text: string, start: number, half: 'priv' | 'pub'): string | null {
  const name = nameOf(text, start).toLowerCase();
  const common = name.replace(half === 'priv' ? /private|priv|prv/ : /public|pub/, '');
  return common === name ? null : common.replaceAll(/[^a-z0-9]/g, '');
}

/** The name is the last one of its line that a value follows. */
function nameOf(text: string, start: number): string {
  const before = text
    .slice(Math.max(0, start - REACH), start)
    .replace(/(?:0x|base64:)$/i, '')
    .replace(/[^A-Za-z0-9]{1,40}$/, '');
  return /[\w .-]{0,60}$/.exec(before)?.[0] ?? '';
}

const isSame = (one: Uint8Array | null, other: Uint8Array): boolean =>
  one !== null && one.every((byte, at) => byte === other[at]);
