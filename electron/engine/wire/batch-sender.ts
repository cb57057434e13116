import type { DeliveryId } from '../../contract/ids.ts';
import type { Urgency } from '../../contract/message.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import type { Reply } from './transport/reply.ts';

/** One message to one subscription, with all that is needed to send it: a sender has no store. */
export interface SendJob {
  deliveryId: DeliveryId;
  endpoint: string;
  /** base64url */
  p256dh: string;
  /** base64url */
  auth: string;
  /** What is left of the message's time, in seconds. */
  ttlSeconds: number;
}

/** Jobs of one campaign for one push service, signed with one key. */
export interface SendBatch {
  pushService: PushServiceId;
  key: SigningKey;
  /** Plaintext of the push message. */
  payload: string;
  urgency: Urgency;
  /** Empty means none. */
  topic: string;
  jobs: readonly SendJob[];
}

/** The request as it was sent, with the token shortened. */
export interface SentRequest {
  url: string;
  headers: [string, string][];
  /** Size of the encrypted body. */
  bodyBytes: number;
}

export type SendResult =
  | {
      kind: 'attempted';
      deliveryId: DeliveryId;
      request: SentRequest;
      /** Milliseconds since 1970. */
      startedAt: number;
      durationMs: number;
      reply: Reply;
    }
  /** The signal was given before this one went out: nothing of it has left the machine. */
  | { kind: 'not-sent'; deliveryId: DeliveryId };

/**
 * Carries batches to push services. The local one is this machine; a remote one may come. It decides nothing: no retries, no
 * judgement of answers, no store.
 */
export interface BatchSender {
  /** Says that batches will come soon: what takes time to start may start. */
  getReady(): void;
  /**
   * Sends each job once and reports each exactly once, in any order, as soon as it is known; then resolves.
   *
   * @param signal jobs that are not on the wire when it is given are reported `not-sent`; the others go on to their end
   */
  send(batch: SendBatch, report: (result: SendResult) => void, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
