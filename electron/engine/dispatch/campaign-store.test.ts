import { expect, it } from 'vitest';
import type { Audience } from '../../contract/campaign-audience.ts';
import { keptMessageSchema } from '../../contract/message.ts';
import { keptAudience } from '../../core/campaign/audience-words.ts';
import { tempStore } from '../testing/temp-store.ts';
import { createCampaignStore } from './campaign-store.ts';

const BROKEN = ['', '{"title":', 'null', '[]', '{"title":""}', '{"kind":"chosen"}', 'x\u0000'];

function threeCampaigns() {
  const { db } = tempStore();
  const store = createCampaignStore(db);
  const audience: Audience = { kind: 'everyone' };
  const [first, second, third] = ['one', 'two', 'three'].map((title) =>
    store.add({
      requestId: title,
      kind: 'campaign',
      state: 'preparing',
      hours: null,
      message: keptMessageSchema.parse({ title }),
      payload: '{}',
      payloadBytes: 2,
      audience,
      kept: keptAudience({ kind: 'everyone', anyOf: [], leaveOut: [] }),
      recipients: 5,
      messagesPerMinute: null,
      createdAt: 1,
    }),
  );
  if (!first || !second || !third) throw new Error('Three were added.');
  const damage = (column: 'message' | 'audience', text: string) =>
    db.write<{ id: number; text: string }>(`UPDATE campaigns SET ${column} = @text WHERE id = @id`).run({
      id: second.id,
      text,
    });
  return { store, damage, ids: [first.id, second.id, third.id], second };
}

it.each(BROKEN)('a message that was damaged (%j) leaves the rest of its campaign, and all others', (text) => {
  const { store, damage, ids, second } = threeCampaigns();
  damage('message', text);
  expect(store.unfinished().map(({ id }) => id)).toEqual(ids);
  expect(store.some(ids).map(({ message }) => message.title)).toEqual([
    'three',
    'This message can’t be read',
    'one',
  ]);
  expect(store.get(second.id)).toMatchObject({ payload: '{}', kept: { kind: 'everyone' } });
  expect(store.audienceOf(second.id)).toEqual({ kind: 'everyone' });
});

it.each(BROKEN)(
  'an audience that was damaged (%j) is nobody, never everyone, and is not gone on with',
  (text) => {
    const { store, damage, ids, second } = threeCampaigns();
    damage('audience', text);
    expect(store.unfinished().map(({ id }) => id)).toEqual(ids.filter((id) => id !== second.id));
    expect(store.get(second.id)).toMatchObject({ message: { title: 'two' } });
    expect(store.audienceOf(second.id)).toBeNull();
    // Once all deliveries are written, it is no longer needed.
    store.setState(second.id, 'running', null);
    expect(store.unfinished().map(({ id }) => id)).toEqual(ids);
  },
);
