import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

it('holds each name once, and gives no id twice', () => {
  migrated(160, 'SELECT 1', ({ rows, run }) => {
    const add = (name: string) => {
      run(
        `INSERT INTO segments (name, key, filter, created_at) VALUES ('${name}', lower('${name}'), '{}', 1)`,
      );
    };
    add('News');
    expect(() => {
      add('NEWS');
    }).toThrow(/UNIQUE/);
    run('DELETE FROM segments');
    add('News');
    expect(rows('SELECT id FROM segments')).toEqual([{ id: 2 }]);
  });
});
