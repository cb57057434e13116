import { createHash, randomBytes } from 'node:crypto';
import { TOKEN_PREFIX } from '../../../contract/access-tokens.ts';

const BYTES = 32;
const SECRET = new RegExp(`^${TOKEN_PREFIX}[A-Za-z0-9_-]{43}$`);

/** A new token: 256 random bits in base64url behind the prefix. */
export const makeSecret = (): string => TOKEN_PREFIX + randomBytes(BYTES).toString('base64url');

/** What is kept of a token. With 256 random bits to guess, no slow hash is needed. @returns `null` if it is not one of our tokens */
export const hashOf = (secret: string): Buffer | null =>
  SECRET.test(secret) ? createHash('sha256').update(secret).digest() : null;
