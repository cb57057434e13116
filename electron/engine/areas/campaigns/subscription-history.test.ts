import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { Refusal } from '../../../contract/problem.ts';
import type { SubscriptionId } from '../../../contract/ids.ts';
import { campaignRig, fcm, message } from './testing/campaign-rig.ts';
import { UNREADABLE_TITLE } from '../../dispatch/campaign-store.ts';
import { answer } from '../../testing/scripted-sender.ts';
import { createSubscriptionHistory } from './subscription-history.ts';

const FIRST = 1 as SubscriptionId;
const SECOND = 2 as SubscriptionId;

async function sentThrice() {
  const rig = campaignRig();
  rig.subscribe(fcm(2));
  const send = async (title: string, ids: SubscriptionId[] | null) => {
    const audience = ids === null ? ({ kind: 'everyone' } as const) : ({ kind: 'chosen', ids } as const);
    rig.service.start({ requestId: randomUUID(), message: message({ title }), audience });
    await rig.time.pass(1000);
  };
  await send('One', null);
  await send('Two', [SECOND]);
  rig.push.script = () => answer(400);
  await send('Three', null);
  return { rig, history: createSubscriptionHistory({ db: rig.store.db }) };
}

it('lists what was sent to one subscription, newest first, with the cause of what failed', async () => {
  const { history } = await sentThrice();
  const { items, nextCursor } = history.deliveries({ id: FIRST, cursor: null, limit: 10 });
  expect(items.map(({ messageTitle, state }) => [messageTitle, state])).toEqual([
    ['Three', 'failed'],
    ['One', 'accepted'],
  ]);
  expect(items.every(({ subscriptionId }) => subscriptionId === FIRST)).toBe(true);
  expect(items[0]?.diagnosis?.cause).toContain('400');
  expect(nextCursor).toBeNull();
});

it('calls a subscription of a delivery what its owner calls it', async () => {
  const { rig, history } = await sentThrice();
  rig.store.db
    .write('INSERT INTO people (id, label, external_id) VALUES (1, @label, @externalId)')
    .run({ label: 'Front desk\u202E', externalId: 'u1' });
  const { items } = history.deliveries({ id: FIRST, cursor: null, limit: 1 });
  const named = { label: String.raw`Front desk\u202E`, externalId: 'u1' };
  expect(items).toMatchObject([named]);
  expect(rig.service.delivery({ id: 1 as never })).toMatchObject(named);
  expect(rig.service.delivery({ id: 2 as never })).toMatchObject({ label: null, externalId: null });
});

it.each(['', '{"title":', 'null', '{}'])(
  'lists what was sent also where a message was damaged: %j',
  async (text) => {
    const { rig, history } = await sentThrice();
    rig.store.db.write<{ text: string }>('UPDATE campaigns SET message = @text WHERE id = 1').run({ text });
    const { items } = history.deliveries({ id: FIRST, cursor: null, limit: 10 });
    expect(items.map(({ messageTitle }) => messageTitle)).toEqual(['Three', UNREADABLE_TITLE]);
  },
);

it('goes on where a page ended, and once more where it is exactly full', async () => {
  const { history } = await sentThrice();
  const titles: string[] = [];
  const cursors: (string | null)[] = [];
  let cursor: string | null = null;
  do {
    const page = history.deliveries({ id: SECOND, cursor, limit: 1 });
    titles.push(...page.items.map(({ messageTitle }) => messageTitle));
    cursor = page.nextCursor;
    cursors.push(cursor);
  } while (cursor !== null);
  expect(titles).toEqual(['Three', 'Two', 'One']);
  expect(cursors).toHaveLength(3);
});

it('is empty for one that got nothing, and refuses a place that is none of its own', async () => {
  const { history } = await sentThrice();
  const nobody = 99 as SubscriptionId;
  expect(history.deliveries({ id: nobody, cursor: null, limit: 10 })).toEqual({
    items: [],
    nextCursor: null,
  });
  expect(() => history.deliveries({ id: FIRST, cursor: 'x', limit: 10 })).toThrow(Refusal);
});
