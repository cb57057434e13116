import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r1', 'campaign', 'finished', '{}', '{}', 2, '{}', 0, 1);
  INSERT INTO campaign_sums (campaign_id, push_service, key_pair_id, state, diagnosis, count)
    VALUES (1, 'fcm', 1, 'failed', 'bad-request', 3);
`;

it('migration 200 keeps campaigns and their sums, and knows of no words of the answers before it', () => {
  migrated(200, SEED, ({ rows, run }) => {
    expect(rows('SELECT id, request_id, state FROM campaigns')).toEqual([
      { id: 1, request_id: 'r1', state: 'finished' },
    ]);
    expect(rows('SELECT diagnosis, count FROM campaign_sums')).toEqual([
      { diagnosis: 'bad-request', count: 3 },
    ]);
    expect(rows('SELECT * FROM answer_examples')).toEqual([]);
    run("INSERT INTO answer_examples VALUES (1, 'fcm', 'bad-request', 400, NULL)");
    expect(() => {
      run("INSERT INTO answer_examples VALUES (9, 'fcm', 'bad-request', 400, NULL)");
    }).toThrow(/FOREIGN KEY/);
  });
});
