import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import { pushServiceSchema } from '../../../contract/push-service.ts';
import type { ServiceAnswer } from '../answer.ts';
import type { PushHeaders } from '../checks/push-headers.ts';
import type { ServiceRefusal } from '../checks/refusal.ts';

/** The push services that can be imitated: all that are known by name. */
export const dialectNameSchema = pushServiceSchema.exclude(['other']);
export type DialectName = z.infer<typeof dialectNameSchema>;

/** What a service sees of a message that passed the checks which all services share. */
export interface CheckedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly push: PushHeaders;
  /** The `sub` of the token; `null` where the subscription was made without a key and no token came. */
  readonly subject: string | null;
}

/** An accepted message, for the answer 201. */
export interface AcceptedMessage {
  readonly messageId: string;
  /** Value of `Location`: the message as a resource (RFC 8030 §5). */
  readonly location: string;
  /** As kept, cut to what the service allows, in seconds. */
  readonly ttlSeconds: number;
}

/**
 * How one push service talks. Statuses and reason codes are what senders report of the real one; other words are like
 * its own, which may change at any time.
 */
export interface Dialect {
  readonly name: DialectName;
  /** Longest time that the service keeps a message; a longer wish is cut, not refused. In seconds. */
  readonly maxTtlSeconds: number;
  /** Rules that only this service has; `null` when it has no objection. */
  objection(request: CheckedRequest): ServiceRefusal | null;
  accepted(message: AcceptedMessage): ServiceAnswer;
  refused(refusal: ServiceRefusal): ServiceAnswer;
  /**
   * Answers that it gives now and then, and that the status alone would misread: each ends or delays the one message, and pauses nothing.
   */
  readonly oddities: readonly [ServiceAnswer, ...ServiceAnswer[]];
  /** The answer to a bare status, as when a fault asks for a 503. */
  failed(status: number): ServiceAnswer;
}

const DAY = 24 * 60 * 60;
export const THIRTY_DAYS = 30 * DAY;
export const TWENTY_EIGHT_DAYS = 28 * DAY;

/** An answer without a body. */
export function bare(status: number, headers: Record<string, string> = {}): ServiceAnswer {
  return { status, headers, body: '' };
}
