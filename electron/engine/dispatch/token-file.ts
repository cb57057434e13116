import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { KeyVault } from '../keys/key-vault.ts';
import { keepAside, readPrivateFile, writePrivateFile } from '../../files/private-file.ts';
import { openResting, restingSchema, seal, type Resting } from '../keys/sealing.ts';
import type { Log } from '../base/log.ts';

/** A signed token with everything that it was signed for. */
export interface SavedToken {
  /** Scheme, host and port of the endpoint: the `aud` claim. */
  readonly origin: string;
  readonly publicKey: string;
  readonly subject: string;
  /** The whole `Authorization` header: anyone who has it can send for hours. */
  readonly header: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Keeps tokens across restarts, so that each start does not have to sign new ones: Apple wants at most one new token an hour. They are
 * stored like private keys, in a file of mode 0600, sealed by the system's key ring where there is one; they are never in the store and
 * never in a log.
 */
export interface TokenFile {
  /** Those that were kept and are still valid. */
  readonly saved: readonly SavedToken[];
  /** Keeps exactly these. Failing costs no more than a signature at the next start. */
  save(tokens: readonly SavedToken[]): void;
  /** Resolves when everything saved is on disk, or has failed. */
  written(): Promise<void>;
}

const fileSchema = z.strictObject({ version: z.literal(1), tokens: restingSchema });
const tokensSchema = z.array(
  z.strictObject({
    origin: z.string(),
    publicKey: z.string(),
    subject: z.string(),
    header: z.string(),
    expiresAt: z.number(),
  }),
);

export async function openTokenFile({
  file,
  vault,
  clock,
  log,
}: {
  file: string;
  /** A token is kept in the same way as the private key that signed it, and not at all if that key is never written. */
  vault: Pick<KeyVault, 'ring' | 'ringState' | 'rests'>;
  clock: Clock;
  log: Log;
}): Promise<TokenFile> {
  const saved = (await readTokens({ file, ring: vault.ring(), clock, log })).filter(
    (token) => isSound(token) && token.expiresAt > clock.now() && vault.rests(token.publicKey),
  );
  let writing: Promise<void> = Promise.resolve();
  let waiting: readonly SavedToken[] | null = null;

  const rest = async (plain: string): Promise<Resting | null> => {
    const ring = vault.ring();
    if (ring !== null) return seal(ring, plain);
    return vault.ringState() === 'none' ? { plain } : null;
  };

  const write = async () => {
    const tokens = waiting;
    waiting = null;
    if (tokens === null) return;
    const plain = JSON.stringify(
      tokens.filter(({ publicKey, expiresAt }) => vault.rests(publicKey) && expiresAt > clock.now()),
    );
    const resting = await rest(plain);
    // The key ring is locked now: better no token than one that lies open beside it.
    if (resting === null) log.warn('the key ring could not seal the tokens; they are not saved');
    else await writePrivateFile(file, `${JSON.stringify({ version: 1, tokens: resting })}\n`);
  };

  return {
    saved,
    save(tokens) {
      waiting = tokens;
      writing = writing.then(write).catch((error: unknown) => {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
        log.warn({ code }, 'the tokens could not be saved');
      });
    },
    written: () => writing,
  };
}

async function readTokens({
  file,
  ring,
  clock,
  log,
}: {
  file: string;
  ring: ReturnType<KeyVault['ring']>;
  clock: Clock;
  log: Log;
}): Promise<SavedToken[]> {
  // The contents of a broken file are never shown.
  const unreadable = (aside: string | null) => {
    log.warn({ aside }, 'the token file cannot be read; new tokens will be signed');
    return [];
  };
  try {
    const text = await readPrivateFile(file);
    if (text === null) return [];
    const outer = fileSchema.safeParse(parseJson(text));
    // Perhaps from another version or another program, so it is kept aside: the next save would overwrite it.
    if (!outer.success) return unreadable(text === '' ? null : keepAside(file, new Date(clock.now())));
    const plain = await openResting(outer.data.tokens, ring);
    return plain === null ? [] : tokensSchema.parse(JSON.parse(plain));
  } catch {
    return unreadable(null);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The header is a token for exactly this origin, key, contact and time. */
function isSound({ origin, publicKey, subject, header, expiresAt }: SavedToken): boolean {
  const [, claims, key] = /^vapid t=[\w-]+\.([\w-]+)\.[\w-]+, k=([\w-]+)$/.exec(header) ?? [];
  if (claims === undefined || key !== publicKey) return false;
  try {
    const read: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString());
    const expected = z.object({
      aud: z.literal(origin),
      sub: z.literal(subject),
      exp: z.literal(Math.floor(expiresAt / 1000)),
    });
    return expected.safeParse(read).success;
  } catch {
    return false;
  }
}
