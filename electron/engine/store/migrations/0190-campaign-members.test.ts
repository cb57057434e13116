import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `INSERT INTO campaigns (id, request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
  VALUES (1, 'r1', 'campaign', 'preparing', '{}', '{}', 2, '{"kind":"everyone"}', 2, 1)`;

it('leaves campaigns as they are, with their members still to be found', () => {
  migrated(190, SEED, ({ rows }) => {
    expect(rows('SELECT kept_audience, members_found FROM campaigns')).toEqual([
      { kept_audience: null, members_found: 0 },
    ]);
    expect(rows('SELECT * FROM campaign_members')).toEqual([]);
  });
});
