import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = "INSERT INTO settings (name, value) VALUES ('app', '{\"receipts\":false}');";

it('migration 240 keeps what there is, and has room for tokens, each once', () => {
  migrated(240, SEED, ({ rows, run }) => {
    expect(rows('SELECT name, value FROM settings')).toEqual([{ name: 'app', value: '{"receipts":false}' }]);
    expect(rows('SELECT * FROM access_tokens')).toEqual([]);
    const insert =
      "INSERT INTO access_tokens (name, scopes, hash, created_at) VALUES ('n', 'read', x'01', 1)";
    run(insert);
    expect(() => {
      run(insert);
    }).toThrow(/UNIQUE/);
    run('DELETE FROM access_tokens');
    run(insert);
    expect(rows('SELECT id FROM access_tokens')).not.toEqual([{ id: 1 }]);
  });
});
