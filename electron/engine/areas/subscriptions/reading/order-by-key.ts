/**
 * Brings rows with near keys together, those with one key in the order that they had. A batch of them then writes to a small part of the
 * index over the keys, instead of to a page of it for each row. [Note: endpoint keys]
 *
 * @param keyOf in hexadecimal, the first `KEY_DIGITS` at least
 */
export function orderByKey<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const buckets = Array.from({ length: BUCKETS }, (): Row[] => []);
  for (const row of rows) buckets[Number.parseInt(keyOf(row).slice(0, KEY_DIGITS), 16)]?.push(row);
  return buckets.flat();
}

export const KEY_DIGITS = 2;
const BUCKETS = 16 ** KEY_DIGITS;
