import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { assertNever } from '../../../core/assert-never.ts';
import type { Clock } from '../../base/clock.ts';
import { createEventSource, type Events } from '../events.ts';
import type { Subscriber } from '../subscriber.ts';
import { listen } from '../transport/listen.ts';
import { createBrowsers, type BrowserEvent, type BrowserSession } from './browsers.ts';
import { parseBrowserFrame, type BrowserFrame, type ServiceFrame } from './frames.ts';

/** The side of the push service that browsers talk to (Firefox's autopush protocol over WebSocket). */
export interface Autopush {
  /** Value for Firefox's preference `dom.push.serverURL`. */
  readonly url: string;
  readonly events: Events<BrowserEvent>;
  /** Resolves when a browser is connected and has said hello: a `subscribe()` before that is lost in Firefox. */
  whenHello(signal?: AbortSignal): Promise<void>;
  /**
   * Forgets all browsers and cuts their connections. They come back, are given a new name, give up their subscriptions, and fire
   * `pushsubscriptionchange`.
   */
  dropFirefox(): void;
  /** Cuts all connections and lets nobody in; messages wait for their TTL. */
  goOffline(): void;
  goOnline(): void;
}

export interface AutopushServer extends Autopush {
  findSubscriber(token: string): Subscriber | null;
  close(): Promise<void>;
}

export interface AutopushServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly endpointOf: (token: string) => string;
}

const PROTOCOL = 'push-notification';
const MAX_FRAME_BYTES = 65_536;
/** RFC 6455 §7.4.1: the frame breaks a rule of the service. */
const POLICY_VIOLATION = 1008;
const INTERNAL_ERROR = 1011;
/** From IANA's registry of close codes. */
const TRY_AGAIN_LATER = 1013;

/** Starts the service side of the autopush protocol. */
export async function createAutopushServer(options: AutopushServerOptions): Promise<AutopushServer> {
  const events = createEventSource<BrowserEvent>();
  const browsers = createBrowsers({
    ...options,
    onEvent: (event) => {
      events.emit(event);
    },
  });
  const server = createServer((_request, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
  });
  /** Connections whose browser has said hello. */
  const present = new Set<WebSocket>();
  let online = true;

  await listen(server, options.port, options.host);
  const { port } = server.address() as AddressInfo;
  const url = `ws://${options.host}:${port}/`;

  server.on('upgrade', (request, line, head) => {
    // A browser that leaves is not an error of the service; without a listener it would end the process.
    line.on('error', () => undefined);
    if (!online) {
      reject(line, 503);
      return;
    }
    // A web page could reach this port too; browsers name it in `Origin`, and Firefox names the service itself.
    const { origin } = request.headers;
    if (origin !== undefined && !isOwnOrigin(origin, url)) {
      reject(line, 403);
      return;
    }
    sockets.handleUpgrade(request, line, head, serve);
  });

  function serve(socket: WebSocket): void {
    let session: BrowserSession | null = null;
    const send = (frame: ServiceFrame) => {
      socket.send(JSON.stringify(frame));
    };

    socket.on('error', () => undefined);
    socket.on('close', () => {
      present.delete(socket);
      session?.end();
    });
    socket.on('message', (data, isBinary) => {
      try {
        hear(data, isBinary);
      } catch {
        // Whatever it was, it ends this connection and no other.
        socket.close(INTERNAL_ERROR, 'this frame could not be answered');
      }
    });

    function hear(data: RawData, isBinary: boolean): void {
      const frame = isBinary ? null : parseBrowserFrame(textOf(data));
      if (frame === null) {
        socket.close(POLICY_VIOLATION, 'not a frame of this protocol');
        return;
      }
      if (frame.messageType === 'ping') {
        send({});
        return;
      }
      if (frame.messageType === 'hello') {
        if (session !== null) {
          socket.close(POLICY_VIOLATION, 'hello twice');
          return;
        }
        session = browsers.hello(frame.uaid);
        if (session === null) {
          socket.close(TRY_AGAIN_LATER, 'too many browsers');
          return;
        }
        const { uaid } = session;
        send({ messageType: 'hello', uaid, status: 200, use_webpush: true, broadcasts: {} });
        present.add(socket);
        session.open(send);
        events.emit({ kind: 'hello', uaid, returning: uaid === frame.uaid });
        return;
      }
      if (session === null) {
        socket.close(POLICY_VIOLATION, 'hello comes first');
        return;
      }
      answer(frame, session, send);
    }
  }

  return {
    url,
    events,
    async whenHello(signal) {
      if (present.size > 0) return;
      await events.next((event) => event.kind === 'hello', signal);
    },
    dropFirefox() {
      browsers.forgetAll();
      for (const socket of sockets.clients) socket.terminate();
      present.clear();
    },
    goOffline() {
      online = false;
      for (const socket of sockets.clients) socket.terminate();
      present.clear();
    },
    goOnline() {
      online = true;
    },
    findSubscriber: (token) => browsers.find(token),
    close: () =>
      new Promise((resolve) => {
        online = false;
        events.close();
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function answer(
  frame: Exclude<BrowserFrame, { messageType: 'hello' | 'ping' }>,
  session: BrowserSession,
  send: (frame: ServiceFrame) => void,
): void {
  switch (frame.messageType) {
    case 'register': {
      const { channelID } = frame;
      const made = session.register(channelID, frame.key ?? null);
      send(
        made === null
          ? { messageType: 'register', channelID, status: 400 }
          : { messageType: 'register', channelID, status: 200, pushEndpoint: made.endpoint },
      );
      return;
    }
    case 'unregister': {
      const known = session.unregister(frame.channelID);
      send({ messageType: 'unregister', channelID: frame.channelID, status: known ? 200 : 404 });
      return;
    }
    case 'ack':
      for (const { channelID, version, code } of frame.updates) session.acknowledge(channelID, version, code);
      return;
    case 'nack':
    case 'broadcast_subscribe':
      // There are no broadcasts here, and a message that the browser could not show is not sent again.
      return;
    default:
      assertNever(frame);
  }
}

function textOf(data: RawData): string {
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');
}

function isOwnOrigin(origin: string, url: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(url).host;
}

function reject(line: Duplex, status: 403 | 503): void {
  line.end(
    `HTTP/1.1 ${status} ${status === 403 ? 'Forbidden' : 'Service Unavailable'}\r\nConnection: close\r\n\r\n`,
  );
}
