import type { Urgency } from '../../contract/message.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { PUSH_SERVICES } from '../../core/push-services/all.ts';
import type { Authorization } from './batch-sender.ts';

/** What determines the header fields of a whole batch. */
export interface BatchHeaders {
  readonly pushService: PushServiceId;
  readonly urgency: Urgency;
  /** Empty means none. */
  readonly topic: string;
}

/**
 * The header fields of a push message (RFC 8030 §5, RFC 8188 §2.1, RFC 8292 §3), all except `Authorization`, in the order in which the log
 * shows them.
 */
export function requestHeaders(
  request: BatchHeaders & { ttlSeconds: number; bodyBytes: number },
): [string, string][] {
  return [
    ['TTL', String(request.ttlSeconds)],
    ['Urgency', request.urgency],
    ...(request.topic === '' ? [] : [['Topic', request.topic] satisfies [string, string]]),
    ...PUSH_SERVICES[request.pushService].headers(request.ttlSeconds),
    ['Content-Encoding', 'aes128gcm'],
    ['Content-Type', 'application/octet-stream'],
    ['Content-Length', String(request.bodyBytes)],
    // Without this field any compression would be fair (RFC 9110 §12.5.3).
    ['Accept-Encoding', 'identity'],
  ];
}

/** The header fields of one request: as they go out, and as the log may show them. */
export interface RequestHeaders {
  readonly sent: Readonly<Record<string, string>>;
  readonly shown: [string, string][];
}

/**
 * Creates the header fields of a batch. Nearly all of its requests have the same ones and share the same objects, so these must never be
 * changed.
 */
export function createRequestHeaders(
  batch: BatchHeaders & { readonly authorization: Authorization },
): (ttlSeconds: number, bodyBytes: number) => RequestHeaders {
  const { authorization } = batch;
  const made = new Map<string, RequestHeaders>();
  return (ttlSeconds, bodyBytes) => {
    const name = `${ttlSeconds} ${bodyBytes}`;
    const known = made.get(name);
    if (known !== undefined) return known;
    const headers = requestHeaders({ ...batch, ttlSeconds, bodyBytes });
    const both: RequestHeaders = {
      sent: { Authorization: authorization.header, ...Object.fromEntries(headers) },
      shown: [['Authorization', authorization.shown], ...headers],
    };
    made.set(name, both);
    return both;
  };
}
