import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO key_pairs (name, subject, public_key, in_use, created_at)
    VALUES ('Shop', 'mailto:you@example.com', 'B1', 1, 5), ('Blog', 'mailto:you@example.com', 'B2', 0, 6);
`;

it('migration 120 knows of no copy of the pairs that were there, and keeps all else', () => {
  migrated(120, SEED, ({ rows }) => {
    expect(rows('SELECT name, public_key, in_use, created_at, copied_at FROM key_pairs ORDER BY id')).toEqual(
      [
        { name: 'Shop', public_key: 'B1', in_use: 1, created_at: 5, copied_at: null },
        { name: 'Blog', public_key: 'B2', in_use: 0, created_at: 6, copied_at: null },
      ],
    );
  });
});
