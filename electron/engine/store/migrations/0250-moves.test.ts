import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO key_pairs (name, subject, public_key, in_use, created_at) VALUES ('Old', 'mailto:a@b.example', 'K', 1, 1);
  INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, public_key, state, source, added_at, state_changed_at)
    VALUES ('https://push.example/1', x'000102030405060708090a0b0c0d0e0f', 'other', 'p', 'a', 'K', 'active', 'import', 1, 1);
`;

it('migration 250 keeps keys and subscriptions, of which none is under way and none was seen', () => {
  migrated(250, SEED, ({ rows, run }) => {
    expect(rows('SELECT name, in_use FROM key_pairs')).toEqual([{ name: 'Old', in_use: 1 }]);
    expect(rows('SELECT public_key, state FROM subscriptions')).toEqual([
      { public_key: 'K', state: 'active' },
    ]);
    for (const table of ['key_rotations', 'key_rotation_hours', 'subscription_visits', 'moved_in_hours'])
      expect(rows(`SELECT * FROM ${table}`)).toEqual([]);
    const begin =
      "INSERT INTO key_rotations (from_key, to_key, started_at, started_with) VALUES ('K', 'L', 1, 1)";
    run(begin);
    run('INSERT INTO key_rotation_hours VALUES (1, 0, 1)');
    run('INSERT INTO subscription_visits VALUES (1, 5)');
    run("INSERT INTO moved_in_hours VALUES (0, 'kept', 1)");
    // Only one change may be under way per key.
    expect(() => {
      run(begin);
    }).toThrow(/UNIQUE/);
    run("UPDATE key_rotations SET ended_at = 2, ended_as = 'cancelled'");
    run(begin);
    for (const statement of [
      'INSERT INTO key_rotation_hours VALUES (9, 0, 1)',
      'INSERT INTO subscription_visits VALUES (9, 5)',
    ]) {
      expect(() => {
        run(statement);
      }).toThrow(/FOREIGN KEY/);
    }
  });
});
