import type { Migration } from './migration.ts';

/**
 * [Note: kept answers] 4 kB of an answer are kept (core/diagnosis/kept-answer.ts), and equal texts only once: thousands of deliveries get
 * the same words. An attempt names its body (`answer_body_id`), and the list of its header fields (`answer_list_id`), in which the fields
 * that differ from message to message have `null` for a value; these values are stored with the attempt, in order, as a JSON array in
 * `answer_headers`. `uses` counts the attempts that name a text, so that erasing the last of them erases the text.
 *
 * `answer_bytes` of a campaign is how much of their room its answers take, `shortened_answers` how many came after it was used up. Older
 * attempts keep their own texts.
 */
export const keptAnswers: Migration = {
  version: 100,
  name: 'kept answers',
  sql: `
    CREATE TABLE answer_texts (
      id INTEGER PRIMARY KEY,
      -- The first 16 bytes of the SHA-256 of the text.
      key BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
      text TEXT NOT NULL,
      uses INTEGER NOT NULL
    ) STRICT;

    ALTER TABLE attempts ADD COLUMN answer_list_id INTEGER REFERENCES answer_texts (id);
    ALTER TABLE attempts ADD COLUMN answer_body_id INTEGER REFERENCES answer_texts (id);
    ALTER TABLE attempts ADD COLUMN answer_received_bytes INTEGER;

    ALTER TABLE campaigns ADD COLUMN answer_bytes INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE campaigns ADD COLUMN shortened_answers INTEGER NOT NULL DEFAULT 0;
  `,
};
