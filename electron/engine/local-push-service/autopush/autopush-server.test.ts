import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import webpush from 'web-push';
import { WebSocket } from 'ws';
import type { PushMessage } from '../subscriber.ts';
import { createAutopushServer, type AutopushServer } from './autopush-server.ts';
import type { BrowserEvent } from './browsers.ts';

const KEY = webpush.generateVAPIDKeys().publicKey;
const CHANNEL = '11111111-2222-4333-8444-555555555555';
const HELLO = { messageType: 'hello', broadcasts: {}, use_webpush: true };
const clock = { now: () => 1_000_000 };

let server: AutopushServer;
let events: BrowserEvent[];
const lines: WebSocket[] = [];

beforeEach(async () => {
  const endpointOf = (token: string) => `https://127.0.0.1:1/wpush/v2/${token}`;
  server = await createAutopushServer({ host: '127.0.0.1', port: 0, clock, endpointOf });
  events = [];
  server.events.observe((event) => events.push(event));
});

afterEach(async () => {
  for (const line of lines.splice(0)) line.terminate();
  await server.close();
});

/** A browser as seen from the other end of the connection. */
async function dial(options: { protocol?: string; origin?: string } = {}) {
  const socket = new WebSocket(server.url, options.protocol ?? 'push-notification', {
    ...(options.origin === undefined ? {} : { origin: options.origin }),
  });
  lines.push(socket);
  const inbox: unknown[] = [];
  let wake: () => void = () => undefined;
  socket.on('message', (data: Buffer) => {
    inbox.push(JSON.parse(data.toString()));
    wake();
  });
  await once(socket, 'open');
  return {
    socket,
    say: (frame: unknown) => {
      socket.send(JSON.stringify(frame));
    },
    async hear(): Promise<Record<string, unknown>> {
      if (inbox.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return inbox.shift() as Record<string, unknown>;
    },
    closed: () => once(socket, 'close').then(([code]) => code as number),
  };
}

async function greet(uaid?: string) {
  const line = await dial();
  line.say(uaid === undefined ? HELLO : { ...HELLO, uaid });
  const hello = await line.hear();
  return { ...line, hello, uaid: String(hello['uaid']) };
}

async function subscribe(line: Awaited<ReturnType<typeof greet>>, key: string | null = `${KEY}=`) {
  line.say({ messageType: 'register', channelID: CHANNEL, key });
  const { pushEndpoint } = await line.hear();
  const token = String(pushEndpoint).split('/').at(-1) ?? '';
  return { token, subscriber: server.findSubscriber(token) };
}

const message = (id: string, change: Partial<PushMessage> = {}): PushMessage => ({
  id,
  body: Buffer.from('secret'),
  record: null,
  acceptedAt: clock.now(),
  ttlSeconds: 60,
  urgency: 'normal',
  topic: null,
  ...change,
});

describe('the line to browsers', () => {
  it('speaks the subprotocol of Firefox and answers its hello', async () => {
    const line = await greet();
    expect(line.socket.protocol).toBe('push-notification');
    expect(line.hello).toEqual({
      messageType: 'hello',
      uaid: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      status: 200,
      use_webpush: true,
      broadcasts: {},
    });
    await server.whenHello();
  });

  it('tells whoever waits that a browser said hello', async () => {
    const waiting = server.whenHello();
    await greet();
    await waiting;
    await expect(server.whenHello(AbortSignal.abort())).resolves.toBeUndefined();
  });

  it('gives up waiting when asked, and when it is closed', async () => {
    await expect(server.whenHello(AbortSignal.abort())).rejects.toThrow('given up');
    const waiting = server.whenHello();
    await Promise.all([expect(waiting).rejects.toThrow('closed'), server.close()]);
  });

  it('makes subscriptions for a key, padded or not, and for none', async () => {
    const line = await greet();
    const { subscriber } = await subscribe(line);
    expect(subscriber).toMatchObject({ applicationServerKey: KEY, active: true, dialect: 'mozilla' });
    const again = await subscribe(line, KEY);
    expect(again.token).toBe(subscriber?.token);
    const keyless = await subscribe(line, null);
    expect(keyless.subscriber).toMatchObject({ applicationServerKey: null, active: true });
    expect(server.findSubscriber(again.token)?.active).toBe(false);
  });

  it('refuses a key that is none', async () => {
    const line = await greet();
    line.say({ messageType: 'register', channelID: CHANNEL, key: 'BAAA' });
    expect(await line.hear()).toEqual({ messageType: 'register', channelID: CHANNEL, status: 400 });
  });

  it('delivers messages and hears what became of them', async () => {
    const line = await greet();
    const { subscriber } = await subscribe(line);
    expect(subscriber?.take(message('v1')).kind).toBe('sent-to-browser');
    expect(await line.hear()).toEqual({
      messageType: 'notification',
      channelID: CHANNEL,
      version: 'v1',
      ttl: 60,
      data: Buffer.from('secret').toString('base64url'),
      headers: { encoding: 'aes128gcm' },
    });
    const acknowledged = server.events.next((event) => event.kind === 'acknowledged');
    line.say({ messageType: 'ack', updates: [{ channelID: CHANNEL, version: 'v1', code: 101 }] });
    expect(await acknowledged).toMatchObject({ version: 'v1', code: 101 });
  });

  it('keeps messages until the browser is back under its name', async () => {
    const line = await greet();
    const { subscriber } = await subscribe(line);
    const gone = server.events.next((event) => event.kind === 'disconnected');
    line.socket.terminate();
    await gone;
    expect(subscriber?.take(message('v1', { topic: 'score' })).kind).toBe('stored');
    expect(subscriber?.take(message('v2', { topic: 'score' })).kind).toBe('stored');
    expect(subscriber?.take(message('v3', { ttlSeconds: 0 })).kind).toBe('expired');
    const back = await greet(line.uaid);
    expect(back.uaid).toBe(line.uaid);
    expect(await back.hear()).toMatchObject({ messageType: 'notification', version: 'v2' });
    back.say({});
    expect(await back.hear()).toEqual({});
  });

  it('sends to the newer of two lines of one browser', async () => {
    const first = await greet();
    const { subscriber } = await subscribe(first);
    const second = await greet(first.uaid);
    first.socket.terminate();
    await once(first.socket, 'close');
    second.say({});
    await second.hear();
    expect(subscriber?.take(message('v1')).kind).toBe('sent-to-browser');
    expect(await second.hear()).toMatchObject({ version: 'v1' });
  });

  it('ends a subscription that is given up', async () => {
    const line = await greet();
    const { token } = await subscribe(line);
    line.say({ messageType: 'unregister', channelID: CHANNEL, code: 200 });
    expect(await line.hear()).toEqual({ messageType: 'unregister', channelID: CHANNEL, status: 200 });
    expect(server.findSubscriber(token)?.active).toBe(false);
    line.say({ messageType: 'unregister', channelID: CHANNEL, code: 200 });
    expect(await line.hear()).toMatchObject({ status: 404 });
  });

  it('drops browsers so that they come back under a new name without subscriptions', async () => {
    const line = await greet();
    const { token } = await subscribe(line);
    const closed = line.closed();
    server.dropFirefox();
    await closed;
    expect(server.findSubscriber(token)?.active).toBe(false);
    const back = await greet(line.uaid);
    expect(back.uaid).not.toBe(line.uaid);
    expect(events.at(-1)).toEqual({ kind: 'hello', uaid: back.uaid, returning: false });
  });

  it('lets nobody in while it is offline', async () => {
    const line = await greet();
    const closed = line.closed();
    server.goOffline();
    await closed;
    await expect(dial()).rejects.toThrow('503');
    server.goOnline();
    expect((await greet(line.uaid)).uaid).toBe(line.uaid);
  });

  it('answers a ping', async () => {
    const line = await greet();
    line.say({});
    expect(await line.hear()).toEqual({});
  });

  it('lets broadcasts and nacks pass', async () => {
    const line = await greet();
    line.say({ messageType: 'broadcast_subscribe', broadcasts: { a: 'b' } });
    line.say({ messageType: 'nack', version: 'v', code: 301 });
    line.say({ messageType: 'ping' });
    expect(await line.hear()).toEqual({});
  });

  it.each<[string, string]>([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['an unknown frame', '{"messageType":"purge"}'],
    ['a register before hello', JSON.stringify({ messageType: 'register', channelID: CHANNEL })],
    ['a channel that is none', '{"messageType":"register","channelID":"../x"}'],
    ['an old hello', '{"messageType":"hello"}'],
  ])('hangs up on %s', async (_what, text) => {
    const line = await dial();
    const closed = line.closed();
    line.socket.send(text);
    expect(await closed).toBe(1008);
  });

  it('hangs up on a second hello and on binary frames', async () => {
    const line = await greet();
    const closed = line.closed();
    line.say(HELLO);
    expect(await closed).toBe(1008);
    const other = await dial();
    const otherClosed = other.closed();
    other.socket.send(Buffer.from('{}'));
    expect(await otherClosed).toBe(1008);
  });

  it('hangs up on whatever is no frame, on that line alone', async () => {
    const other = await greet();
    const wild = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('', 'null', '[[[[', '{"__proto__":1}', '{"messageType":"constructor"}'),
    );
    for (const text of fc.sample(wild, 300)) {
      if (text.trim() === '{}') continue;
      const line = await dial();
      const closed = line.closed();
      line.socket.send(text);
      expect(await closed).toBe(1008);
    }
    other.say({});
    expect(await other.hear()).toEqual({});
  });

  it('takes on so many subscriptions, and no more', async () => {
    const line = await greet();
    for (let index = 0; index <= 10_000; index += 1) {
      const channelID = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
      line.say({ messageType: 'register', channelID });
    }
    const statuses: unknown[] = [];
    for (let index = 0; index <= 10_000; index += 1) statuses.push((await line.hear())['status']);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10_000);
    expect(statuses.at(-1)).toBe(400);
  });

  it('is closed to pages of the web', async () => {
    await expect(dial({ origin: 'https://evil.example' })).rejects.toThrow('403');
    await expect(dial({ origin: 'null' })).rejects.toThrow('403');
    const own = await dial({ origin: new URL(server.url).origin });
    expect(own.socket.readyState).toBe(WebSocket.OPEN);
  });
});
