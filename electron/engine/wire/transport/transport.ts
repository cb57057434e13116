import type { Call, OriginConnection } from './origin-connection.ts';
import {
  createOpenSocket,
  type OpenSocket,
  type OpenSocketOptions,
  type OriginPolicy,
} from '../../net/open-socket.ts';
import { createPendingReply } from './pending-reply.ts';
import type { Reply } from './reply.ts';
import { createHttp1Origin } from './http1-origin.ts';
import { createHttp2Origin } from './http2-origin.ts';

/** Longest time that one attempt may take, from waiting for a connection to the last byte of the answer. */
export const ATTEMPT_DEADLINE_MS = 30_000;

export interface PostRequest {
  /** An https URL; its query string is sent as it is. */
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** Sends POST requests and always returns a reply, by its deadline: it never throws, and never follows a redirect. */
export interface Transport {
  post(request: PostRequest): Promise<Reply>;
  /** Ends all connections; whatever is still on the wire fails. */
  close(): Promise<void>;
}

export interface TransportOptions {
  /** Read for each request: a change of the settings takes effect at once. */
  policyOf: (origin: URL) => OriginPolicy;
  deadlineMs?: number;
  openSocketTo?: (options: OpenSocketOptions) => OpenSocket;
}

export function createTransport({
  policyOf,
  deadlineMs = ATTEMPT_DEADLINE_MS,
  openSocketTo = createOpenSocket,
}: TransportOptions): Transport {
  const connections = new Map<string, OriginConnection>();
  /** Short names for what is trusted: the text is 200 kB, and this is needed for every message. */
  const trustIds = new Map<string | null, number>();
  const trustId = (trusted: string | null) => {
    const id = trustIds.get(trusted) ?? trustIds.size;
    trustIds.set(trusted, id);
    return id;
  };

  const connectionTo = (url: URL): OriginConnection => {
    const policy = policyOf(url);
    const key = `${url.origin} ${policy.allowPrivate} ${trustId(policy.trusted)}`;
    const known = connections.get(key);
    if (known !== undefined) return known;
    const connection = createProbedOrigin({
      origin: url.origin,
      openSocket: openSocketTo({ origin: url, policy }),
    });
    connections.set(key, connection);
    return connection;
  };

  return {
    post({ url, headers, body }) {
      return new Promise((resolve) => {
        const reply = createPendingReply((result) => {
          clearTimeout(deadline);
          resolve(result);
        });
        const call: Call = { path: url.pathname + url.search, headers, body, reply, letGo: null };
        const deadline = setTimeout(() => {
          const { letGo } = call;
          reply.expire();
          letGo?.();
        }, deadlineMs);
        connectionTo(url).post(call);
      });
    },
    async close() {
      const open = [...connections.values()];
      connections.clear();
      await Promise.all(open.map((connection) => connection.close()));
    },
  };
}

/** The first connection shows whether the origin speaks HTTP/2 (ALPN); calls wait for it, and it then carries the first of them. */
function createProbedOrigin({
  origin,
  openSocket,
}: {
  origin: string;
  openSocket: OpenSocket;
}): OriginConnection {
  let known: OriginConnection | null = null;
  let probing = false;
  let closed = false;
  const waiting: Call[] = [];

  const probe = async () => {
    probing = true;
    try {
      const first = await openSocket('h2-or-h1');
      if (closed) {
        first.destroy();
        throw new Error('The app is stopping.');
      }
      known =
        first.alpnProtocol === 'h2'
          ? createHttp2Origin({ origin, openSocket, first, onOtherProtocol: forget })
          : createHttp1Origin({ origin, openSocket, first });
      for (const call of waiting.splice(0)) if (!call.reply.settled) known.post(call);
    } catch (error) {
      for (const call of waiting.splice(0)) call.reply.fail(error);
    } finally {
      probing = false;
    }
  };

  const forget = () => {
    void known?.close();
    known = null;
  };

  return {
    post(call) {
      if (known !== null) {
        known.post(call);
        return;
      }
      waiting.push(call);
      if (!probing) void probe();
    },
    async close() {
      closed = true;
      await known?.close();
    },
  };
}
