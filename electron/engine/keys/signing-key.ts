import type { KeyPairId } from '../../contract/ids.ts';

/**
 * What it takes to sign a VAPID token (RFC 8292 §2). Lives in memory only, and is given to nobody but the dispatcher.
 */
export interface SigningKey {
  readonly keyPairId: KeyPairId;
  /** 65 bytes, base64url without padding. */
  readonly publicKey: string;
  /** 32 bytes, base64url without padding. */
  readonly privateKey: string;
  readonly subject: string;
}
