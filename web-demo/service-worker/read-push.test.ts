import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TITLE, EMPTY_BODY, UNREADABLE_BODY, readPush } from './read-push.ts';

const SCOPE = 'http://localhost:4830/';
const SITE = { scope: SCOPE, maxActions: 2, icon: 'icon-192.png', badge: 'badge-96.png' };
const ICON = `${SCOPE}icon-192.png`;
const BADGE = `${SCOPE}badge-96.png`;

const read = (value: unknown) => readPush(JSON.stringify(value), SITE);

describe('readPush', () => {
  it('takes every field of a full message', () => {
    expect(
      read({
        id: 'm1',
        title: 'Hello',
        body: 'World',
        icon: 'https://a.example/icon.png',
        badge: '/badge.png',
        image: 'image.png',
        tag: 'news',
        url: '/news?x=1#top',
        requireInteraction: true,
        actions: [
          { action: 'action-1', title: 'Read', url: 'https://a.example/read' },
          { action: 'action-2', title: 'Later' },
        ],
      }),
    ).toEqual({
      title: 'Hello',
      options: {
        body: 'World',
        icon: 'https://a.example/icon.png',
        badge: `${SCOPE}badge.png`,
        image: `${SCOPE}image.png`,
        tag: 'news',
        requireInteraction: true,
        actions: [
          { action: 'action-1', title: 'Read' },
          { action: 'action-2', title: 'Later' },
        ],
        data: {
          id: 'm1',
          url: `${SCOPE}news?x=1#top`,
          actionUrls: { 'action-1': 'https://a.example/read' },
        },
      },
    });
  });

  it('fills in what a message leaves out', () => {
    expect(read({ title: 'Only a title' })).toEqual({
      title: 'Only a title',
      options: { icon: ICON, badge: BADGE, data: { id: null, url: SCOPE, actionUrls: {} } },
    });
  });

  it.each([
    ['nothing', null, DEFAULT_TITLE, EMPTY_BODY],
    ['empty text', '', DEFAULT_TITLE, EMPTY_BODY],
    ['spaces', '  \n', DEFAULT_TITLE, EMPTY_BODY],
    ['plain text', 'Hello there', DEFAULT_TITLE, 'Hello there'],
    ['text in quotes', '"Hello"', DEFAULT_TITLE, 'Hello'],
    ['a number', '42', DEFAULT_TITLE, '42'],
    ['broken JSON', '{"title":"Hel', DEFAULT_TITLE, UNREADABLE_BODY],
    ['a broken array', '[1,', DEFAULT_TITLE, UNREADABLE_BODY],
    ['an array', '[{"title":"x","body":"y"}]', 'x', 'y'],
    ['an array of texts', '["Sale","today"]', DEFAULT_TITLE, 'Sale today'],
    ['an array of numbers', '[1,2]', DEFAULT_TITLE, UNREADABLE_BODY],
    ['null', 'null', DEFAULT_TITLE, 'null'],
    ['an empty object', '{}', DEFAULT_TITLE, EMPTY_BODY],
    ['a body alone', '{"body":"Only a body"}', DEFAULT_TITLE, 'Only a body'],
    ['numbers as words', '{"title":2026,"body":7}', '2026', '7'],
    ['a blank title', '{"title":"  ","body":"B"}', DEFAULT_TITLE, 'B'],
    ['objects as words', '{"title":{},"body":[]}', DEFAULT_TITLE, EMPTY_BODY],
    ['markup, which stays text', '{"title":"<b>x</b>"}', '<b>x</b>', undefined],
  ])('shows something sensible for %s', (_what, text, title, body) => {
    const push = readPush(text, SITE);
    expect([push.title, push.options.body]).toEqual([title, body]);
    expect(push.options.icon).toBe(ICON);
  });

  it('reads a declarative message', () => {
    const { title, options } = read({
      web_push: 8030,
      notification: {
        title: 'Declared',
        body: 'B',
        navigate: 'https://a.example/go',
        tag: 't',
        silent: true,
        actions: [{ action: 'x', title: 'X', navigate: 'https://a.example/x' }],
      },
      app_badge: 3,
    });
    expect(title).toBe('Declared');
    expect(options).toMatchObject({ body: 'B', tag: 't', silent: true });
    expect(options.data).toEqual({
      id: null,
      url: 'https://a.example/go',
      actionUrls: { x: 'https://a.example/x' },
    });
  });

  it('reads the fields where other senders put them', () => {
    expect(read({ notification: { title: 'N', data: { url: '/n' } } })).toMatchObject({
      title: 'N',
      options: { data: { url: `${SCOPE}n` } },
    });
    expect(read({ title: 'D', data: { url: '/d' } })).toMatchObject({
      options: { data: { url: `${SCOPE}d` } },
    });
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'blob:x',
    'http://',
    '',
    7,
    null,
    {},
  ])('leads to the site instead of %j', (url) => {
    expect(read({ title: 'x', url }).options.data.url).toBe(SCOPE);
  });

  it('takes pictures from the web or from the message itself, and from nowhere else', () => {
    const inline = 'data:image/png;base64,AAAA';
    expect(read({ icon: inline }).options.icon).toBe(inline);
    expect(read({ icon: 'javascript:x', image: 'file:///a.png', badge: 5 }).options).toMatchObject({
      icon: ICON,
      badge: BADGE,
    });
    expect(read({ image: 'file:///a.png' }).options).not.toHaveProperty('image');
  });

  it('shows the same message once: its id stands in for a tag', () => {
    expect(read({ id: 'm1', title: 'x' }).options.tag).toBe('m1');
    expect(read({ id: 'm1', title: 'x', tag: 'mine' }).options.tag).toBe('mine');
    expect(read({ title: 'x' }).options).not.toHaveProperty('tag');
  });

  it('leaves out what browsers throw at', () => {
    expect(read({ title: 'x', renotify: true }).options).not.toHaveProperty('renotify');
    expect(read({ title: 'x', renotify: true, tag: 't' }).options.renotify).toBe(true);
    const silent = read({ title: 'x', silent: true, vibrate: [1, 2] }).options;
    expect(silent).toMatchObject({ silent: true });
    expect(silent).not.toHaveProperty('vibrate');
    expect(read({ title: 'x', vibrate: [100, 50] }).options.vibrate).toEqual([100, 50]);
  });

  it('takes as many good actions as the browser shows', () => {
    const actions = [
      null,
      'x',
      { title: '' },
      { title: 'No name' },
      { action: 'a', title: 'A', url: 'javascript:x', icon: '/a.png' },
      { action: 'a', title: 'Same name' },
      { action: 'b', title: 'One too many' },
    ];
    const { options } = read({ title: 'x', actions });
    expect(options.actions).toEqual([
      { action: 'action-1', title: 'No name' },
      { action: 'a', title: 'A', icon: `${SCOPE}a.png` },
    ]);
    expect(options.data.actionUrls).toEqual({});
    expect(read({ title: 'x', actions: 'junk' }).options).not.toHaveProperty('actions');
  });

  it('is not fooled by names of objects', () => {
    const push = readPush('{"title":"x","__proto__":{"body":"polluted"},"toString":1}', SITE);
    expect(push.options.body).toBeUndefined();
  });

  it('never throws, and always gives a title and a web address to open', () => {
    const names = ['title', 'body', 'icon', 'image', 'tag', 'url', 'actions', 'vibrate', 'timestamp', 'silent', 'renotify', 'dir', 'lang', 'notification', 'data', 'navigate', 'id'] as const; // oxfmt-ignore
    const junk = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          junk.map((value) => JSON.stringify(value)),
          fc.json(),
          fc.constant(null),
        ),
        (text) => {
          const { title, options } = readPush(text, SITE);
          expect(title).not.toBe('');
          expect(new URL(options.data.url).protocol).toMatch(/^https?:$/);
          for (const url of Object.values(options.data.actionUrls)) {
            expect(new URL(url).protocol).toMatch(/^https?:$/);
          }
          expect(options.renotify === true && options.tag === undefined).toBe(false);
          structuredClone(options);
        },
      ),
    );
  });
});
