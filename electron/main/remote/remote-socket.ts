import { isIP } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { WebSocket, type ClientOptions, type RawData } from 'ws';
import { visibleText } from '../../core/text/visible-text.ts';
import {
  WORKSPACE_PROTOCOL,
  WORKSPACE_VERSION,
  workspaceGreetingSchema,
  type WorkspaceGreeting,
} from '../../contract/workspace.ts';
import type { FindProxy } from '../../engine/net/find-proxy.ts';
import { openTunnel } from '../../engine/net/open-tunnel.ts';
import {
  endOfAnswer,
  endOfClose,
  endOfError,
  notPushdesk,
  otherVersion,
  silent,
  wrongToken,
  type LineEnd,
} from './line-problems.ts';
import type { ServerAddress } from './server-address.ts';

/** Name lookup, TLS and the greeting together. */
const OPEN_WITHIN_MS = 15_000;
/**
 * After this long without a word from the server it is asked for one, and has as long again to answer. A cable that was pulled says
 * nothing.
 */
const ASK_AFTER_MS = 12_000;
/** As much as a message port takes (`MAX_FRAME_CHARACTERS`), in bytes. */
const MAX_FRAME_BYTES = 128 * 1024 * 1024;
/** What the server does not take any more must not fill this computer's memory. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
const MAX_REFUSAL_BYTES = 16_384;

export interface SocketEvents {
  /** The server has greeted: frames may be sent. */
  onOpen(greeting: WorkspaceGreeting['workspace']): void;
  onFrame(text: string): void;
  /** Once, and not where it was closed from here. */
  onEnd(end: LineEnd): void;
}

export interface RemoteSocket {
  send(text: string): void;
  close(): void;
}

export type OpenSocket = (to: ServerAddress, token: string, events: SocketEvents) => RemoteSocket;

export interface SocketSurroundings {
  /** What TLS trusts, in PEM form; `undefined`: what the system and Node trust. There is no way to trust everything. */
  authorities: () => string[] | undefined;
  /** The way out of this network. */
  findProxy: FindProxy;
  /** Runs a function later and returns a function that cancels it. */
  schedule: (run: () => void, delayMs: number) => () => void;
}

/** Opens WebSockets to workspaces on servers. Whatever comes is either a frame or the end. */
export function createOpenSocket({ authorities, findProxy, schedule }: SocketSurroundings): OpenSocket {
  return (to, token, events) => {
    // A header could not carry it, and the library would throw.
    if (!/^[\x21-\x7e]+$/.test(token)) {
      return refused(() => {
        events.onEnd(wrongToken(to.host));
      }, schedule);
    }
    let isOver = false;
    let isGreeted = false;
    let cancel: () => void = () => undefined;
    const finish = (end: LineEnd | null) => {
      if (isOver) return;
      isOver = true;
      cancel();
      if (end === null) socket.close(1000);
      else {
        socket.terminate();
        events.onEnd(end);
      }
    };
    const expect = (withinMs: number) => {
      cancel();
      if (isOver) return;
      cancel = schedule(() => {
        finish(silent(to.host));
      }, withinMs);
    };
    const heard = () => {
      cancel();
      if (isOver) return;
      cancel = schedule(() => {
        socket.ping();
        expect(ASK_AFTER_MS);
      }, ASK_AFTER_MS);
    };
    const ca = authorities();
    const socket = new WebSocket(to.socket, [WORKSPACE_PROTOCOL], {
      headers: { authorization: `Bearer ${token}` },
      followRedirects: false,
      // Stated, because NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise let the owner token go to any certificate.
      rejectUnauthorized: true,
      perMessageDeflate: false,
      maxPayload: MAX_FRAME_BYTES,
      ...(ca === undefined ? {} : { ca }),
      ...(to.socket.startsWith('wss:') ? { createConnection: connectorTo(to.socket, findProxy) } : {}),
    });
    expect(OPEN_WITHIN_MS);
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        if (body.length < MAX_REFUSAL_BYTES) body += piece.slice(0, MAX_REFUSAL_BYTES);
      });
      const told = () => {
        const { statusCode: status = 0, headers } = response;
        finish(endOfAnswer({ status, body, retryAfter: headers['retry-after'] }, to.host));
      };
      response.on('end', told);
      response.on('close', told);
      response.on('error', told);
    });
    socket.on('message', (data: RawData, isBinary: boolean) => {
      if (isOver) return;
      const text = isBinary ? null : textOf(data);
      if (isGreeted) heard();
      if (isGreeted && text !== null) {
        events.onFrame(text);
        return;
      }
      const greeting = text === null ? null : readGreeting(text);
      if (greeting === null) finish(notPushdesk(to.host));
      else if (greeting.contract !== WORKSPACE_VERSION) finish(otherVersion(to.host, greeting.version));
      else {
        isGreeted = true;
        heard();
        events.onOpen(greeting);
      }
    });
    for (const sign of ['ping', 'pong'] as const) {
      socket.on(sign, () => {
        if (isGreeted) heard();
      });
    }
    socket.on('error', (error) => {
      finish(isProtocolError(error) ? notPushdesk(to.host) : endOfError(error, to.host));
    });
    socket.on('close', (code) => {
      finish(endOfClose(code, to.host));
    });
    return {
      send(text) {
        if (isOver) return;
        socket.send(text);
        if (socket.bufferedAmount > MAX_WAITING_BYTES) finish(silent(to.host));
      },
      close() {
        finish(null);
      },
    };
  };
}

type Connect = NonNullable<ClientOptions['createConnection']>;

/** Straight to the server, or by a tunnel through a proxy, which sees its name and nothing else. */
function connectorTo(address: string, findProxy: FindProxy): Connect {
  const origin = new URL(address.replace(/^ws/, 'http'));
  const host = origin.hostname.replace(/^\[|\]$/g, '');
  const connect = async (options: ConnectionOptions) => {
    const proxy = await findProxy(origin);
    return connectTls({
      ...options,
      path: undefined,
      servername: isIP(host) === 0 ? host : '',
      ...(proxy === null ? {} : { socket: await openTunnel(proxy, origin, OPEN_WITHIN_MS) }),
    });
  };
  // Node takes the socket later through a second argument that the types of `ws` do not know.
  const later = (options: ConnectionOptions, done: (error: unknown, socket?: TLSSocket) => void) => {
    connect(options).then((socket) => {
      done(null, socket);
    }, done);
  };
  return later as unknown as Connect;
}

function refused(end: () => void, schedule: SocketSurroundings['schedule']): RemoteSocket {
  return { send: () => undefined, close: schedule(end, 0) };
}

function textOf(data: RawData): string {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : data;
  return Buffer.isBuffer(bytes) ? bytes.toString('utf8') : Buffer.from(bytes).toString('utf8');
}

function readGreeting(text: string): WorkspaceGreeting['workspace'] | null {
  try {
    const told = workspaceGreetingSchema.safeParse(JSON.parse(text)).data?.workspace;
    // A server may call itself anything, and the name appears beside our own texts.
    return told === undefined
      ? null
      : { ...told, name: visibleText(told.name), version: visibleText(told.version) };
  } catch {
    return null;
  }
}

/** The server is not a WebSocket server, or a bad one: `ws` marks such errors with these codes, or only in words. */
const isProtocolError = (error: Error) =>
  ('code' in error && typeof error.code === 'string' && error.code.startsWith('WS_ERR_')) ||
  /^(Server sent|Invalid Sec-WebSocket|Invalid Upgrade|Parse Error)/.test(error.message) ||
  ('code' in error && typeof error.code === 'string' && error.code.startsWith('HPE_'));
