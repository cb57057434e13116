import { z } from 'zod';
import type { Host } from '../base/host.ts';

type KeyRing = Host['keyRing'];

/** A secret as it is stored in a file of mode 0600: sealed by the system's key ring, or as it is if there is none. */
export const restingSchema = z.union([
  z.strictObject({ sealed: z.string().min(1) }),
  z.strictObject({ plain: z.string().min(1) }),
]);
export type Resting = z.infer<typeof restingSchema>;

/** `null` when the ring refuses, for example because it is locked. */
export async function seal(ring: KeyRing, plain: string): Promise<Resting | null> {
  try {
    return { sealed: (await ring.seal({ plain })).sealed };
  } catch {
    return null;
  }
}

/**
 * The secret; `null` when there is no ring to open it with, or when the ring refuses: sealed by another user or machine, or it was reset.
 */
export async function openResting(resting: Resting, ring: KeyRing | null): Promise<string | null> {
  if ('plain' in resting) return resting.plain;
  if (ring === null) return null;
  try {
    return (await ring.open({ sealed: resting.sealed })).plain;
  } catch {
    return null;
  }
}
