import { decodeBase64 } from '../../text/base64url.ts';
import type { KeyProofs } from './key-proofs.ts';
import type { Structure } from './structures.ts';

/** `openssh-key-v1` and what follows it. */
const OPENSSH = /b3BlbnNzaC1rZXktdjEA[A-Za-z0-9+/=\s>]{100,4000}/g;
const PUTTY =
  /PuTTY-User-Key-File-\d: ecdsa-sha2-nistp256\s[^]{0,400}?P\w{5,6}-Lines: \d\s+([A-Za-z0-9+/=\s]{100,400}?)P\w{5,6}-Lines: \d\s+([A-Za-z0-9+/=\s]{40,200}?)P\w{5,6}-MAC[^\r\n]*/gi;
const POINT = 65;
const SCALAR = 32;
/** Length and first byte of a point; lengths of a number of 256 bits, the second with a zero byte as its sign. */
const POINT_HEAD = [0, 0, 0, POINT, 4];
const NUMBER_HEADS = [
  [0, 0, 0, SCALAR],
  [0, 0, 0, SCALAR + 1, 0],
];
/** Enough for a point within its file. */
const MOST = 600;

/** The pairs of P-256 in the key files of OpenSSH and PuTTY, if they have no password: the private half has to derive the public one. */
export function sshKeysIn(text: string, proofs: KeyProofs): Structure[] {
  const openSsh = [...text.matchAll(OPENSSH)].map((found) => ({ found, parts: [found[0]] }));
  const putty = [...text.matchAll(PUTTY)].map((found) => ({ found, parts: found.slice(1) }));
  return [...openSsh, ...putty].flatMap(({ found, parts }) => {
    const bytes = parts.map((part) =>
      [...(decodeBase64(part.replaceAll(/[\s>]|=+\s*$/g, '')) ?? [])].slice(0, MOST),
    );
    const content = pairIn(bytes.flat(), proofs);
    return content === null ? [] : [{ start: found.index, end: found.index + found[0].length, content }];
  });
}

function pairIn(bytes: readonly number[], proofs: KeyProofs): Structure['content'] | null {
  const starts = placesOf(bytes, POINT_HEAD);
  const point = Uint8Array.from(bytes.slice((starts[0] ?? 0) + 4).slice(0, POINT));
  for (const head of NUMBER_HEADS) {
    for (const start of placesOf(bytes, head)) {
      const scalar = Uint8Array.from(bytes.slice(start + head.length, start + head.length + SCALAR));
      const own = scalar.length === SCALAR ? proofs.derivePublicKey(scalar) : null;
      if (own !== null && own.every((byte, at) => byte === point[at]))
        return { kind: 'private-key', scalar, point };
    }
  }
  return null;
}

const placesOf = (bytes: readonly number[], head: readonly number[]): number[] =>
  bytes.flatMap((_byte, at) => (head.every((one, index) => bytes[at + index] === one) ? [at] : []));
