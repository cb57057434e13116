import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TITLE, EMPTY_BODY, readPush } from './read-push.ts';

const SCOPE = 'https://site.example/app/';
const SITE = { scope: SCOPE, maxActions: 2, icon: 'icon-192.png', badge: 'badge-96.png' };
const at = (path: string) => new URL(path, SCOPE).href;

/** What senders of all kinds write, and what of it is shown: title, text, where a click leads. */
const MESSAGES: [sender: string, payload: unknown, title: string, body: string | undefined, url: string][] = [
  ['Django', { head: 'H', body: 'B', icon: 'https://site.example/i.png', url: '/h' }, 'H', 'B', at('/h')],
  ['a tutorial', { title: 'T', message: 'M', url: '/m' }, 'T', 'M', at('/m')],
  [
    'title and options',
    { title: 'T', options: { body: 'B', icon: '/i.png', data: { url: '/o' } } },
    'T',
    'B',
    at('/o'),
  ],
  [
    'Laravel',
    { title: 'T', body: 'B', data: { id: 7 }, actions: [{ title: 'View', action: 'view' }] },
    'T',
    'B',
    SCOPE,
  ],
  [
    'Angular',
    {
      notification: {
        title: 'A',
        body: 'B',
        data: { onActionClick: { default: { operation: 'openWindow', url: 'foo' } } },
      },
    },
    'A',
    'B',
    at('foo'),
  ],
  [
    'Angular, address in data',
    { notification: { title: 'A', data: { url: 'https://a.example/x' } } },
    'A',
    undefined,
    'https://a.example/x',
  ],
  ['FCM', { notification: { title: 'F', body: 'B', click_action: '/f' } }, 'F', 'B', at('/f')],
  ['C#', { Title: 'T', Body: 'B', Url: '/c' }, 'T', 'B', at('/c')],
  [
    'names that say whose they are',
    { notificationTitle: 'T', notification_body: 'B', notificationUrl: '/n' },
    'T',
    'B',
    at('/n'),
  ],
  [
    'FCM, flat',
    { data: { 'gcm.notification.title': 'T', 'gcm.notification.body': 'B' }, from: '1' },
    'T',
    'B',
    SCOPE,
  ],
  [
    'FCM, two links',
    { notification: { title: 'T', body: 'B', click_action: '/first' }, data: { url: '/second' } },
    'T',
    'B',
    at('/first'),
  ],
  ['ntfy', { event: 'message', message: { title: 'T', message: 'M', click: '/n' } }, 'T', 'M', at('/n')],
  ['Perfecty', { title: 'T', body: 'B', extra: { url_to_open: '/p' } }, 'T', 'B', at('/p')],
  ['a list', { notifications: [{ title: 'T', body: 'B', link: '/l' }] }, 'T', 'B', at('/l')],
  ['Matrix', { room_id: '!r', content: { body: 'hi', msgtype: 'm.text' } }, DEFAULT_TITLE, 'hi', SCOPE],
  [
    'Gotify',
    { title: 'T', message: 'M', extras: { 'client::notification': { click: { url: '/g' } } } },
    'T',
    'M',
    at('/g'),
  ],
  ['Pushwoosh', { header: 'T', body: 'B', l: '/p' }, 'T', 'B', at('/p')],
  [
    'Misskey',
    { type: 'notification', body: { type: 'mention', note: { text: 'hi', url: '/n/1' } } },
    DEFAULT_TITLE,
    'hi',
    at('/n/1'),
  ],
  ['Braze', { t: 'T', a: 'B', u: '/b', cid: 'x' }, 'T', 'B', at('/b')],
  ['webpushr', { t: 'T', m: 'B', u: '/w' }, 'T', 'B', at('/w')],
  ['a letter for the language', { title: 'T', body: 'B', l: 'en' }, 'T', 'B', SCOPE],
  ['a letter beside a text', { t: 'chat', body: 'B' }, DEFAULT_TITLE, 'B', SCOPE],
  ['a letter for the time', { t: 1_700_000_000, b: 'B' }, DEFAULT_TITLE, EMPTY_BODY, SCOPE],
  ['an address as data', { title: 'T', data: 'https://a.example/d' }, 'T', undefined, 'https://a.example/d'],
  [
    'FCM, for an app',
    {
      notification: { title: 'F', body: 'B', click_action: 'FLUTTER_NOTIFICATION_CLICK' },
      data: { url: '/f' },
    },
    'F',
    'B',
    at('/f'),
  ],
  [
    'FCM, link in its options',
    { notification: { title: 'F', body: 'B' }, fcmOptions: { link: '/f' } },
    'F',
    'B',
    at('/f'),
  ],
  [
    'FCM v1, whole',
    {
      message: {
        token: 'x',
        notification: { title: 'N' },
        webpush: { notification: { body: 'W' }, fcm_options: { link: '/w' } },
      },
    },
    'N',
    'W',
    at('/w'),
  ],
  [
    'FCM, data alone',
    { data: { title: 'D', body: 'B', link: '/d' }, from: '123', priority: 'high' },
    'D',
    'B',
    at('/d'),
  ],
  [
    'FCM, kept by its library',
    { data: { FCM_MSG: { notification: { title: 'K', body: 'B' }, data: { click_action: '/k' } } } },
    'K',
    'B',
    at('/k'),
  ],
  ['data as text', { data: '{"title":"S","body":"B","url":"/s"}' }, 'S', 'B', at('/s')],
  [
    'notification as text',
    { data: { notification: '{"title":"S","body":"B","click_action":"/s"}' } },
    'S',
    'B',
    at('/s'),
  ],
  [
    'declarative',
    { web_push: 8030, notification: { title: 'D', navigate: 'https://a.example/d', body: 'B' } },
    'D',
    'B',
    'https://a.example/d',
  ],
  [
    'OneSignal',
    {
      custom: { i: 'a-b', u: 'https://a.example/o' },
      title: 'O',
      alert: 'B',
      icon: 'https://a.example/i.png',
    },
    'O',
    'B',
    'https://a.example/o',
  ],
  [
    'OneSignal, by language',
    { headings: { de: 'Hallo', en: 'Hello' }, contents: { de: 'Welt' }, url: '/o' },
    'Hello',
    'Welt',
    at('/o'),
  ],
  ['Apple', { aps: { alert: { title: 'A', body: 'B' } }, url: '/a' }, 'A', 'B', at('/a')],
  [
    'Home Assistant',
    { title: 'H', body: 'B', data: { url: '/lovelace', tag: 'door', jwt: 'x' }, tag: 'door' },
    'H',
    'B',
    at('/lovelace'),
  ],
  [
    'Mastodon',
    { title: 'M', body: 'B', icon: '/a.png', access_token: 'x', preferred_locale: 'en', notification_id: 5 },
    'M',
    'B',
    SCOPE,
  ],
  ['payload', { payload: { title: 'P', content: 'C', launchURL: '/p' } }, 'P', 'C', at('/p')],
  ['JSON in a text', JSON.stringify({ title: 'J', body: 'B', url: '/j' }), 'J', 'B', at('/j')],
  ['JSON in a text in a text', JSON.stringify(JSON.stringify({ title: 'J', body: 'B' })), 'J', 'B', SCOPE],
  ['a list', [{ title: 'L', body: 'B', url: '/l' }], 'L', 'B', at('/l')],
  [
    'a link without its scheme',
    { title: 'T', link: 'www.example.com/x' },
    'T',
    undefined,
    'https://www.example.com/x',
  ],
  [
    'a link that may not be opened, before one that may',
    { title: 'T', url: 'javascript:alert(1)', link: '/ok' },
    'T',
    undefined,
    at('/ok'),
  ],
  [
    'a link that is a label',
    { title: 'T', link: 'Read more', data: { url: '/r' } },
    'T',
    undefined,
    at('/r'),
  ],
  ['null data', { title: 'T', data: null, notification: null, options: [] }, 'T', undefined, SCOPE],
  ['nothing to read', { foo: { bar: 1 }, message: { id: 'x', to: 'y' } }, DEFAULT_TITLE, EMPTY_BODY, SCOPE],
];

describe('a message of another sender', () => {
  it.each(MESSAGES)('%s', (_sender, payload, title, body, url) => {
    const push = readPush(JSON.stringify(payload), SITE);
    expect([push.title, push.options.body, push.options.data.url]).toEqual([title, body, url]);
  });

  it.each([
    ['zeros at its end', '{"title":"Z","body":"B"}\0\0\0'],
    ['zeros around it', '\0{"title":"Z","body":"B"}\n\0 '],
    ['a byte order mark', '\uFEFF{"title":"Z","body":"B"}'],
  ])('with %s', (_what, text) => {
    expect(readPush(text, SITE)).toMatchObject({ title: 'Z', options: { body: 'B' } });
  });

  it('in plain words may end with zeros', () => {
    expect(readPush('Hello!\0\0', SITE).options.body).toBe('Hello!');
    expect(readPush('\0\0', SITE).options.body).toBe(EMPTY_BODY);
  });

  it("takes what Angular's buttons do", () => {
    const { options } = readPush(
      JSON.stringify({
        notification: {
          title: 'A',
          actions: [
            { action: 'foo', title: 'Open' },
            { action: 'bar', title: 'Focus' },
          ],
          data: {
            onActionClick: {
              default: { operation: 'openWindow' },
              foo: { operation: 'navigateLastFocusedOrOpen', url: 'relative' },
              bar: { operation: 'focusLastFocusedOrOpen', url: '/absolute' },
              baz: { operation: 'sendRequest', url: 'https://a.example/ping' },
              evil: { operation: 'openWindow', url: 'javascript:alert(1)' },
            },
          },
        },
      }),
      SITE,
    );
    expect(options.data).toEqual({
      id: null,
      url: SCOPE,
      actionUrls: { foo: at('relative'), bar: at('/absolute'), evil: SCOPE },
      ways: {
        default: 'openWindow',
        foo: 'navigateLastFocusedOrOpen',
        bar: 'focusLastFocusedOrOpen',
        evil: 'openWindow',
      },
    });
  });

  it("takes OneSignal's buttons, and addresses of buttons in any of their names", () => {
    const buttons = [
      { id: 'one', text: 'One', url: '/1' },
      { action: 'two', label: 'Two', click_action: '/2' },
    ];
    const { options } = readPush(JSON.stringify({ title: 'O', buttons }), SITE);
    expect(options.actions).toEqual([
      { action: 'one', title: 'One' },
      { action: 'two', title: 'Two' },
    ]);
    expect(options.data.actionUrls).toEqual({ one: at('/1'), two: at('/2') });
  });

  it('does not take the id of something else for that of the message', () => {
    const { options } = readPush('{"title":"T","data":{"id":7}}', SITE);
    expect(options.tag).toBeUndefined();
    expect(options.data.id).toBeNull();
  });

  it('reads true where everything is text', () => {
    const text = '{"notification":{"title":"T","requireInteraction":"true","silent":"false"}}';
    const { options } = readPush(text, SITE);
    expect(options.requireInteraction).toBe(true);
    expect(options).not.toHaveProperty('silent');
  });
});

const NAMES = ['title', 'head', 'body', 'message', 'options', 'data', 'notification', 'webpush', 'payload', 'aps', 'alert', 'custom', 'url', 'link', 'click_action', 'navigate', 'icon', 'image', 'badge', 'actions', 'buttons', 'onActionClick', 'default', 'operation', 'headings', 'id', 'tag', 'silent', 'vibrate', 'renotify', '__proto__', 'constructor', 'toString'] as const; // oxfmt-ignore

const { tree: anyMessage } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf(),
    fc.array(tie('tree'), { maxLength: 3 }),
    object(tie('tree')),
    tie('text'),
  ),
  text: object(tie('tree')).map((value) => JSON.stringify(value)),
}));
function leaf() {
  return fc.oneof(
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(null, '/x', 'https://a.example/', 'javascript:x', 'openWindow', '{"', '[[[['),
  );
}
function object(values: fc.Arbitrary<unknown>) {
  return fc.dictionary(fc.constantFrom(...NAMES), values, { maxKeys: 5 });
}

it('always shows something that can be kept and leads to a web address, whatever the bytes', () => {
  const texts = fc.oneof(
    anyMessage.map((value) => JSON.stringify(value)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => new TextDecoder().decode(bytes)),
    fc.json().map((text) => text.slice(0, -1)),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { title, options } = readPush(text, SITE);
      expect(title.trim()).not.toBe('');
      expect(options.body ?? title).not.toBe('');
      for (const url of [options.data.url, ...Object.values(options.data.actionUrls)])
        expect(new URL(url).protocol).toMatch(/^https?:$/);
      expect(options.renotify === true && options.tag === undefined).toBe(false);
      expect(options.silent === true && options.vibrate !== undefined).toBe(false);
      expect(options.actions?.length ?? 0).toBeLessThanOrEqual(2);
      structuredClone(options);
    }),
    { numRuns: 10_000 },
  );
});

it.each(['{"data":', '[', '{"notification":{"message":', '"', '\\"'])(
  'is done at once with many of %j',
  (piece) => {
    expect(readPush(piece.repeat(1000), SITE).title).toBe(DEFAULT_TITLE);
  },
);
