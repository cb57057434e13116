import { beforeEach, describe, expect, it } from 'vitest';
import type { PushMessage } from '../subscriber.ts';
import type { NotificationFrame } from './frames.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';

let now = 0;
let mailbox: Mailbox;
let sent: NotificationFrame[];

beforeEach(() => {
  now = 1_000_000;
  mailbox = createMailbox({ now: () => now });
  sent = [];
});

const connect = () => {
  mailbox.connect((frame) => sent.push(frame));
};
const message = (id: string, change: Partial<PushMessage> = {}): PushMessage => ({
  id,
  body: Buffer.from(`body of ${id}`),
  record: null,
  acceptedAt: now,
  ttlSeconds: 60,
  urgency: 'normal',
  topic: null,
  ...change,
});
const versions = () => sent.map(({ version }) => version);

describe('the mailbox of a browser', () => {
  it('sends at once to a browser that is there', () => {
    connect();
    expect(mailbox.put('channel', message('a')).kind).toBe('sent-to-browser');
    expect(sent).toEqual([
      {
        messageType: 'notification',
        channelID: 'channel',
        version: 'a',
        ttl: 60,
        data: Buffer.from('body of a').toString('base64url'),
        headers: { encoding: 'aes128gcm' },
      },
    ]);
  });

  it('leaves data and headers out where there is no payload', () => {
    connect();
    mailbox.put('channel', message('a', { body: null }));
    expect(sent).toEqual([{ messageType: 'notification', channelID: 'channel', version: 'a', ttl: 60 }]);
  });

  it('keeps messages for a browser that is away, with what is left of their time', () => {
    expect(mailbox.put('channel', message('a')).kind).toBe('stored');
    now += 20_000;
    connect();
    expect(sent).toMatchObject([{ version: 'a', ttl: 40 }]);
  });

  it('drops a message when its time is over, and one of TTL 0 at once', () => {
    expect(mailbox.put('channel', message('a', { ttlSeconds: 0 })).kind).toBe('expired');
    mailbox.put('channel', message('b', { ttlSeconds: 10 }));
    mailbox.put('channel', message('c', { ttlSeconds: 11 }));
    now += 10_000;
    connect();
    expect(versions()).toEqual(['c']);
  });

  it('replaces a waiting message of the same topic and channel only', () => {
    mailbox.put('channel', message('a', { topic: 'score' }));
    mailbox.put('other', message('b', { topic: 'score' }));
    mailbox.put('channel', message('c', { topic: 'news' }));
    mailbox.put('channel', message('d'));
    mailbox.put('channel', message('e', { topic: 'score' }));
    connect();
    expect(versions()).toEqual(['b', 'c', 'd', 'e']);
  });

  it('repeats what was not acknowledged under the version that it had', () => {
    connect();
    mailbox.put('channel', message('a'));
    mailbox.put('channel', message('b'));
    mailbox.acknowledge('a');
    mailbox.disconnect();
    connect();
    expect(versions()).toEqual(['a', 'b', 'b']);
  });

  it('forgets the messages of a channel that is no more', () => {
    mailbox.put('channel', message('a'));
    mailbox.put('other', message('b'));
    mailbox.dropChannel('channel');
    connect();
    expect(versions()).toEqual(['b']);
  });
});
