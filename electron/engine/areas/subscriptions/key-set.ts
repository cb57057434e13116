/** Endpoint keys that have been seen. A million take 32 MB; a `Set` of their texts would take three times that. */
export interface KeySet {
  /**
   * `false` if it was already there.
   * @param key `endpointKeyHex` of an endpoint
   */
  add(key: string): boolean;
}

const WORDS_A_KEY = 4;
const FIRST_SLOTS = 1024;

/**
 * A hash table with linear probing (Knuth, 6.4, algorithm L), half full at most. The keys are parts of a SHA-256, so their first word
 * serves as the hash. A slot of zeros is free: a key of zeros does not occur.
 */
export function createKeySet(): KeySet {
  let slots = FIRST_SLOTS;
  let words = new Uint32Array(slots * WORDS_A_KEY);
  let count = 0;
  const key = new Uint32Array(WORDS_A_KEY);

  /** Where the key is, or the free slot where it may go. */
  const find = (): { at: number; isThere: boolean } => {
    let slot = (key[0] ?? 0) & (slots - 1);
    for (;;) {
      const at = slot * WORDS_A_KEY;
      if (isFree(words, at)) return { at, isThere: false };
      if (key.every((word, index) => words[at + index] === word)) return { at, isThere: true };
      slot = (slot + 1) & (slots - 1);
    }
  };

  const grow = () => {
    const old = words;
    slots *= 2;
    words = new Uint32Array(slots * WORDS_A_KEY);
    for (let from = 0; from < old.length; from += WORDS_A_KEY) {
      if (isFree(old, from)) continue;
      key.set(old.subarray(from, from + WORDS_A_KEY));
      words.set(key, find().at);
    }
  };

  return {
    add(text) {
      if (count * 2 >= slots) grow();
      for (let index = 0; index < WORDS_A_KEY; index += 1) {
        key[index] = Number.parseInt(text.slice(index * 8, index * 8 + 8), 16);
      }
      const { at, isThere } = find();
      if (isThere) return false;
      words.set(key, at);
      count += 1;
      return true;
    },
  };
}

function isFree(words: Uint32Array, at: number): boolean {
  return words[at] === 0 && words[at + 1] === 0 && words[at + 2] === 0 && words[at + 3] === 0;
}
