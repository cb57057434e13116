import { expect, it } from 'vitest';
import { readPush } from './read-push.ts';
import { show } from './show.ts';

const push = readPush('{"title":"T","body":"B","url":"/x","tag":"t"}', {
  scope: 'http://localhost:4830/',
  maxActions: 2,
  icon: '/icon-192.png',
});

it('shows the notification as it was read', async () => {
  const shown: unknown[] = [];
  await show(
    {
      showNotification: (...args) => {
        shown.push(args);
        return Promise.resolve();
      },
    },
    push,
  );
  expect(shown).toEqual([[push.title, push.options]]);
});

it('shows the words alone when the browser dislikes an option', async () => {
  const shown: unknown[] = [];
  await show(
    {
      showNotification: (title, options) => {
        if (options?.icon !== undefined) return Promise.reject(new TypeError('no'));
        shown.push([title, options]);
        return Promise.resolve();
      },
    },
    push,
  );
  expect(shown).toEqual([['T', { body: 'B', data: push.options.data }]]);
});

it('lets the browser know when nothing can be shown', async () => {
  const denied = { showNotification: () => Promise.reject(new TypeError('denied')) };
  await expect(show(denied, push)).rejects.toThrow('denied');
});
