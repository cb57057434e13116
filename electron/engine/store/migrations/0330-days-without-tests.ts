import type { Migration } from './migration.ts';

/**
 * Tests go to the person's own devices, and are subtracted from the daily sums. A delivery is counted in the last day that began before its
 * end; days are midnights in the time zone in which they were written. A failed delivery that was sent again was not counted twice. In the
 * age sums, tests can no longer be told apart: they add little to them, and are forgotten with their period.
 */
export const daysWithoutTests: Migration = {
  version: 330,
  name: 'days-without-tests',
  sql: `
    UPDATE day_sums SET count = max(0, day_sums.count - gone.count)
    FROM (
      SELECT (SELECT max(day) FROM day_sums WHERE day <= d.updated_at) AS day, d.push_service, d.state, count(*) AS count
      FROM campaigns c JOIN deliveries d ON d.campaign_id = c.id
      WHERE c.kind = 'test' AND d.state IN ('accepted', 'failed', 'gone', 'cancelled')
      GROUP BY 1, 2, 3
    ) AS gone
    WHERE day_sums.day = gone.day AND day_sums.push_service = gone.push_service AND day_sums.state = gone.state`,
};
