/**
 * Brings rows with nearby keys together; rows with the same key keep their order. A batch of them then writes to a small part of the key
 * index, instead of to a different page for each row. [Note: endpoint keys]
 *
 * @param keyOf in hexadecimal, at least the first `KEY_DIGITS`
 */
export function orderByKey<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const buckets = Array.from({ length: BUCKETS }, (): Row[] => []);
  for (const row of rows) buckets[Number.parseInt(keyOf(row).slice(0, KEY_DIGITS), 16)]?.push(row);
  return buckets.flat();
}

export const KEY_DIGITS = 2;
const BUCKETS = 16 ** KEY_DIGITS;
