import type { Urgency } from '../../contract/message.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { serviceHeaders } from '../../core/service-limits.ts';

/** Characters of a token that stay in the log: enough to tell two apart, too few to use. */
const TOKEN_SHOWN = 12;

/**
 * The header fields of a push message (RFC 8030 §5, RFC 8188 §2.1, RFC 8292 §3), in the order in which the log shows them.
 */
export function requestHeaders(request: {
  pushService: PushServiceId;
  authorization: string;
  ttlSeconds: number;
  urgency: Urgency;
  topic: string;
  bodyBytes: number;
}): [string, string][] {
  return [
    ['Authorization', request.authorization],
    ['TTL', String(request.ttlSeconds)],
    ['Urgency', request.urgency],
    ...(request.topic === '' ? [] : [['Topic', request.topic] satisfies [string, string]]),
    ...serviceHeaders(request.pushService, request.ttlSeconds),
    ['Content-Encoding', 'aes128gcm'],
    ['Content-Type', 'application/octet-stream'],
    ['Content-Length', String(request.bodyBytes)],
  ];
}

/** The same header fields as they may be kept: whoever holds the whole token can send for hours. */
export function withoutToken(headers: [string, string][]): [string, string][] {
  return headers.map(([name, value]) => [name, name === 'Authorization' ? shortened(value) : value]);
}

function shortened(authorization: string): string {
  return authorization.replace(/t=([^,\s]+)/, (_all, token: string) => `t=${token.slice(0, TOKEN_SHOWN)}…`);
}
