import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageSchema, payloadFormatSchema, type Message } from '../electron/contract/message.ts';
import { ownFormatFault } from '../electron/contract/own-format.ts';
import { OWN_FORMAT_EXAMPLE } from '../electron/core/message/formats/own.ts';
import { buildPayload } from '../electron/core/message/payload.ts';
import { clickTarget } from '../web-demo/service-worker/open-target.ts';
import { readPush } from '../web-demo/service-worker/read-push.ts';

const SCOPE = 'https://site.example/app/';
const SITE = { scope: SCOPE, maxActions: 8 };
const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

/** Every part, in a format of the person's own. */
const OWN = JSON.stringify({
  id: '{{id}}',
  receipts: '{{receipts}}',
  title: '{{title}}',
  url: '{{url}}',
  data: '{{data}}',
  appBadge: '{{appBadge}}',
  notification: {
    text: '{{body}}',
    icon_url: '{{icon}}',
    badge: '{{badge}}',
    picture: '{{image}}',
    buttons: '{{actions}}',
    tag: '{{tag}}',
    require_interaction: '{{requireInteraction}}',
    silent: '{{silent}}',
    renotify: '{{renotify}}',
    vibrate: '{{vibrate}}',
    dir: '{{dir}}',
    lang: '{{lang}}',
    timestamp: '{{timestamp}}',
  },
});

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => `T${text.trim()}`);
const path = fc.webPath().map((text) => (text.startsWith('/') && !text.startsWith('//') ? text : '/p'));
const link = fc.oneof(path, fc.webUrl({ validSchemes: ['https'] }));
const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });

const messages = fc
  .record({
    title: words,
    body: maybe(words),
    url: maybe(link),
    iconUrl: maybe(link),
    badgeUrl: maybe(link),
    imageUrl: maybe(link),
    tag: maybe(fc.constantFrom('news', 'sale')),
    requireInteraction: fc.boolean(),
    silent: fc.boolean(),
    renotify: fc.boolean(),
    vibrate: maybe(fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 20 })),
    dir: fc.constantFrom('auto', 'ltr', 'rtl'),
    lang: fc.constantFrom('', 'en', 'de-CH', 'zh-Hant'),
    timestamp: maybe(fc.integer({ min: 0, max: 8.64e15 })),
    appBadge: maybe(fc.integer({ min: 0, max: 1_000_000 })),
    data: maybe(
      fc.dictionary(fc.constantFrom('url', 'title', 'icon', 'tag', 'order', 'receipts', 'id'), fc.string(), {
        minKeys: 1,
      }),
    ),
    actions: fc.array(fc.record({ title: words, url: maybe(link) }, { requiredKeys: ['title'] }), {
      maxLength: 8,
    }),
  })
  .map(({ data, ...message }) => {
    const given = Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined));
    const actions = message.actions.map(({ title, url }) => (url === undefined ? { title } : { title, url }));
    return messageSchema.parse({
      ...given,
      actions,
      ...(data === undefined ? {} : { data: JSON.stringify(data) }),
      renotify: message.renotify && message.tag !== undefined,
      vibrate: message.silent ? [] : (message.vibrate ?? []),
      ownFormat: OWN,
    });
  });

const shown = (message: Message, format: Message['format'], receipts: boolean) => {
  const { title, options, appBadge } = readPush(
    JSON.stringify(buildPayload({ ...message, format }, ID, receipts)),
    SITE,
  );
  // Compared by where clicks lead: how a tab is found, and where each button leads.
  const { id, url, receipts: asks, data: handedOn } = options.data;
  const leads = ['', ...message.actions.map((_, index) => `action-${index + 1}`)].map((action) =>
    clickTarget(options.data, action, SCOPE),
  );
  return { title, options: { ...options, data: { id, url, asks, data: handedOn } }, appBadge, leads };
};

it('has a format of its own to read', () => {
  expect(ownFormatFault(OWN)).toBeNull();
});

describe('what the service worker shows of a message', () => {
  it.each(payloadFormatSchema.options)('is the same in the format %s', (format) => {
    fc.assert(
      fc.property(messages, fc.boolean(), (message, receipts) => {
        const expected = shown(message, 'pushdesk', receipts);
        expect(expected.options.data.data).toEqual(
          message.data === '' ? undefined : JSON.parse(message.data),
        );
        expect(shown(message, format, receipts)).toEqual(expected);
      }),
    );
  });

  it('has all that the example of an own format has room for', () => {
    const message = messageSchema.parse({
      title: 'T',
      body: 'B',
      url: '/u',
      iconUrl: '/i.png',
      imageUrl: '/w.png',
      tag: 't',
      actions: [{ title: 'A', url: '/a' }],
      ownFormat: OWN_FORMAT_EXAMPLE,
    });
    expect(shown(message, 'own', true)).toEqual(shown(message, 'pushdesk', true));
  });

  it('is not changed by what is handed to the site’s own code', () => {
    const message = messageSchema.parse({
      title: 'T',
      data: '{"icon":"/evil.png","body":"B","actions":[{"title":"X"}]}',
    });
    for (const format of payloadFormatSchema.options) {
      const { options } = shown({ ...message, ownFormat: OWN }, format, false);
      expect([format, options.icon, options.body, options.actions]).toEqual([
        format,
        undefined,
        undefined,
        undefined,
      ]);
    }
  });
});
