import type { IncomingHttpHeaders } from 'node:http';
import { urgencySchema } from '../../../contract/message.ts';
import type { PushHeaders } from '../../../core/push-services/dialects/dialect.ts';
import type { ServiceRefusal } from '../../../core/push-services/dialects/refusal.ts';

export type CheckedHeaders =
  | { readonly kind: 'good'; readonly headers: PushHeaders }
  | { readonly kind: 'refused'; readonly refusal: ServiceRefusal };

/** Checks the header fields as the strictest service does, in the order of the RFC. */
export function checkPushHeaders(headers: IncomingHttpHeaders, bodyBytes: number): CheckedHeaders {
  const ttl = text(headers['ttl']);
  if (ttl === undefined) return refused('ttl-missing');
  if (!/^\d{1,10}$/.test(ttl)) return refused('ttl-invalid');
  const urgency = urgencySchema.safeParse(text(headers['urgency']) ?? 'normal');
  if (!urgency.success) return refused('urgency-invalid');
  const topic = text(headers['topic']);
  if (topic !== undefined && !/^[A-Za-z0-9_-]{1,32}$/.test(topic)) return refused('topic-invalid');
  const encoding = checkEncoding(headers, bodyBytes);
  if (encoding !== null) return refused(encoding);
  return {
    kind: 'good',
    headers: {
      ttlSeconds: Number(ttl),
      urgency: urgency.data,
      topic: topic ?? null,
      hasBody: bodyBytes > 0,
    },
  };
}

function checkEncoding(headers: IncomingHttpHeaders, bodyBytes: number): ServiceRefusal | null {
  const encoding = text(headers['content-encoding']);
  if (encoding === undefined) return bodyBytes > 0 ? 'encoding-missing' : null;
  if (encoding.toLowerCase() !== 'aes128gcm') return 'encoding-unsupported';
  if (bodyBytes === 0) return 'body-malformed';
  // With aes128gcm these live in the body; Mozilla refuses them as headers.
  const leftover = `${text(headers['encryption']) ?? ''};${text(headers['crypto-key']) ?? ''}`;
  return /\b(salt|dh)=/i.test(leftover) ? 'encryption-header-unexpected' : null;
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

function refused(refusal: ServiceRefusal): CheckedHeaders {
  return { kind: 'refused', refusal };
}
