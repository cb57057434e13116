import type { TokenScope } from '../../contract/access-tokens.ts';
import type { AccessTokenId } from '../../contract/ids.ts';

/** Whose token was shown. */
export interface Admitted {
  readonly id: AccessTokenId;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
}

/** Knows access tokens. */
export interface TokenGate {
  /** @returns `null` for a text that is no token, or one that was revoked or has expired */
  admit(candidate: string): Admitted | null;
  /** Whether it still holds. */
  isValid(id: AccessTokenId): boolean;
  /**
   * Something is open with this token.
   * @param onGone told once, when the token was revoked or has expired
   * @returns what to call when it is no longer open
   */
  hold(id: AccessTokenId, onGone: () => void): () => void;
}
