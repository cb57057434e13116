import type { OpenSocket } from '../../net/open-socket.ts';
import {
  connect as openSession,
  constants,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type Settings,
} from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Call, OriginConnection } from './origin-connection.ts';

/** More than this at once on one connection gains nothing; a second connection does. */
const STREAMS_PER_SESSION = 200;
const SPREAD_FROM = 100;
const MAX_SESSIONS = 4;
const IDLE_MS = 60_000;
/** A refused stream was never processed (RFC 9113 §8.7), so it may be sent again, but not forever. */
const MAX_REFUSALS = 3;

interface Session {
  readonly session: ClientHttp2Session;
  open: number;
  /** How many streams the service allows at once; 0 until its settings have arrived (RFC 9113 §3.4: its first frame). */
  room: number;
  /** Takes no new calls: it was told to go away, or has fallen silent. */
  closing: boolean;
  /** Monotonic time of the last sign of life. */
  heardAt: number;
}

/**
 * HTTP/2 through Node's own client: few connections, many streams.
 *
 * [Note: not undici for HTTP/2] Push services end connections now and then with GOAWAY and still answer the streams that they have
 * accepted. undici 7 fails all of them at that moment, answered or not; Node's client lets them finish and marks the ones that were never
 * processed.
 *
 * @param first a connection that is already open
 * @param onOtherProtocol called when a later connection to this origin no longer speaks HTTP/2
 */
export function createHttp2Origin({
  origin,
  openSocket,
  first,
  onOtherProtocol,
}: {
  origin: string;
  openSocket: OpenSocket;
  first: TLSSocket;
  onOtherProtocol: () => void;
}): OriginConnection {
  const sessions = new Set<Session>();
  const waiting: Call[] = [];
  const refusals = new WeakMap<Call, number>();
  let connecting = false;
  let inFlight = 0;
  let closed = false;

  const pick = (): Session | null => {
    let best: Session | null = null;
    for (const candidate of sessions) {
      if (candidate.closing || candidate.open >= candidate.room) continue;
      if (best === null || candidate.open < best.open) best = candidate;
    }
    return best;
  };

  const wantsAnother = () => {
    if (closed || connecting || sessions.size >= MAX_SESSIONS) return false;
    const alive = [...sessions].filter((session) => !session.closing);
    // A connection that has just opened is about to say how much it takes.
    if (alive.some((session) => session.room === 0)) return false;
    if (waiting.length > 0) return true;
    return alive.length === 1 && inFlight > SPREAD_FROM;
  };

  const pump = () => {
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
      if (call.reply.settled) continue;
      const session = pick();
      if (session === null) {
        waiting.unshift(call);
        break;
      }
      begin(session, call);
    }
    if (wantsAnother()) void connectAnother();
  };

  const connectAnother = async () => {
    connecting = true;
    try {
      const socket = await openSocket('h2-or-h1');
      if (closed) socket.destroy();
      else if (socket.alpnProtocol === 'h2') adopt(socket);
      else {
        socket.destroy();
        onOtherProtocol();
        failWaiting(new Error('The push service changed its protocol.'));
      }
    } catch (error) {
      // As long as another connection lives, the calls can go there.
      if (pick() === null && inFlight === 0) failWaiting(error);
    } finally {
      connecting = false;
    }
    if (waiting.length > 0) pump();
  };

  const failWaiting = (error: unknown) => {
    for (const call of waiting.splice(0)) call.reply.fail(error);
  };

  const adopt = (socket: TLSSocket) => {
    const session = openSession(origin, { createConnection: () => socket, settings: { enablePush: false } });
    const entry: Session = { session, open: 0, room: 0, closing: false, heardAt: performance.now() };
    sessions.add(entry);
    const leave = () => {
      entry.closing = true;
      sessions.delete(entry);
      if (waiting.length > 0) pump();
    };
    session.setTimeout(IDLE_MS, () => {
      if (entry.open === 0) session.close();
    });
    session.on('remoteSettings', ({ maxConcurrentStreams }: Settings) => {
      entry.room = Math.min(STREAMS_PER_SESSION, maxConcurrentStreams ?? STREAMS_PER_SESSION);
      pump();
    });
    session.on('goaway', () => {
      entry.closing = true;
      if (waiting.length > 0) pump();
    });
    // Each stream reports the error for its own call.
    session.on('error', leave);
    session.on('close', leave);
  };

  const begin = (entry: Session, call: Call) => {
    const startedAt = performance.now();
    let stream: ClientHttp2Stream;
    try {
      stream = entry.session.request({ ':method': 'POST', ':path': call.path, ...call.headers });
    } catch (error) {
      call.reply.fail(error);
      return;
    }
    entry.open += 1;
    inFlight += 1;
    let failure: unknown = null;
    call.reply.mayHaveLeft = true;
    call.letGo = () => {
      // A connection that has been silent since before this call is assumed to be dead: new calls get another one.
      if (entry.heardAt < startedAt) entry.closing = true;
      stream.close(constants.NGHTTP2_CANCEL);
      if (entry.closing) entry.session.close();
    };
    stream.on('response', ({ ':status': status, ...headers }) => {
      entry.heardAt = performance.now();
      call.reply.start(status ?? 0, listOf(headers));
    });
    stream.on('data', (chunk: Buffer) => {
      entry.heardAt = performance.now();
      if (!call.reply.add(chunk)) stream.close(constants.NGHTTP2_CANCEL);
    });
    stream.on('error', (error) => {
      failure = error;
    });
    stream.on('close', () => {
      entry.open -= 1;
      inFlight -= 1;
      call.letGo = null;
      if (!call.reply.settled) settleClosed(call, stream, failure);
      pump();
    });
    stream.end(call.body);
  };

  const settleClosed = (call: Call, stream: ClientHttp2Stream, failure: unknown) => {
    if (
      call.reply.answered &&
      failure === null &&
      !stream.aborted &&
      stream.rstCode === constants.NGHTTP2_NO_ERROR
    ) {
      call.reply.end();
      return;
    }
    const refused = refusals.get(call) ?? 0;
    const untouched = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM && !call.reply.answered;
    if (untouched) call.reply.mayHaveLeft = false;
    if (untouched && refused < MAX_REFUSALS) {
      refusals.set(call, refused + 1);
      waiting.push(call);
      return;
    }
    call.reply.fail(failure ?? Object.assign(new Error('The connection dropped.'), { code: 'ECONNRESET' }));
  };

  adopt(first);
  return {
    post(call) {
      waiting.push(call);
      pump();
    },
    async close() {
      closed = true;
      failWaiting(new Error('The app is stopping.'));
      await Promise.all([...sessions].map(closeSession));
    },
  };
}

function closeSession({ session }: Session): Promise<void> {
  return new Promise((resolve) => {
    if (session.destroyed) {
      resolve();
      return;
    }
    session.once('close', resolve);
    session.destroy();
  });
}

function listOf(headers: Record<string, string | string[] | undefined>): [string, string][] {
  const list: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (Array.isArray(value)) for (const text of value) list.push([name, text]);
    else if (value !== undefined) list.push([name, value]);
  }
  return list;
}
