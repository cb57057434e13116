import type { Call, OriginConnection } from './origin-connection.ts';
import {
  createOpenSocket,
  type OpenSocket,
  type OpenSocketOptions,
  type OriginPolicy,
} from '../../net/open-socket.ts';
import { createPendingReply } from './pending-reply.ts';
import { createProbedOrigin } from './probed-origin.ts';
import type { Reply } from './reply.ts';

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
