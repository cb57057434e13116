import { createHash } from 'node:crypto';

/** A number from 0 up to, but not including, 1. */
export type Random = () => number;

/**
 * The same numbers for the same seed (mulberry32), so that a rehearsal with faults can be repeated exactly. Only for chance: it must never
 * produce anything secret.
 */
export function createRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
