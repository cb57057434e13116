import type { Urgency } from '../../../contract/message.ts';
import type { PushServiceId } from '../../../contract/push-service.ts';
import type { ServiceRefusal } from './refusal.ts';

/** A push service that can be imitated: each that is known by name. */
export type DialectName = Exclude<PushServiceId, 'other'>;

/** An HTTP answer as it leaves the service. Header names are in lower case. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The header fields of RFC 8030 §5, checked. */
export interface PushHeaders {
  /** As the sender asked, in seconds. */
  readonly ttlSeconds: number;
  readonly urgency: Urgency;
  readonly topic: string | null;
  readonly hasBody: boolean;
}

/** What a service sees of a message that passed the checks that all services share. */
export interface CheckedRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
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
 * How one push service talks. Statuses and reason codes are what senders report from the real one; other words resemble its own, which may
 * change at any time.
 */
export interface Dialect {
  /** Longest time that the service keeps a message; a longer TTL is cut, not refused. In seconds. */
  readonly maxTtlSeconds: number;
  /** Rules that only this service has; `null` when it has no objection. */
  objection(request: CheckedRequest): ServiceRefusal | null;
  accepted(message: AcceptedMessage): ServiceAnswer;
  refused(refusal: ServiceRefusal): ServiceAnswer;
  /**
   * Answers that it gives now and then, and that would be misread by the status alone: each ends or delays that one message, and pauses
   * nothing.
   */
  readonly oddities: readonly [ServiceAnswer, ...ServiceAnswer[]];
  /** The answer to a bare status, as when a fault asks for a 503. */
  failed(status: number): ServiceAnswer;
}

/** What a dialect needs from the machine that it runs on. */
export interface DialectTools {
  /** `Service Unavailable` for 503; `null`: it has no common name. */
  readonly statusText: (status: number) => string | null;
  readonly randomId: () => string;
}

const DAY = 24 * 60 * 60;
export const THIRTY_DAYS = 30 * DAY;
export const TWENTY_EIGHT_DAYS = 28 * DAY;

/** An answer without a body. */
export function bare(status: number, headers: Record<string, string> = {}): ServiceAnswer {
  return { status, headers, body: '' };
}
