import type { Migration } from './migration.ts';

/**
 * What a push service said the first time that a reason occurred in a campaign: reasons are only counted, and a count does not show the
 * answer.
 */
export const answerExamples: Migration = {
  version: 200,
  name: 'answer examples',
  sql: `CREATE TABLE answer_examples (
      campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
      push_service TEXT NOT NULL,
      diagnosis TEXT NOT NULL,
      status INTEGER NOT NULL,
      words TEXT,
      PRIMARY KEY (campaign_id, push_service, diagnosis)
    ) STRICT, WITHOUT ROWID`,
};
