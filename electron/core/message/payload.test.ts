import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pushPayloadSchema } from '../../contract/http.ts';
import { messageSchema } from '../../contract/message.ts';
import { buildPayload, encodePayload, PAYLOAD_LIMIT_BYTES } from './payload.ts';

describe('buildPayload', () => {
  it('leaves out what is empty', () => {
    expect(buildPayload(messageSchema.parse({ title: 'Hello' }), 'm1')).toEqual({ id: 'm1', title: 'Hello' });
  });

  it('carries everything that is there, and numbers the actions', () => {
    const message = messageSchema.parse({
      title: 'Hello',
      body: 'World',
      url: 'https://example.com/',
      iconUrl: '/icon.png',
      badgeUrl: '/badge.png',
      imageUrl: '/image.png',
      tag: 'news',
      requireInteraction: true,
      actions: [{ title: 'Read', url: '/read' }, { title: 'Later' }],
    });
    expect(buildPayload(message, 'm1')).toEqual({
      id: 'm1',
      title: 'Hello',
      body: 'World',
      url: 'https://example.com/',
      icon: '/icon.png',
      badge: '/badge.png',
      image: '/image.png',
      tag: 'news',
      requireInteraction: true,
      actions: [
        { action: 'action-1', title: 'Read', url: '/read' },
        { action: 'action-2', title: 'Later' },
      ],
    });
  });

  it('is what the service worker expects, whatever the text', () => {
    const wild = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(wild, wild, (title, body) => {
        const payload = buildPayload({ ...messageSchema.parse({ title: 'x' }), title, body }, 'm1');
        const { text, bytes } = encodePayload(payload);
        expect(pushPayloadSchema.parse(JSON.parse(text))).toEqual(payload);
        expect(bytes).toBe(Buffer.byteLength(text, 'utf8'));
      }),
    );
  });
});

describe('encodePayload', () => {
  it.each([
    ['a', 1],
    ['é', 2],
    ['€', 3],
    ['😀', 4],
    ['👩‍👩‍👧', 18],
    ['"', 2],
    ['\n', 2],
    ['\ud800', 6],
  ])('counts %j as %d bytes', (title, bytes) => {
    const empty = encodePayload({ title: '' }).bytes;
    expect(encodePayload({ title }).bytes - empty).toBe(bytes);
  });

  it('holds the limit of one record of 4096 bytes', () => {
    expect(PAYLOAD_LIMIT_BYTES).toBe(4096 - 86 - 1 - 16);
  });
});
