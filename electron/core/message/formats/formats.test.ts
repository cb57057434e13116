import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageSchema, payloadFormatSchema, type Message } from '../../../contract/message.ts';
import { newMessageSchema } from '../../../contract/message-checks.ts';
import { buildPayload } from '../payload.ts';
import { OWN_FORMAT_EXAMPLE } from './own.ts';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const full: Message = messageSchema.parse({
  title: 'Sale',
  body: 'Today only',
  url: 'https://shop.example/sale',
  iconUrl: '/icon.png',
  tag: 'sale',
  renotify: true,
  vibrate: [200, 100, 200],
  dir: 'rtl',
  lang: 'ar',
  timestamp: 1_790_000_000_000,
  data: '{"order":1042}',
  appBadge: 3,
  actions: [{ title: 'Look', url: 'https://shop.example/look' }, { title: 'Later' }],
});
const as = (format: Message['format'], change: Partial<Message> = {}, receipts = true) =>
  buildPayload({ ...full, format, ...change }, ID, receipts);

describe('a payload format', () => {
  it('is Pushdesk’s, flat', () => {
    expect(as('pushdesk')).toEqual({
      id: ID,
      title: 'Sale',
      body: 'Today only',
      url: 'https://shop.example/sale',
      icon: '/icon.png',
      tag: 'sale',
      renotify: true,
      vibrate: [200, 100, 200],
      dir: 'rtl',
      lang: 'ar',
      timestamp: 1_790_000_000_000,
      data: { order: 1042 },
      appBadge: 3,
      actions: [
        { action: 'action-1', title: 'Look', url: 'https://shop.example/look' },
        { action: 'action-2', title: 'Later' },
      ],
      receipts: true,
    });
  });

  it('is declarative: every button leads somewhere, and Safari asks the worker where receipts are wanted', () => {
    expect(as('declarative')).toMatchObject({
      web_push: 8030,
      mutable: true,
      app_badge: 3,
      receipts: true,
      notification: {
        title: 'Sale',
        navigate: 'https://shop.example/sale',
        actions: [
          { action: 'action-1', title: 'Look', navigate: 'https://shop.example/look' },
          { action: 'action-2', title: 'Later', navigate: 'https://shop.example/sale' },
        ],
      },
    });
    expect(as('declarative', {}, false)).not.toHaveProperty('mutable');
  });

  it('is Angular’s, with what each click does', () => {
    expect(as('angular')).toMatchObject({
      notification: {
        title: 'Sale',
        data: {
          order: 1042,
          onActionClick: {
            default: { operation: 'openWindow', url: 'https://shop.example/sale' },
            'action-1': { operation: 'openWindow', url: 'https://shop.example/look' },
            'action-2': { operation: 'openWindow', url: 'https://shop.example/sale' },
          },
        },
      },
    });
    expect(as('angular', { url: '', actions: [], data: '[1]' })).toMatchObject({
      notification: {
        data: { value: [1], onActionClick: { default: { operation: 'focusLastFocusedOrOpen' } } },
      },
    });
  });

  it('is like Firebase’s, whose data are texts', () => {
    expect(as('fcm', { data: '{"order":1042,"name":"Ann"}' })).toMatchObject({
      notification: { title: 'Sale', click_action: 'https://shop.example/sale' },
      data: { order: '1042', name: 'Ann' },
      fcmOptions: { link: 'https://shop.example/sale' },
    });
  });

  it('is the person’s own, and leaves out what has no value', () => {
    const ownFormat = JSON.stringify({
      kind: 'news',
      n: {
        t: '{{title}}',
        text: 'New: {{ body }}',
        pic: '{{image}}',
        list: ['{{tag}}', '{{lang}}'],
        b: '{{actions}}',
      },
    });
    expect(as('own', { ownFormat, actions: [] })).toEqual({
      kind: 'news',
      n: { t: 'Sale', text: 'New: Today only', list: ['sale', 'ar'] },
    });
  });

  it('does not look for placeholders in what it filled in', () => {
    const ownFormat = '{"t":"{{title}}","u":"{{url}} {{title}}"}';
    expect(as('own', { ownFormat, title: '{{body}}', url: '/x' })).toEqual({
      t: '{{body}}',
      u: '/x {{body}}',
    });
  });

  it('always is JSON with the title in it, whatever the texts', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.constantFrom(...payloadFormatSchema.options), text, text, (format, title, data) => {
        const payload = as(format, { title, data, ownFormat: OWN_FORMAT_EXAMPLE });
        expect(JSON.stringify(payload)).toContain(JSON.stringify(title));
      }),
    );
  });
});

describe('an own format on its way in', () => {
  const causeOf = (ownFormat: string) =>
    newMessageSchema.safeParse({ title: 'x', format: 'own', ownFormat }).error?.issues[0]?.message ?? null;

  it.each([
    ['', 'Write the payload as JSON'],
    ['{"t": {{title}} }', 'This is not JSON'],
    ['["{{title}}"]', 'Write a JSON object'],
    ['{"t":"{{titel}}"}', 'There is no placeholder {{titel}}.'],
    ['{"t":"{{body}}"}', 'Add {{title}}'],
    [`{"t":"{{title}}","d":${'['.repeat(30)}${']'.repeat(30)}}`, 'Nest it at most 20 deep.'],
  ])('refuses %j', (text, cause) => {
    expect(causeOf(text)).toContain(cause);
  });

  it('takes the example, and never throws', () => {
    expect(causeOf(OWN_FORMAT_EXAMPLE)).toBeNull();
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void causeOf(text)));
  });

  it('is not looked at in another format', () => {
    expect(newMessageSchema.safeParse({ title: 'x', ownFormat: '{' }).success).toBe(true);
  });
});

describe('fields that do not go together', () => {
  it.each([
    [{ renotify: true }, 'renotify'],
    [{ silent: true, vibrate: [100] }, 'vibrate'],
    [{ lang: 'not a language' }, 'lang'],
    [{ data: '{' }, 'data'],
    [{ vibrate: Array.from({ length: 21 }, () => 1) }, 'vibrate'],
    [{ actions: Array.from({ length: 9 }, () => ({ title: 'x' })) }, 'actions'],
  ])('%j is refused at %s', (change, field) => {
    const issues = newMessageSchema.safeParse({ title: 'x', ...change }).error?.issues ?? [];
    expect(issues.map(({ path }) => path[0])).toEqual([field]);
  });
});
