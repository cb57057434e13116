/**
 * Rows of one stretch of 16,000 row ids, one bit each, and how they are stored: a thousand or more as bits, fewer as a list of positions,
 * so that no more than 2,000 bytes are written. Numbers are little-endian, as on every machine that Pushdesk runs on.
 */
export const STRETCH_ROWS = 16_000;
const WORDS = STRETCH_ROWS / 32;
const LISTED = 1000;

export type RowBits = Uint32Array;

/** As stored. */
export interface PackedRows {
  readonly count: number;
  readonly rows: Uint8Array;
}

export const noRows = (): RowBits => new Uint32Array(WORDS);

/** Includes ids that may be unused. */
export const everyRow = (): RowBits => new Uint32Array(WORDS).fill(0xffff_ffff);

/** The rows in the first `places` places of a stretch, whether or not their ids are used. */
export function rowsBelow(places: number): RowBits {
  const bits = noRows();
  for (let id = 0; id < places; id += 1) addRow(bits, id);
  return bits;
}

export const stretchOf = (id: number): number => Math.floor(id / STRETCH_ROWS);

export function addRow(bits: RowBits, id: number): void {
  const position = id % STRETCH_ROWS;
  bits[position >>> 5] = at(bits, position >>> 5) | (1 << (position & 31));
}

export function removeRow(bits: RowBits, id: number): void {
  const position = id % STRETCH_ROWS;
  bits[position >>> 5] = at(bits, position >>> 5) & ~(1 << (position & 31));
}

export function hasRow(bits: RowBits, id: number): boolean {
  const position = id % STRETCH_ROWS;
  return (at(bits, position >>> 5) & (1 << (position & 31))) !== 0;
}

/** Changes `bits` to those in either. */
export function addRows(bits: RowBits, others: RowBits): void {
  for (let index = 0; index < WORDS; index += 1) bits[index] = at(bits, index) | at(others, index);
}

/** Changes `bits` to those in both. */
export function keepRows(bits: RowBits, others: RowBits): void {
  for (let index = 0; index < WORDS; index += 1) bits[index] = at(bits, index) & at(others, index);
}

/** Changes `bits` to those that are not among `others`. */
export function removeRows(bits: RowBits, others: RowBits): void {
  for (let index = 0; index < WORDS; index += 1) bits[index] = at(bits, index) & ~at(others, index);
}

export const isEmpty = (bits: RowBits): boolean => bits.every((word) => word === 0);

/** Those of a range of ids of their stretch; both ends are multiples of 32. */
export function rowsWithin(bits: RowBits, { from, to }: { from: number; to: number }): RowBits {
  const some = noRows();
  const first = (from % STRETCH_ROWS) >>> 5;
  some.set(bits.subarray(first, first + (to - from) / 32), first);
  return some;
}

export function countRows(bits: RowBits): number {
  let count = 0;
  for (let index = 0; index < WORDS; index += 1) {
    // Bits are added up in pairs, then in fours, then in bytes (Hacker's Delight, 5-1).
    let word = at(bits, index);
    word -= (word >>> 1) & 0x5555_5555;
    word = (word & 0x3333_3333) + ((word >>> 2) & 0x3333_3333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
  }
  return count;
}

/** Ids, lowest first. */
export function idsOf(bits: RowBits, stretch: number): number[] {
  const ids: number[] = [];
  for (let index = 0; index < WORDS; index += 1) {
    let word = at(bits, index);
    const first = stretch * STRETCH_ROWS + index * 32;
    while (word !== 0) {
      const lowest = word & -word;
      ids.push(first + 31 - Math.clz32(lowest));
      word ^= lowest;
    }
  }
  return ids;
}

export function packRows(bits: RowBits): PackedRows {
  const count = countRows(bits);
  if (count >= LISTED) return { count, rows: bytesOf(bits.slice()) };
  return { count, rows: bytesOf(Uint16Array.from(idsOf(bits, 0))) };
}

/** The packed rows with some ids added and others removed. A short list, as nearly all are, is extended without converting it to bits. */
export function changeRows(
  packed: Pick<PackedRows, 'rows'> | null,
  added: readonly number[],
  removed: readonly number[],
): PackedRows & { readonly countBefore: number } {
  const longer = removed.length === 0 ? lengthened(packed?.rows ?? NOTHING, added) : null;
  if (longer !== null) return longer;
  const bits = packed === null ? noRows() : unpackRows(packed);
  const countBefore = countRows(bits);
  for (const id of removed) removeRow(bits, id);
  for (const id of added) addRow(bits, id);
  return { ...packRows(bits), countBefore };
}

const NOTHING = new Uint8Array();

/** `null`: it is not a list in ascending order, or would no longer be one. */
function lengthened(
  rows: Uint8Array,
  added: readonly number[],
): (PackedRows & { countBefore: number }) | null {
  const countBefore = rows.byteLength / 2;
  const count = countBefore + added.length;
  if (count >= LISTED || !Number.isInteger(countBefore)) return null;
  const list = new Uint16Array(count);
  bytesOf(list).set(rows);
  for (const [index, id] of added.entries()) list[countBefore + index] = id % STRETCH_ROWS;
  let last = -1;
  for (const position of list) {
    if (position <= last) return null;
    last = position;
  }
  return last >= STRETCH_ROWS ? null : { count, rows: bytesOf(list), countBefore };
}

/** Accepts any bytes: what cannot have been packed counts as no row. See [Note: damaged rows]. */
export function unpackRows({ rows }: Pick<PackedRows, 'rows'>): RowBits {
  // Copies, because what SQLite returns need not start at a multiple of four. A list is always shorter than the bits.
  const bits = noRows();
  if (rows.byteLength >= bits.byteLength) {
    bytesOf(bits).set(rows.subarray(0, bits.byteLength));
    return bits;
  }
  const { buffer } = new Uint8Array(rows);
  for (const position of new Uint16Array(buffer, 0, Math.floor(rows.byteLength / 2))) {
    if (position < STRETCH_ROWS) addRow(bits, position);
  }
  return bits;
}

function bytesOf(array: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function at(bits: RowBits, index: number): number {
  return bits[index] ?? 0;
}
