import { z } from 'zod';
import type { AppInfo } from '../../contract/app.ts';
import type { PrivateHalf } from '../../contract/keys.ts';
import { Refusal } from '../../contract/problem.ts';
import type { Host } from '../base/host.ts';
import type { Log } from '../base/log.ts';
import { derivePublicKey } from './curve.ts';
import { readPrivateFile, writePrivateFile } from '../../files/private-file.ts';
import { openResting, restingSchema, seal, type Resting } from './sealing.ts';

/**
 * Where private halves are stored: one file of mode 0600, each entry sealed by the system's key ring where there is one. Opened into memory
 * at start, and again when the key ring has been unlocked.
 */
export interface KeyVault {
  readonly file: string;
  /** How they are stored: `file` as soon as one of them is not sealed. */
  protection(): 'key-ring' | 'file';
  /** The private half, or `null` if it is not here or cannot be opened here. */
  privateKeyOf(publicKey: string): string | null;
  /** The state of a private half; the only place that decides it. */
  stateOf(publicKey: string): PrivateHalf;
  /** Returns once it is on disk. If the key ring is locked, the person is first asked to unlock it. */
  put(publicKey: string, privateKey: string): Promise<void>;
  remove(publicKey: string): Promise<void>;
  /** Whether the private half is kept in the file; `false` for one that came from outside, or if there is none. */
  rests(publicKey: string): boolean;
  ringState(): RingState;
  /** The key ring, while it can seal; `null`: there is none, or it is locked. */
  ring(): Host['keyRing'] | null;
  /**
   * Asks the person to unlock the key ring if it is locked, and opens what it sealed. Calls made while they are being asked wait for the
   * same answer.
   */
  unlock(): Promise<void>;
  /** Keeps a private half in memory only: it came from outside, and is stored there. */
  hold(publicKey: string, privateKey: string): void;
}

export type RingState = AppInfo['keyRing'];

export interface KeyVaultOptions {
  file: string;
  /** `null` without a desktop. */
  keyRing: Host['keyRing'] | null;
  /** The state of the key ring has changed, and possibly that of a private half. */
  onChange: () => void;
  log: Log;
}

const vaultSchema = z.strictObject({ version: z.literal(1), keys: z.record(z.string(), z.unknown()) });

/** Something stored under a public key that is not a private half: it is left alone until a private half replaces it. */
interface Unreadable {
  readonly unreadable: unknown;
}

export type Entry = Resting | Unreadable;

/** @throws Refusal UNAVAILABLE if the file exists but cannot be understood: going on would overwrite keys that may be recoverable */
export async function openKeyVault({ file, keyRing, onChange, log }: KeyVaultOptions): Promise<KeyVault> {
  const entries = await readEntries(file);
  const opened = new Map<string, string>();
  const damaged = new Set<string>();
  let ringState: RingState = await stateOfRing(keyRing, log);
  let writing: Promise<void> = Promise.resolve();
  let asking: Promise<void> | null = null;

  const ring = () => (ringState === 'ready' ? keyRing : null);

  const write = (): Promise<void> => {
    const now = new Map(entries);
    writing = writing.catch(() => undefined).then(() => writeEntries(file, now));
    return writing;
  };
  const close = async (privateKey: string): Promise<Resting> => {
    const sealing = ring();
    return (sealing === null ? null : await seal(sealing, privateKey)) ?? { plain: privateKey };
  };

  const openEntries = async () => {
    const opening = ring();
    for (const [publicKey, entry] of entries) {
      if (opened.has(publicKey)) continue;
      const privateKey = 'unreadable' in entry ? null : await openResting(entry, opening);
      if ('unreadable' in entry) {
        damaged.add(publicKey);
        log.warn({ publicKey }, 'what rests under this public key cannot be read');
      } else if (privateKey === null) {
        log.warn({ publicKey, ringState }, 'a private key cannot be opened');
      } else if (derivePublicKey(privateKey) === publicKey) {
        opened.set(publicKey, privateKey);
      } else {
        damaged.add(publicKey);
        log.warn({ publicKey }, 'what rests under this public key is not its private key');
      }
    }
  };

  /** Seals what was stored in a plain file while there was no key ring. */
  const sealPlain = async () => {
    const sealing = ring();
    if (sealing === null) return;
    let count = 0;
    for (const [publicKey, entry] of entries) {
      if (!('plain' in entry) || !opened.has(publicKey)) continue;
      const sealed = await seal(sealing, entry.plain);
      if (sealed === null) {
        log.warn({ publicKey }, 'the key ring would not seal a private key; it stays in its plain file');
        continue;
      }
      entries.set(publicKey, sealed);
      count += 1;
    }
    if (count === 0) return;
    await write();
    log.info({ count }, 'sealed private keys that rested in a plain file');
  };

  const ask = async (locked: Host['keyRing']) => {
    ringState = 'asking';
    onChange();
    ringState = await locked.unlock().then(
      ({ state }) => state,
      () => 'locked' as const,
    );
    log.info({ ringState }, 'the person was asked to unlock the key ring');
    await openEntries();
    await sealPlain();
    onChange();
  };

  const unlock = async () => {
    if (asking === null && ringState === 'locked' && keyRing !== null) {
      asking = ask(keyRing).finally(() => {
        asking = null;
      });
    }
    await asking;
  };

  await openEntries();
  await sealPlain();

  return {
    file,
    ring,
    ringState: () => ringState,
    unlock,
    rests: (publicKey) => entries.has(publicKey),
    protection: () =>
      ringState === 'none' || [...entries.values()].some((entry) => 'plain' in entry) ? 'file' : 'key-ring',
    privateKeyOf: (publicKey) => opened.get(publicKey) ?? null,
    stateOf(publicKey) {
      if (opened.has(publicKey)) return 'ready';
      const entry = entries.get(publicKey);
      if (entry === undefined || 'plain' in entry || damaged.has(publicKey)) return 'missing';
      if (ringState === 'none') return 'no-key-ring';
      return ringState === 'ready' ? 'sealed-elsewhere' : 'locked';
    },
    async put(publicKey, privateKey) {
      await unlock();
      const before = entries.get(publicKey);
      entries.set(publicKey, await close(privateKey));
      try {
        await write();
      } catch (error) {
        if (before === undefined) entries.delete(publicKey);
        else entries.set(publicKey, before);
        throw error;
      }
      damaged.delete(publicKey);
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

async function stateOfRing(keyRing: Host['keyRing'] | null, log: Log): Promise<RingState> {
  if (keyRing === null) return 'none';
  const { state, backend } = await keyRing.status();
  log.info({ state, backend }, 'key ring');
  return state;
}

/** What a file of private halves contains, by public key; empty if there is none. */
export async function readEntries(file: string): Promise<Map<string, Entry>> {
  const text = await readPrivateFile(file);
  if (text === null) return new Map();
  const parsed = vaultSchema.safeParse(parseJson(text));
  if (parsed.success)
    return new Map(Object.entries(parsed.data.keys).map(([name, kept]) => [name, entryOf(kept)]));
  throw new Refusal('UNAVAILABLE', {
    code: 'key-file-damaged',
    cause: `The private key file, ${file}, cannot be read.`,
    cure: 'Replace it with a saved copy. If you have none, move the file away: Pushdesk then starts without the private keys.',
  });
}

const entryOf = (kept: unknown): Entry => restingSchema.safeParse(kept).data ?? { unreadable: kept };

export async function writeEntries(file: string, entries: ReadonlyMap<string, Entry>): Promise<void> {
  const keys = [...entries].map(([name, entry]) => [name, 'unreadable' in entry ? entry.unreadable : entry]);
  const text = JSON.stringify({ version: 1, keys: Object.fromEntries(keys) as object }, null, 2);
  await writePrivateFile(file, `${text}\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
