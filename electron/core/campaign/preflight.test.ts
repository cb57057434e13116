import { describe, expect, it } from 'vitest';
import { messageSchema } from '../../contract/message.ts';
import { newMessageSchema } from '../../contract/message-checks.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { FIREFOX_ANDROID_BYTES, PAYLOAD_LIMIT_BYTES } from '../message/payload.ts';
import { judgeMessage } from './preflight.ts';

const good = messageSchema.parse({ title: 'Hello' });

function codes(change: Partial<typeof good>, bytes = 100, services: PushServiceId[] = []) {
  const { blockers, warnings } = judgeMessage({ ...good, ...change }, bytes, services);
  return { blockers: blockers.map(({ code }) => code), warnings: warnings.map(({ code }) => code) };
}

describe('judgeMessage', () => {
  it('has nothing against an ordinary message', () => {
    expect(codes({}, 100, ['fcm', 'mozilla', 'apple', 'wns'])).toEqual({ blockers: [], warnings: [] });
  });

  it.each(['', '   '])('stops a message with the title %j', (title) => {
    expect(codes({ title }).blockers).toEqual(['title-missing']);
  });

  it.each(['https://', 'http:// no address', 'http://a b', 'https://shop.example:99999/'])(
    'stops a message whose link or picture is %s, which no browser opens',
    (url) => {
      expect(codes({ url }).blockers).toEqual(['dead-link']);
      expect(codes({ imageUrl: url }).blockers).toEqual(['dead-link']);
      const { blockers } = judgeMessage({ ...good, actions: [{ title: 'Open', url }] }, 100);
      expect(blockers).toMatchObject([{ code: 'dead-link', field: 'actions.0.url' }]);
      expect(newMessageSchema.safeParse({ title: 'Hello', url }).success).toBe(false);
    },
  );

  it.each([
    '',
    '/news',
    'https://shop.example/?a=b c',
    'https://news.example/{{city}}/{{page}}',
    'https://münchen.example',
  ])('has nothing against the link %j', (url) => {
    expect(codes({ url }).blockers).toEqual([]);
    expect(newMessageSchema.safeParse({ title: 'Hello', url }).success).toBe(true);
  });

  it('stops a message from one byte too many on, and says how many', () => {
    expect(codes({}, PAYLOAD_LIMIT_BYTES).blockers).toEqual([]);
    expect(codes({}, PAYLOAD_LIMIT_BYTES + 1)).toEqual({ blockers: ['payload-too-large'], warnings: [] });
    const [blocker] = judgeMessage(good, PAYLOAD_LIMIT_BYTES + 7).blockers;
    expect(blocker?.cure).toContain('by 7 bytes');
  });

  it.each<[string, Partial<typeof good>]>([
    ['body', { body: 'ä'.repeat(50) }],
    ['data', { body: 'Short', data: JSON.stringify({ list: 'x'.repeat(100) }) }],
    ['texts', { texts: { de: { title: '', body: 'x'.repeat(100), url: '', actions: [] } } }],
    ['ownFormat', { body: 'x'.repeat(50), format: 'own', ownFormat: `{"x":"${'x'.repeat(100)}"}` }],
  ])('leads to %s where that takes the most', (field, change) => {
    const { blockers } = judgeMessage({ ...good, ...change }, PAYLOAD_LIMIT_BYTES + 1);
    expect(blockers.find(({ code }) => code === 'payload-too-large')).toMatchObject({ field });
  });

  it('warns of what Firefox on Android may not get', () => {
    expect(codes({}, FIREFOX_ANDROID_BYTES).warnings).toEqual([]);
    expect(codes({}, FIREFOX_ANDROID_BYTES + 1).warnings).toEqual(['payload-large-for-firefox-android']);
  });

  it('says nothing of Firefox on Android to an audience without Firefox', () => {
    expect(codes({}, FIREFOX_ANDROID_BYTES + 1, ['fcm', 'apple']).warnings).toEqual([]);
    expect(codes({}, FIREFOX_ANDROID_BYTES + 1, ['fcm', 'mozilla']).warnings).toHaveLength(1);
  });

  it('warns of a TTL of 0', () => {
    expect(codes({ ttlSeconds: 0 }).warnings).toEqual(['ttl-zero']);
  });

  it.each([
    ['http://example.com/a.png', ['image-not-https']],
    ['HTTP://localhost.example.com/a.png', ['image-not-https']],
    ['http://localhost:4830/a.png', []],
    ['http://127.0.0.1/a.png', []],
    ['https://example.com/a.png', []],
    ['/a.png', []],
    ['', []],
  ])('warns of an icon that browsers do not load: %j', (iconUrl, warnings) => {
    expect(codes({ iconUrl }).warnings).toEqual(warnings);
  });

  it('names the field that a warning belongs to', () => {
    const { warnings } = judgeMessage({ ...good, imageUrl: 'http://example.com/a.png' }, 100);
    expect(warnings[0]?.field).toBe('imageUrl');
  });

  it('says what is fitted to the services of the audience', () => {
    const message = { ...good, ttlSeconds: 30 * 86_400, topic: 'abcde' };
    const { warnings } = judgeMessage(message, 100, ['fcm', 'mozilla', 'apple']);
    expect(warnings.map(({ cause }) => cause)).toEqual([
      expect.stringMatching(/^At Google \(FCM\): TTL shortened to 28 days/),
      expect.stringMatching(/^At Apple: Topic sent as "abcde-"/),
    ]);
  });

  it.each([
    ['options-conflict', 'renotify', { renotify: true }],
    ['options-conflict', 'vibrate', { silent: true, vibrate: [100] }],
    ['own-format', 'ownFormat', { format: 'own', ownFormat: '{' }],
  ] as const)('stops %s at %s', (code, field, change) => {
    const message = messageSchema.parse({ title: 'Hello', ...change });
    expect(judgeMessage(message, 100).blockers).toMatchObject([{ code, field }]);
  });
});
