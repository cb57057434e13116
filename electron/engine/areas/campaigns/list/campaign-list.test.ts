import { expect, it } from 'vitest';
import type { CampaignState } from '../../../../contract/campaigns.ts';
import { tempStore } from '../../../testing/temp-store.ts';
import { campaignRig, fcm, message } from '../testing/campaign-rig.ts';
import { answer } from '../../../testing/scripted-sender.ts';
import { createCampaignListStore } from './campaign-list-store.ts';

const uuid = (id: number) => `6f1c2a54-0f0e-4a51-8c43-${String(id).padStart(12, '0')}`;

function sent(titles: readonly string[]) {
  const rig = campaignRig({ script: () => answer(201) });
  const [one] = rig.subscribe(fcm(1));
  if (one === undefined) throw new Error('nobody');
  titles.forEach((title, index) => {
    const [head = '', body = '', tag = ''] = title.split('/');
    rig.service.start({
      requestId: uuid(index),
      message: message({ title: head, body, tag }),
      audience: { kind: 'chosen', ids: [one] },
    });
  });
  return {
    ...rig,
    titles: (asked: Parameters<typeof rig.service.list>[0]) =>
      rig.service.list(asked).items.map((campaign) => campaign.message.title),
  };
}
const first = { cursor: null, limit: 100 };

it('finds campaigns by part of title, body or tag, whatever the case of the letters', () => {
  const { titles, service } = sent(['Äpfel/frisch/obst', 'Birnen/Äpfel auch', 'Kirschen//OBST', '100%_\\/x']);
  expect(titles({ ...first, search: 'äPFEL' })).toEqual(['Birnen', 'Äpfel']);
  expect(titles({ ...first, search: 'obst' })).toEqual(['Kirschen', 'Äpfel']);
  expect(titles({ ...first, search: '%' })).toEqual(['100%_\\']);
  expect(titles({ ...first, search: 'no such' })).toEqual([]);
  expect(service.list({ ...first, search: 'obst' }).total).toBe(2);
});

it('looks for what is written now in a message that was changed, and for campaigns from before there was a search', () => {
  const { titles, db } = sent(['One', 'Two']);
  expect(titles({ ...first, search: 'one' })).toEqual(['One']);
  db.write<object>(`UPDATE campaigns SET message = '{"title":"Three"}' WHERE id = 1`).run({});
  expect(titles({ ...first, search: 'one' })).toEqual([]);
  expect(titles({ ...first, search: 'three' })).toEqual(['Three']);
});

it('searches on where the store takes nothing', () => {
  const rig = sent(['One']);
  expect(rig.titles({ ...first, search: 'one' })).toEqual(['One']);
  rig.service.start({
    requestId: uuid(77),
    message: message({ title: 'One more' }),
    audience: { kind: 'everyone' },
  });
  rig.db.write<object>('DROP TABLE campaign_texts').run({});
  rig.db.write<object>("CREATE VIEW campaign_texts AS SELECT 1 AS campaign_id, 'one' AS text").run({});
  const again = rig.restart();
  expect(again.list({ ...first, search: 'one' }).items.map(({ id }) => id)).toEqual([1]);
  expect(rig.logText()).toContain('could not be prepared for the search');
});

it('keeps to states and times, and goes on below the last one that was given', async () => {
  const rig = sent(['a', 'b', 'c', 'd']);
  await rig.time.pass(1000);
  const [at = 0] = rig.service.list(first).items.map(({ createdAt }) => createdAt);
  rig.db
    .write<object>(
      `UPDATE campaigns SET created_at = created_at + id * 1000, state = iif(id = 2, 'cancelled', 'finished')`,
    )
    .run({});
  const start = rig.service.list(first).items.at(-1)?.createdAt ?? 0;
  expect(at).toBeGreaterThan(0);
  expect(rig.titles({ ...first, states: ['cancelled'] })).toEqual(['b']);
  expect(rig.titles({ ...first, from: start + 1000, to: start + 3000 })).toEqual(['c', 'b']);
  const page = rig.service.list({ ...first, limit: 2, states: ['finished'] });
  expect(page.total).toBe(3);
  const rest = rig.service.list({ ...first, limit: 2, states: ['finished'], cursor: page.nextCursor });
  expect(rest.items.map((campaign) => campaign.message.title)).toEqual(['a']);
  expect(rest.total).toBeUndefined();
});

it('says what devices told, and nothing where they told nothing', () => {
  const { service, db } = sent(['a', 'b']);
  const add = db.write<{ event: string; count: number }>(
    "INSERT INTO receipt_sums VALUES (1, @event, '', 0, @count)",
  );
  add.run({ event: 'shown', count: 7 });
  add.run({ event: 'clicked', count: 2 });
  expect(service.list(first).items.map(({ seen }) => seen)).toEqual([null, { shown: 7, clicked: 2 }]);
  expect(service.get({ id: 1 as never }).seen).toEqual({ shown: 7, clicked: 2 });
});

it('finds a page of 10,000 campaigns without going through their rows', () => {
  const { db } = tempStore();
  db.write<object>(
    `WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 10000)
     INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
     SELECT 'r' || id, 'campaign', iif(id % 100 = 0, 'paused', 'finished'), '{"title":"Number ' || id || '","body":"text"}',
       hex(zeroblob(1500)), 3000, '{}', 0, id FROM n`,
  ).run({});
  const list = createCampaignListStore(db);
  expect(list.fillTexts(20_000)).toBe(10_000);
  expect(list.fillTexts(1)).toBe(0);
  const any = { text: '', states: [] as CampaignState[], from: null, to: null };
  expect(list.ids(any, 1e9, 3)).toEqual([10_000, 9999, 9998]);
  expect(list.ids({ ...any, states: ['paused'] }, 1e9, 2)).toEqual([10_000, 9900]);
  expect(list.ids({ ...any, text: 'number 77' }, 7790, 2)).toEqual([7789, 7788]);
  expect(list.count({ ...any, text: 'number 777' })).toBe(11);
  const plan = db
    .read<object, { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT id FROM campaigns INDEXED BY campaigns_listed WHERE id < 9 AND created_at >= 0 ORDER BY id DESC LIMIT 9`,
    )
    .all({});
  expect(plan.map(({ detail }) => detail).join()).toMatch(/COVERING INDEX campaigns_listed/);
});
