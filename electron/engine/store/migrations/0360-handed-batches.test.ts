import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r1', 'campaign', 'running', '{"title":"Hello"}', '{"title":"Hello"}', 17, '{}', 1, 1);
`;

it('migration 360 keeps campaigns under way, of which nothing was handed to a worker', () => {
  migrated(360, SEED, ({ rows, run }) => {
    expect(rows('SELECT state FROM campaigns')).toEqual([{ state: 'running' }]);
    expect(rows('SELECT * FROM handed_batches')).toEqual([]);
    run("INSERT INTO worker_shares VALUES (1, 'north', 3)");
    expect(() => {
      run("INSERT INTO worker_shares VALUES (2, 'north', 3)");
    }).toThrow(/FOREIGN KEY/);
  });
});
