import { z } from 'zod';
import { Refusal } from '../../contract/problem.ts';
import type { Host } from '../host.ts';
import type { Log } from '../log.ts';
import { derivePublicKey } from './curve.ts';
import { readPrivateFile, writePrivateFile } from '../../files/private-file.ts';
import { openResting, restingSchema, seal, type Resting } from './sealing.ts';

/**
 * Where private halves rest: one file of mode 0600, each entry sealed by the system's key ring where there is one.
 * Opened into memory once, at start.
 */
export interface KeyVault {
  readonly file: string;
  /** How they rest: `file` as soon as one of them is not sealed. */
  protection(): 'key-ring' | 'file';
  /** The private half, or `null` when it is not here or cannot be opened on this machine. */
  privateKeyOf(publicKey: string): string | null;
  /** Returns when it is on the disk. */
  put(publicKey: string, privateKey: string): Promise<void>;
  remove(publicKey: string): Promise<void>;
  /** Whether the private half is kept in the file; `false` for one that came from outside, and for none. */
  rests(publicKey: string): boolean;
  /** The key ring that seals; `null`: there is none. */
  readonly ring: Host['keyRing'] | null;
  /** Keeps a private half in memory only: it came from outside, and rests there. */
  hold(publicKey: string, privateKey: string): void;
}

export interface KeyVaultOptions {
  file: string;
  /** `null` without a desktop. */
  keyRing: Host['keyRing'] | null;
  log: Log;
}

const vaultSchema = z.strictObject({ version: z.literal(1), keys: z.record(z.string(), restingSchema) });

/**
 * @throws Refusal UNAVAILABLE when the file is there but cannot be understood: going on would write over keys that may be saved
 */
export async function openKeyVault({ file, keyRing, log }: KeyVaultOptions): Promise<KeyVault> {
  const ring = await availableRing(keyRing, log);
  const entries = await readEntries(file);
  const opened = new Map<string, string>();
  let writing: Promise<void> = Promise.resolve();

  const write = (): Promise<void> => {
    const text = JSON.stringify({ version: 1, keys: Object.fromEntries(entries) }, null, 2);
    writing = writing.catch(() => undefined).then(() => writePrivateFile(file, `${text}\n`));
    return writing;
  };
  const close = async (privateKey: string): Promise<Resting> =>
    (ring === null ? null : await seal(ring, privateKey)) ?? { plain: privateKey };

  let resealed = 0;
  for (const [publicKey, entry] of entries) {
    const privateKey = await openResting(entry, ring);
    if (privateKey === null || derivePublicKey(privateKey) !== publicKey) {
      log.warn({ publicKey }, 'a private key cannot be opened here');
      continue;
    }
    opened.set(publicKey, privateKey);
    if (ring === null || 'sealed' in entry) continue;
    const sealed = await seal(ring, privateKey);
    if (sealed === null) {
      log.warn({ publicKey }, 'the key ring would not seal a private key; it stays in its plain file');
      continue;
    }
    entries.set(publicKey, sealed);
    resealed += 1;
  }
  if (resealed > 0) {
    await write();
    log.info({ count: resealed }, 'sealed private keys that rested in a plain file');
  }

  return {
    file,
    ring,
    rests: (publicKey) => entries.has(publicKey),
    protection: () =>
      ring === null || [...entries.values()].some((entry) => 'plain' in entry) ? 'file' : 'key-ring',
    privateKeyOf: (publicKey) => opened.get(publicKey) ?? null,
    async put(publicKey, privateKey) {
      const before = entries.get(publicKey);
      entries.set(publicKey, await close(privateKey));
      try {
        await write();
      } catch (error) {
        if (before === undefined) entries.delete(publicKey);
        else entries.set(publicKey, before);
        throw error;
      }
      opened.set(publicKey, privateKey);
    },
    async remove(publicKey) {
      opened.delete(publicKey);
      if (entries.delete(publicKey)) await write();
    },
    hold(publicKey, privateKey) {
      opened.set(publicKey, privateKey);
    },
  };
}

/** The key ring if there is one that works. */
async function availableRing(keyRing: Host['keyRing'] | null, log: Log): Promise<Host['keyRing'] | null> {
  if (keyRing === null) return null;
  const { available, backend } = await keyRing.status();
  log.info({ available, backend }, 'key ring');
  return available ? keyRing : null;
}

async function readEntries(file: string): Promise<Map<string, Resting>> {
  const text = await readPrivateFile(file);
  if (text === null) return new Map();
  const parsed = vaultSchema.safeParse(parseJson(text));
  if (parsed.success) return new Map(Object.entries(parsed.data.keys));
  throw new Refusal('UNAVAILABLE', {
    code: 'key-file-damaged',
    cause: `The file of private keys, ${file}, cannot be read.`,
    cure: 'Put a saved copy in its place. Without one, move the file away: Pushdesk then starts without the private keys.',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
