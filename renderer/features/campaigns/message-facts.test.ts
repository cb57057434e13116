import { describe, expect, it } from 'vitest';
import { messageSchema } from '../../../electron/contract/message.ts';
import { messageFacts } from './message-facts.ts';

const facts = (message: object) =>
  Object.fromEntries(messageFacts(messageSchema.parse(message)).map(({ name, value }) => [name, value]));

describe('a message that was sent', () => {
  it('is told field by field, under the names of Compose', () => {
    expect(
      facts({
        title: 'Sale',
        body: 'Two lines\nof it',
        url: '/sale',
        iconUrl: 'https://shop.example/icon.png',
        imageUrl: 'https://shop.example/wide.png',
        actions: [{ title: 'Look', url: '/look' }, { title: 'Later' }],
        requireInteraction: true,
        ttlSeconds: 5400,
        urgency: 'high',
        topic: 'sale',
        tag: 'news',
        utm: { source: 'pushdesk', campaign: 'sale' },
      }),
    ).toEqual({
      Title: 'Sale',
      Body: 'Two lines\nof it',
      URL: '/sale',
      'Icon URL': 'https://shop.example/icon.png',
      'Image URL': 'https://shop.example/wide.png',
      'Button 1 text': 'Look',
      'Button 1 link': '/look',
      'Button 2 text': 'Later',
      TTL: '1 hour 30 minutes',
      Urgency: 'High',
      Topic: 'sale',
      Tag: 'news',
      'Campaign tracking': 'utm_source=pushdesk\nutm_campaign=sale',
      'Stay on screen until closed': 'Yes',
    });
  });

  it('is told with every option and the format of its payload', () => {
    expect(
      facts({
        title: 'Sale',
        silent: true,
        tag: 'sale',
        renotify: true,
        dir: 'rtl',
        lang: 'ar',
        appBadge: 0,
        data: '{"order":1}',
        format: 'own',
        ownFormat: '{"t":"{{title}}"}',
        actions: [{ title: 'A' }, { title: 'B' }, { title: 'C', url: '/c' }],
      }),
    ).toMatchObject({
      Silent: 'Yes',
      'Alert again when it replaces one with the same tag': 'Yes',
      'Text direction': 'Right to left',
      Language: 'ar',
      'App badge': '0',
      Data: '{"order":1}',
      'Payload format': 'Your own',
      'Your format': '{"t":"{{title}}"}',
      'Button 3 text': 'C',
      'Button 3 link': '/c',
    });
    expect(facts({ title: 'Sale', vibrate: [200, 100] })).toMatchObject({ Vibration: '200, 100 ms' });
    expect(facts({ title: 'Sale', format: 'declarative' })).toMatchObject({
      'Payload format': 'Declarative',
    });
  });

  it('leaves out what was empty', () => {
    expect(Object.keys(facts({ title: 'Sale' }))).toEqual(['Title', 'TTL', 'Urgency']);
    expect(facts({ title: 'Sale', ttlSeconds: 0 })).toMatchObject({
      TTL: 'Not kept: only for devices that are online',
    });
  });
});
