import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const STATES = ['preparing', 'running', 'paused', 'finished', 'cancelled'];
const SEED = STATES.map(
  (state, index) => `
    INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at,
        recipients, messages_per_minute, kept_audience, members_found)
      VALUES ('r${index}', 'campaign', '${state}', '{"title":"Hello"}', 'p', 1, '{}', 7, 1, 5, 60, '{}', 1);
    INSERT INTO campaign_sums VALUES (${index + 1}, 'fcm', 1, 'accepted', '', 3);`,
).join('');

it('migration 290 keeps every campaign with its state, and has room for those that wait for their time', () => {
  migrated(290, SEED, ({ rows, run }) => {
    expect(
      rows(
        `SELECT id, state, request_id, audience_end, recipients, messages_per_minute, members_found FROM campaigns ORDER BY id`,
      ),
    ).toEqual(
      STATES.map((state, index) => ({
        id: index + 1,
        state,
        request_id: `r${index}`,
        audience_end: 7,
        recipients: 5,
        messages_per_minute: 60,
        members_found: 1,
      })),
    );
    expect(rows('SELECT count(*) AS count FROM campaign_sums')).toEqual([{ count: 5 }]);
    expect(rows('SELECT * FROM campaign_schedules')).toEqual([]);
    run("UPDATE campaigns SET state = 'scheduled' WHERE id = 5");
    run(
      "INSERT INTO campaign_schedules (campaign_id, local_time, time_zone, starts_at, scheduled_at) VALUES (5, '2026-11-30T09:00', 'UTC', 9, 1)",
    );
    for (const statement of [
      "UPDATE campaigns SET state = 'lost' WHERE id = 1",
      "UPDATE campaign_schedules SET asks = 'why'",
      "INSERT INTO campaign_schedules (campaign_id, local_time, time_zone, starts_at, scheduled_at) VALUES (9, 't', 'z', 9, 1)",
    ]) {
      expect(() => {
        run(statement);
      }).toThrow(/constraint/i);
    }
  });
});
