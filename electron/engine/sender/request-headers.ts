import type { Urgency } from '../../contract/message.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { serviceHeaders } from '../../core/service-limits.ts';

/**
 * The header fields of a push message (RFC 8030 §5, RFC 8188 §2.1, RFC 8292 §3), all but `Authorization`, in the order in which
 * the log shows them.
 */
export function requestHeaders(request: {
  pushService: PushServiceId;
  ttlSeconds: number;
  urgency: Urgency;
  topic: string;
  bodyBytes: number;
}): [string, string][] {
  return [
    ['TTL', String(request.ttlSeconds)],
    ['Urgency', request.urgency],
    ...(request.topic === '' ? [] : [['Topic', request.topic] satisfies [string, string]]),
    ...serviceHeaders(request.pushService, request.ttlSeconds),
    ['Content-Encoding', 'aes128gcm'],
    ['Content-Type', 'application/octet-stream'],
    ['Content-Length', String(request.bodyBytes)],
  ];
}
