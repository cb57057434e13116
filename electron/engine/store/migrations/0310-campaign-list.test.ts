import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r1', 'campaign', 'finished', '{"title":"Hello"}', '{"title":"Hello"}', 17, '{}', 1, 1);
`;

it('migration 310 keeps campaigns with all their deliveries, and forgets the text of a message that changes', () => {
  migrated(310, SEED, ({ rows, run }) => {
    expect(rows('SELECT state, removed_at, removed_facts FROM campaigns')).toEqual([
      { state: 'finished', removed_at: null, removed_facts: null },
    ]);
    expect(rows('SELECT * FROM campaign_curve')).toEqual([]);
    run("INSERT INTO campaign_texts VALUES (1, 'hello')");
    run("UPDATE campaigns SET state = 'running', message = message");
    expect(rows('SELECT * FROM campaign_texts')).toEqual([{ campaign_id: 1, text: 'hello' }]);
    run(`UPDATE campaigns SET message = '{"title":"Bye"}'`);
    expect(rows('SELECT * FROM campaign_texts')).toEqual([]);
    expect(() => {
      run('INSERT INTO campaign_curve VALUES (2, 0, "accepted", 1)');
    }).toThrow(/FOREIGN KEY|no such column/);
  });
});
