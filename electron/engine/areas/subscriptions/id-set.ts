/** Row ids, one bit each: a million take 125 kB. */
export interface IdSet {
  add(id: number): void;
  has(id: number): boolean;
}

export function createIdSet(): IdSet {
  let bits = new Uint8Array(1024);
  return {
    add(id) {
      const byte = Math.floor(id / 8);
      if (byte >= bits.length) {
        const larger = new Uint8Array(Math.max(byte + 1, bits.length * 2));
        larger.set(bits);
        bits = larger;
      }
      bits[byte] = (bits[byte] ?? 0) | (1 << (id & 7));
    },
    has: (id) => ((bits[Math.floor(id / 8)] ?? 0) & (1 << (id & 7))) !== 0,
  };
}
