import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

it('forgets what rows had with the act that changed them', () => {
  migrated(170, 'SELECT 1', ({ rows, run }) => {
    run(`INSERT INTO acts (id, act, state, started_at) VALUES ('a', '{}', 'done', 1);
      INSERT INTO act_rows (act_id, stretch, before) VALUES ('a', 0, '[]')`);
    run(`DELETE FROM acts`);
    expect(rows('SELECT * FROM act_rows')).toEqual([]);
  });
});
