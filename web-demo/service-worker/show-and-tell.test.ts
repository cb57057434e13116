import { expect, it } from 'vitest';
import { readPush, type ReadPush } from './read-push.ts';
import type { Receipts } from './receipts.ts';
import { askingMessage, showAndTell, tellOf } from './show-and-tell.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const SITE = { scope: 'https://site.example/', maxActions: 2, icon: '/icon.png', badge: '/badge.png' };
const read = (payload: object): ReadPush => readPush(JSON.stringify(payload), SITE);

/** What was done, in order. */
function recording() {
  const done: string[] = [];
  const receipts: Receipts = {
    note(message, event, action) {
      if (message !== null) done.push(`${event}${action ? ` ${action}` : ''}`);
      return Promise.resolve();
    },
    tell() {
      done.push('told');
      return Promise.resolve();
    },
  };
  const registration = {
    showNotification() {
      done.push('notification');
      return Promise.resolve();
    },
  };
  return { done, receipts, registration };
}

it('shows before anything is told', async () => {
  const { done, receipts, registration } = recording();
  await showAndTell(registration, read({ id: ID, title: 'Hello', receipts: true }), receipts);
  expect(done).toEqual(['notification', 'received', 'shown', 'told']);
});

it.each([
  ['that does not ask', { id: ID, title: 'Hello' }],
  ['of another sender that has the word', { id: 7, title: 'Hello', receipts: true }],
  ['of another sender with an id of its own', { id: 'order-7', title: 'Hello', receipts: true }],
  ['that asks in a way of its own', { id: ID, title: 'Hello', receipts: 'yes' }],
  ['that asks inside of it', { id: ID, title: 'Hello', data: { receipts: true } }],
])('notes nothing of a message %s', async (_name, payload) => {
  const { done, receipts, registration } = recording();
  await showAndTell(registration, read(payload), receipts);
  expect(done).toEqual(['notification', 'told']);
});

it.each([
  ['', { appBadge: 3 }, [3]],
  [', declarative', { web_push: 8030, app_badge: 0 }, [0]],
  [' that has none', {}, []],
  [' whose number is none', { appBadge: -1 }, []],
])('puts the number of a message on the app’s icon%s', async (_name, fields, expected) => {
  const { done, receipts, registration } = recording();
  const counts: number[] = [];
  const badges = {
    setAppBadge(count: number) {
      counts.push(count);
      return Promise.reject(new Error('Not installed.'));
    },
  };
  await showAndTell(registration, read({ title: 'Hello', ...fields }), receipts, badges);
  expect([counts, done]).toEqual([expected, ['notification', 'told']]);
  await showAndTell(registration, read({ title: 'Hello', ...fields }), receipts, {});
});

it('tells that it was received where it could not be shown', async () => {
  const { done, receipts } = recording();
  const registration = { showNotification: () => Promise.reject(new TypeError('No permission')) };
  await expect(
    showAndTell(registration, read({ id: ID, title: 'Hello', receipts: true }), receipts),
  ).rejects.toThrow('No permission');
  expect(done).toEqual(['received', 'told']);
});

it('tells of a click with its button, and of a notification that was closed', async () => {
  const { done, receipts } = recording();
  const { data } = read({ id: ID, title: 'Hello', receipts: true }).options;
  await tellOf(receipts, data, 'clicked', 'action-1');
  await tellOf(receipts, data, 'clicked');
  await tellOf(receipts, data, 'closed');
  expect(done).toEqual(['clicked action-1', 'told', 'clicked', 'told', 'closed', 'told']);
});

it.each([
  null,
  'text',
  [],
  { id: 'order-17', receipts: true },
  { id: ID },
  { receipts: true },
  { id: 1, receipts: true },
])('finds no message in what another worker left: %j', (data) => {
  expect(askingMessage(data)).toBeNull();
});
