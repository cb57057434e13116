/**
 * Brings rows with near keys together, those with one key in the order that they had. A batch of them then writes to a small part of the
 * index over the keys, instead of to a page of it for each row. [Note: endpoint keys]
 *
 * @param keyOf in hexadecimal
 */
export function orderByKey<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const buckets = Array.from({ length: BUCKETS }, (): Row[] => []);
  for (const row of rows) buckets[Number.parseInt(keyOf(row).slice(0, DIGITS), 16)]?.push(row);
  return buckets.flat();
}

const DIGITS = 2;
const BUCKETS = 16 ** DIGITS;
