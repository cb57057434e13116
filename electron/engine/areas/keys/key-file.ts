import { createPrivateKey } from 'node:crypto';
import type { KeyFileFormat } from '../../../contract/keys.ts';
import type { HeldKeyPair } from '../../keys/curve.ts';

export interface KeyFile {
  suggestedName: string;
  text: string;
}

/** Both halves of a key pair in a form that other programs read, including our own import. */
export function keyFileOf(pair: HeldKeyPair, format: KeyFileFormat): KeyFile {
  const { publicKey, privateKey, subject } = pair;
  switch (format) {
    case 'json':
      // As `web-push generate-vapid-keys --json` prints it.
      return {
        suggestedName: 'vapid-keys.json',
        text: lines(JSON.stringify({ publicKey, privateKey }, null, 2)),
      };
    case 'env':
      return {
        // Not `.env`: dialogs hide it, and it would overwrite an existing one.
        suggestedName: 'vapid-keys.env',
        text: lines(
          `VAPID_PUBLIC_KEY=${publicKey}`,
          `VAPID_PRIVATE_KEY=${privateKey}`,
          `VAPID_SUBJECT=${quoted(subject)}`,
        ),
      };
    case 'pem':
      return {
        suggestedName: 'private_key.pem',
        text: createPrivateKey({ key: jwkOf(pair), format: 'jwk' })
          .export({ format: 'pem', type: 'pkcs8' })
          .toString(),
      };
    case 'jwk':
      return {
        suggestedName: 'vapid-keys.jwk',
        text: lines(JSON.stringify({ ...jwkOf(pair), key_ops: ['sign'], ext: true }, null, 2)),
      };
  }
}

/** The key as RFC 7518 §6.2 writes it. */
function jwkOf({ publicKey, privateKey }: HeldKeyPair) {
  const point = Buffer.from(publicKey, 'base64url');
  const [x, y] = [
    point.subarray(1, 33).toString('base64url'),
    point.subarray(33).toString('base64url'),
  ] as const;
  return { kty: 'EC', crv: 'P-256', x, y, d: privateKey };
}

/** Contacts contain no quotes; inside quotes, blanks and shell characters are safe. */
const quoted = (text: string) =>
  /^[\w:@.+/-]+$/.test(text) ? text : `"${text.replaceAll(/["$`\\]/g, '\\$&')}"`;

const lines = (...texts: string[]) => `${texts.join('\n')}\n`;
