import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

/** Facts 1, 2 and 1,000; the old id of the last row is the new one of the second. */
const SEED = `
  INSERT INTO fact_rows (id, count, rows) VALUES
    (1000000, 1, x'0100'), (1000001, 2, x'01000200'), (2000001, 1, x'0300'), (1000000001, 1, x'0400');
`;

it('migration 370 puts the rows of facts in the order of their stretches', () => {
  migrated(370, SEED, ({ rows }) => {
    expect(rows('SELECT id, count, hex(rows) AS rows FROM fact_rows ORDER BY id')).toEqual([
      { id: 1, count: 1, rows: '0100' },
      { id: 1_000_000_001, count: 2, rows: '01000200' },
      { id: 1_000_000_002, count: 1, rows: '0300' },
      { id: 1_000_001_000, count: 1, rows: '0400' },
    ]);
  });
});
