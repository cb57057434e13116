const RUN_BITS = 1024;
const RUN_BITS_LOG2 = 10;
const RUN = 3;
const FIRST_CHARACTER = 0x20;
const LAST_CHARACTER = 0x7e;
const UPPER_A = 65;
const UPPER_Z = 90;

/**
 * Bits of a signature: 1,024 for runs of three characters, and one for each visible ASCII character. Part of what is stored, like all of
 * this file: a change needs a migration that empties `search_bits` and `search_stretches`.
 */
export const BIT_COUNT = RUN_BITS + LAST_CHARACTER - FIRST_CHARACTER + 1;

/**
 * Calls `visit` with the bit of each character and of each run of three characters, repeats included. Case is ignored as SQLite's LIKE
 * does: A to Z only.
 *
 * @returns false when a character has no bit, so that no endpoint can contain it: endpoints are ASCII
 */
export function visitTextBits(text: string, visit: (bit: number) => void): boolean {
  let run = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = fold(text.charCodeAt(index));
    if (code < FIRST_CHARACTER || code > LAST_CHARACTER) return false;
    visit(RUN_BITS + code - FIRST_CHARACTER);
    run = ((run << 8) | code) & 0xff_ffff;
    // Multiplicative hashing (Knuth, 6.4): the upper bits of the product are the well-mixed ones.
    if (index >= RUN - 1) visit(Math.imul(run, 0x9e37_79b1) >>> (32 - RUN_BITS_LOG2));
  }
  return true;
}

/** The bits that an endpoint must have to hold this text; `null` when none can. */
export function textBits(text: string): number[] | null {
  const bits = new Set<number>();
  return visitTextBits(text, (bit) => bits.add(bit)) ? [...bits] : null;
}

function fold(code: number): number {
  return code >= UPPER_A && code <= UPPER_Z ? code + 32 : code;
}
