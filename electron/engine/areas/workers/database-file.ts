import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { keepAside, readPrivateFile, writePrivateFile } from '../../../files/private-file.ts';
import type { KeyVault } from '../../keys/key-vault.ts';
import { openResting, restingSchema, seal, type Resting } from '../../keys/sealing.ts';

/** The address that was kept; `closed`: there is one, but the key ring does not open it. */
export type KeptAddress =
  | { readonly kind: 'none' }
  | { readonly kind: 'kept'; readonly address: string }
  | { readonly kind: 'closed' };

/**
 * Keeps the address of the workers' database across restarts. It contains a password, so it is stored like private keys: in a file of mode
 * 0600, sealed by the system's key ring where there is one, never in the store and never in a log.
 */
export interface DatabaseFile {
  read(): Promise<KeptAddress>;
  /** @throws KeyRingClosed, or if the disk refuses */
  keep(address: string): Promise<void>;
  forget(): Promise<void>;
}

/** There is a key ring, but it cannot seal now: better to keep nothing than a password that lies open beside sealed ones. */
export class KeyRingClosed extends Error {
  override readonly name = 'KeyRingClosed';
}

const fileSchema = z.strictObject({ version: z.literal(1), address: restingSchema });

export function createDatabaseFile({
  file,
  vault,
  clock,
  log,
}: {
  file: string;
  vault: Pick<KeyVault, 'ring' | 'ringState'>;
  clock: Clock;
  log: Log;
}): DatabaseFile {
  const rest = async (plain: string): Promise<Resting | null> => {
    const ring = vault.ring();
    if (ring !== null) return seal(ring, plain);
    return vault.ringState() === 'none' ? { plain } : null;
  };
  return {
    async read() {
      const text = await readPrivateFile(file);
      if (text === null) return { kind: 'none' };
      const found = fileSchema.safeParse(parseJson(text));
      if (!found.success) {
        // Perhaps of another version, so it is kept aside. Its contents are never shown.
        log.warn(
          { aside: keepAside(file, new Date(clock.now())) },
          'the address of the workers cannot be read',
        );
        return { kind: 'none' };
      }
      const address = await openResting(found.data.address, vault.ring());
      return address === null ? { kind: 'closed' } : { kind: 'kept', address };
    },
    async keep(address) {
      const resting = await rest(address);
      if (resting === null) throw new KeyRingClosed();
      await writePrivateFile(file, `${JSON.stringify({ version: 1, address: resting })}\n`);
    },
    forget: () => rm(file, { force: true }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
