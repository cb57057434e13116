import { randomUUID } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { ServiceAnswer } from '../../core/push-services/dialects/dialect.ts';
import { parseBody, type EncryptedRecord } from './checks/aes128gcm.ts';
import { checkPushHeaders } from './checks/push-headers.ts';
import type { ServiceRefusal } from '../../core/push-services/dialects/refusal.ts';
import type { VapidVerifier } from './checks/vapid-token.ts';
import type { Dialect } from '../../core/push-services/dialects/dialect.ts';
import type { PushMessage, Subscriber } from './subscriber.ts';
import type { Exchange, ReceivedBody } from './transport/exchange.ts';

/** What the service makes of a request when nothing goes wrong. */
export type Judgement =
  | { readonly kind: 'accepted'; readonly message: PushMessage; readonly answer: ServiceAnswer }
  | { readonly kind: 'refused'; readonly refusal: ServiceRefusal; readonly answer: ServiceAnswer };

export interface JudgedRequest {
  readonly exchange: Exchange;
  readonly received: Exclude<ReceivedBody, { kind: 'aborted' }>;
  readonly subscriber: Subscriber;
  readonly dialect: Dialect;
  /** Origin of the endpoint as it was requested. */
  readonly origin: string;
}

export interface JudgeOptions {
  readonly clock: Clock;
  readonly vapid: VapidVerifier;
}

/** Judges a request to a known subscription as the strictest service does, in the words of the imitated one. */
export function createJudge({ clock, vapid }: JudgeOptions): (request: JudgedRequest) => Judgement {
  return (request) => {
    const { exchange, received, subscriber, dialect, origin } = request;
    const refuse = (refusal: ServiceRefusal): Judgement => ({
      kind: 'refused',
      refusal,
      answer: dialect.refused(refusal),
    });

    if (exchange.method !== 'POST') return refuse('method-not-allowed');
    if (!subscriber.active) return refuse('unsubscribed');
    if (received.kind === 'too-large') return refuse('body-too-large');
    const { body } = received;
    const checked = checkPushHeaders(exchange.headers, body.length);
    if (checked.kind === 'refused') return refuse(checked.refusal);
    const push = checked.headers;
    const identity = identify(vapid, exchange.headers.authorization, origin, subscriber.applicationServerKey);
    if (identity.kind === 'refused') return refuse(identity.refusal);
    let record: EncryptedRecord | null = null;
    if (push.hasBody) {
      const parsed = parseBody(body);
      if (parsed.kind === 'malformed') return refuse('body-malformed');
      record = parsed.record;
    }
    const objection = dialect.objection({ headers: exchange.headers, push, subject: identity.subject });
    if (objection !== null) return refuse(objection);

    const id = randomUUID();
    const ttlSeconds = Math.min(push.ttlSeconds, dialect.maxTtlSeconds);
    return {
      kind: 'accepted',
      answer: dialect.accepted({ messageId: id, location: `${origin}/m/${id}`, ttlSeconds }),
      message: {
        id,
        body: push.hasBody ? body : null,
        record,
        acceptedAt: clock.now(),
        ttlSeconds,
        urgency: push.urgency,
        topic: push.topic,
      },
    };
  };
}

type Identity =
  | { readonly kind: 'known'; readonly subject: string | null }
  | { readonly kind: 'refused'; readonly refusal: ServiceRefusal };

/** A subscription made without a key accepts messages without a token (RFC 8292 §4.2); if a token is sent, it must still be valid. */
function identify(
  vapid: VapidVerifier,
  authorization: string | undefined,
  origin: string,
  applicationServerKey: string | null,
): Identity {
  if (authorization === undefined) {
    return applicationServerKey === null
      ? { kind: 'known', subject: null }
      : { kind: 'refused', refusal: 'authorization-missing' };
  }
  const check = vapid.verify(authorization, origin);
  if (check.kind === 'refused') return check;
  if (applicationServerKey !== null && check.publicKey !== applicationServerKey) {
    return { kind: 'refused', refusal: 'key-mismatch' };
  }
  return { kind: 'known', subject: check.subject };
}
