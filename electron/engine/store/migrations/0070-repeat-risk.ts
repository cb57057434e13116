import type { Migration } from './migration.ts';

/**
 * [Note: repeat risk] What risk of a repeat a delivery carries, as core/repeat-risk.ts says. The index contains the few that may have
 * arrived twice: it serves to count and list them, and costs nothing for all the others.
 *
 * For attempts made before this step, only the diagnosis tells.
 */
export const repeatRisk: Migration = {
  version: 70,
  name: 'repeat risk',
  sql: `
    ALTER TABLE deliveries ADD COLUMN repeat_risk INTEGER NOT NULL DEFAULT 0 CHECK (repeat_risk IN (0, 1, 2));

    UPDATE deliveries SET repeat_risk = 1
      WHERE state = 'unknown' OR id IN (
        SELECT delivery_id FROM attempts
        WHERE answer_status IS NULL AND diagnosis IN ('timed-out', 'connection-reset', 'answer-too-large'));
    UPDATE deliveries SET repeat_risk = 2
      WHERE repeat_risk = 1 AND EXISTS (
        SELECT 1 FROM attempts first JOIN attempts later ON later.delivery_id = first.delivery_id AND later.number > first.number
        WHERE first.delivery_id = deliveries.id
          AND first.answer_status IS NULL AND first.diagnosis IN ('timed-out', 'connection-reset', 'answer-too-large')
          AND (later.answer_status IS NOT NULL OR later.diagnosis IN ('timed-out', 'connection-reset', 'answer-too-large')));

    CREATE INDEX deliveries_maybe_twice ON deliveries (campaign_id, id) WHERE repeat_risk = 2;
  `,
};
