import type { TokenScope } from '../../contract/access-tokens.ts';
import type { AccessTokenId } from '../../contract/ids.ts';

/** Whose token was presented. */
export interface Admitted {
  readonly id: AccessTokenId;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
}

/** Knows access tokens. */
export interface TokenGate {
  /** @returns `null` for a text that is not a token, or for one that was revoked or has expired */
  admit(candidate: string): Admitted | null;
  /** Whether it is still valid. */
  isValid(id: AccessTokenId): boolean;
  /**
   * Registers that something is open with this token.
   * @param onGone called once, when the token was revoked or has expired
   * @returns what to call when it is no longer open
   */
  hold(id: AccessTokenId, onGone: () => void): () => void;
}
