import type { AccessToken, NewAccessToken } from '../../../contract/access-tokens.ts';
import type { AccessTokenStore } from './access-token-store.ts';
import { hashOf, makeSecret } from './token-secret.ts';

const DAY_MS = 86_400_000;

/** Makes a token and stores its hash. @returns the token itself, this once: nothing else will ever reveal it */
export function issueToken(
  store: Pick<AccessTokenStore, 'add'>,
  { name, scopes, expiresInDays }: NewAccessToken,
  now: number,
): { token: AccessToken; secret: string } {
  const secret = makeSecret();
  const hash = hashOf(secret);
  if (hash === null) throw new Error('A new token does not look like one');
  const expiresAt = expiresInDays === null ? null : now + expiresInDays * DAY_MS;
  const token = store.add({ name, scopes: [...new Set(scopes)], hash, createdAt: now, expiresAt });
  return { token, secret };
}
