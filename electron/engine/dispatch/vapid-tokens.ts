import webPush from 'web-push';
import type { Clock } from '../base/clock.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import type { Authorization } from '../wire/batch-sender.ts';
import type { SavedToken, TokenFile } from './token-file.ts';

const HOUR_MS = 3_600_000;
/** Half of the day that RFC 8292 §2 allows: even a clock that is hours off makes a token that services accept. */
const LIFETIME_MS = 12 * HOUR_MS;
/** Renewed while it is still valid for six hours; Apple wants at most one new token an hour. */
const RENEW_BEFORE_MS = 6 * HOUR_MS;

/** Characters of a token that stay in the log: enough to tell two apart, too few to use. */
const TOKEN_SHOWN = 12;

/** The `Authorization` header for an origin and a key, signed once and reused for hours (RFC 8292 §5). */
export interface VapidTokens {
  /**
   * @param origin scheme, host and port of the endpoint, as `URL.origin` gives it: the `aud` claim
   */
  authorize(origin: string, key: SigningKey): Authorization;
}

type Sign = (origin: string, key: SigningKey, expiresAtSeconds: number) => string;

const signWithWebPush: Sign = (origin, { subject, publicKey, privateKey }, expiresAt) =>
  webPush.getVapidHeaders(origin, subject, publicKey, privateKey, 'aes128gcm', expiresAt).Authorization;

/** @param file where they are kept across restarts; omitted: nowhere */
export function createVapidTokens({
  clock,
  file,
  sign = signWithWebPush,
}: {
  clock: Clock;
  file?: Pick<TokenFile, 'saved' | 'save'>;
  sign?: Sign;
}): VapidTokens {
  const tokens = new Map<string, HeldToken>();
  for (const token of file?.saved ?? []) tokens.set(nameOf(token), held(token));

  const keep = (token: SavedToken) => {
    // After the contact was changed, the old one is no longer sent.
    for (const [name, { saved }] of tokens)
      if (saved.origin === token.origin && saved.publicKey === token.publicKey) tokens.delete(name);
    const kept = held(token);
    tokens.set(nameOf(token), kept);
    file?.save([...tokens.values()].map(({ saved }) => saved));
    return kept.authorization;
  };

  return {
    authorize(origin, key) {
      const { publicKey, subject } = key;
      const now = clock.now();
      const known = tokens.get(nameOf({ origin, publicKey, subject }));
      // Otherwise, after a clock was set back, a token that lies too far in the future would be kept.
      const left = known === undefined ? 0 : known.saved.expiresAt - now;
      if (known !== undefined && left > RENEW_BEFORE_MS && left <= LIFETIME_MS) return known.authorization;
      const expiresAt = now + LIFETIME_MS;
      const header = sign(origin, key, Math.floor(expiresAt / 1000));
      return keep({ origin, publicKey, subject, header, expiresAt });
    },
  };
}

interface HeldToken {
  readonly authorization: Authorization;
  readonly saved: SavedToken;
}

function held(saved: SavedToken): HeldToken {
  return { authorization: { header: saved.header, shown: shortened(saved.header) }, saved };
}

function nameOf({
  origin,
  publicKey,
  subject,
}: Pick<SavedToken, 'origin' | 'publicKey' | 'subject'>): string {
  return `${origin} ${publicKey} ${subject}`;
}

function shortened(header: string): string {
  return header.replace(/t=([^,\s]+)/, (_all, token: string) => `t=${token.slice(0, TOKEN_SHOWN)}…`);
}
