import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { browserSubscription } from './testing/browser-subscription.ts';
import { engineOptions } from './testing/engine-options.ts';
import { tempEngine } from './testing/temp-engine.ts';

const TURNED = 'Shop\u202Emoc.live\u001B[2J';
const SHOWN = 'Shop\\u202Emoc.live\\u001B[2J';

it('a store from before texts were checked opens, and shows what cannot be seen', async () => {
  const options = engineOptions({ allowPrivateEndpoints: true });
  const first = await tempEngine({ options });
  const pair = await first.client.keys.generate({ name: 'Shop', subject: 'mailto:me@example.com' });
  await first.client.subscriptions.import({
    text: JSON.stringify(browserSubscription()),
    publicKey: pair.publicKey,
  });
  await first.engine.stop();
  const file = new Database(path.join(options.dataDir, 'pushdesk.db'));
  file.prepare('UPDATE key_pairs SET name = ?').run(TURNED);
  file.prepare('INSERT INTO people (id, label) SELECT id, ? FROM subscriptions').run(TURNED);
  file
    .prepare(
      `INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
       VALUES ('r', 'campaign', 'finished', ?, '{}', 2, '{"kind":"everyone"}', 1, 5)`,
    )
    .run(JSON.stringify({ title: TURNED, body: TURNED }));
  file.close();

  const { client } = await tempEngine({ options });
  expect((await client.keys.list()).map(({ name }) => name)).toEqual([SHOWN]);
  expect((await client.subscriptions.list({})).items).toMatchObject([{ label: SHOWN, keyPairName: SHOWN }]);
  // A message is data: it comes back as it is, and the window shows it as core/visible-text.ts says.
  expect((await client.campaigns.list({})).items[0]?.message).toMatchObject({ title: TURNED });
  const preflight = await client.campaigns.preflight({
    message: { title: TURNED },
    audience: { kind: 'everyone' },
  });
  expect(preflight.blockers).toMatchObject([{ code: 'hidden-character', field: 'title' }]);
});
