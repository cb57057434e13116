import type { Problem } from '../../contract/problem.ts';
import { decodeBase64, encodeBase64Url } from '../text/base64url.ts';

export type KeyPairText =
  { kind: 'read'; privateKey: string; publicKey: string | null } | { kind: 'refused'; problem: Problem };

const PRIVATE_BYTES = 32;
const PUBLIC_BYTES = 65;
const UNCOMPRESSED = 4;
const LABELLED = /(private|public)[ _-]?key["']?\s*(?:[:=]\s*)?["']?([A-Za-z0-9+/_-]{16,}={0,2})/gi;

/**
 * Reads what `web-push generate-vapid-keys` prints (text or `--json`), the same as environment variables, or a private
 * key alone: base64url or base64 of 32 bytes, padded or not. Whether the halves belong together is for the engine to say.
 *
 * @returns both halves as unpadded base64url; `publicKey` is `null` when only the private one is there
 */
export function readKeyPairText(text: string): KeyPairText {
  const trimmed = text.trim();
  if (trimmed === '')
    return refused(
      'key-text-no-private-key',
      'There are no keys yet.',
      'Paste the private key, or both keys.',
    );
  if (/-----BEGIN/.test(trimmed) || /"kty"\s*:/.test(trimmed)) {
    return refused(
      'key-text-format',
      'This key is in PEM or JWK format, which cannot be imported.',
      'Paste the private key as base64url: 43 characters, as web-push generate-vapid-keys prints it.',
    );
  }
  const found = findHalves(trimmed);
  if (found.privateKeys.length > 1 || found.publicKeys.length > 1) {
    return refused('key-text-several', 'This text has more than one key pair.', 'Paste one at a time.');
  }
  const [privateText] = found.privateKeys;
  const [publicText] = found.publicKeys;
  if (privateText === undefined) return noPrivateKey(publicText ?? null);
  return readHalves(privateText, publicText ?? null);
}

function findHalves(text: string): { privateKeys: string[]; publicKeys: string[] } {
  const halves = { private: new Set<string>(), public: new Set<string>() };
  for (const [, half, value] of text.matchAll(LABELLED)) {
    if (half === undefined || value === undefined) continue;
    halves[half.toLowerCase() === 'private' ? 'private' : 'public'].add(value);
  }
  const alone = text.replaceAll(/^["']|["'][,;]?$/g, '');
  if (halves.private.size + halves.public.size === 0 && /^[^\s{}]+$/.test(alone)) {
    halves[decodeBase64(alone)?.length === PUBLIC_BYTES ? 'public' : 'private'].add(alone);
  }
  return { privateKeys: [...halves.private], publicKeys: [...halves.public] };
}

function readHalves(privateText: string, publicText: string | null): KeyPairText {
  const privateKey = decodeBase64(privateText);
  if (privateKey?.length !== PRIVATE_BYTES) return badHalf('private', privateKey, PRIVATE_BYTES);
  if (publicText === null) return { kind: 'read', privateKey: encodeBase64Url(privateKey), publicKey: null };
  const publicKey = decodeBase64(publicText);
  if (publicKey?.length !== PUBLIC_BYTES || publicKey[0] !== UNCOMPRESSED) {
    return badHalf('public', publicKey, PUBLIC_BYTES);
  }
  return {
    kind: 'read',
    privateKey: encodeBase64Url(privateKey),
    publicKey: encodeBase64Url(publicKey),
  };
}

function noPrivateKey(publicText: string | null): KeyPairText {
  return refused(
    'key-text-no-private-key',
    publicText === null ? 'There is no private key in this text.' : 'This is only a public key.',
    'Paste the private key too: messages cannot be signed without it.',
  );
}

function badHalf(half: 'private' | 'public', bytes: Uint8Array | null, wanted: number): KeyPairText {
  const cause =
    bytes === null
      ? `The ${half} key is not base64url.`
      : bytes.length === wanted
        ? `The ${half} key is not an uncompressed P-256 point.`
        : `The ${half} key has ${bytes.length} bytes; it must have ${wanted}.`;
  return refused(
    `key-text-${half}-key`,
    cause,
    'Paste the whole output of web-push generate-vapid-keys, or just the private key (43 characters).',
  );
}

function refused(code: string, cause: string, cure: string): KeyPairText {
  return { kind: 'refused', problem: { code, cause, cure, field: 'text' } };
}
