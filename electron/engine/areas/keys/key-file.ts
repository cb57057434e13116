import type { RawKeyPair } from '../../keys/curve.ts';

/** The form that `web-push generate-vapid-keys --json` prints, which other senders and our own import read. */
export function keyFileText({ publicKey, privateKey }: RawKeyPair): string {
  return `${JSON.stringify({ publicKey, privateKey }, null, 2)}\n`;
}
