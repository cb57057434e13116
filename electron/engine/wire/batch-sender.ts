import type { DeliveryId } from '../../contract/ids.ts';
import type { Urgency } from '../../contract/message.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { HandedOver } from './handed-over.ts';
import type { Reply } from './transport/reply.ts';

/** An `Authorization` header, whole for the wire and shortened for the log: whoever holds the whole token can send for hours. */
export interface Authorization {
  readonly header: string;
  readonly shown: string;
}

/** Plaintext of push messages: one for all, or one for each in the order of the recipients. */
export type Payload = string | readonly string[];

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

/**
 * Jobs of one campaign for one origin, signed with one key. Plain data without a private key, so that it can cross a thread or a machine:
 * whoever has it can send to this origin for some hours, and make no other token.
 */
export interface SendBatch {
  pushService: PushServiceId;
  /** Scheme, host and port of all its endpoints, as `URL.origin` gives them. */
  origin: string;
  authorization: Authorization;
  payload: Payload;
  urgency: Urgency;
  /** Empty means none. */
  topic: string;
  jobs: readonly SendJob[];
}

/** The request as sent, with the token shortened. */
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
  | { kind: 'not-sent'; deliveryId: DeliveryId }
  /** It was handed to another machine, and what became of it there is lost. */
  | { kind: 'lost'; deliveryId: DeliveryId };

/** The most messages of a batch, so that a round of claims stays short. */
export const BATCH_SIZE = 256;

/** So many messages of a batch, in order, are one part of it: they are encrypted together, and go out one right after the other. */
export const PART_SIZE = 64;

/** Asked before anything of a part, by its number, goes out; `false`: nothing of it may. */
export type MayGo = (part: number) => Promise<boolean>;

/** Sends from this machine. */
export interface LocalBatchSender extends BatchSender {
  /** As every sender does. Parts that may not go are reported `not-sent`; without `mayGo` all of them may. */
  send(
    batch: SendBatch,
    report: (result: SendResult) => void,
    signal: AbortSignal,
    mayGo?: MayGo,
  ): Promise<void>;
}

/**
 * Carries batches to push services, from this machine or from others. It decides nothing: no retries, no judgement of answers.
 */
export interface BatchSender {
  /** Announces that batches will come soon, so that whatever is slow to start can start now. */
  getReady(): void;
  /**
   * Sends each job once and reports each exactly once, in any order, as soon as it is known; then resolves.
   *
   * @param signal jobs that are not on the wire when it is given are reported `not-sent`; the others go on to their end
   */
  send(batch: SendBatch, report: (result: SendResult) => void, signal: AbortSignal): Promise<void>;
  /** How many more messages to that service it can take now; left out: any number. */
  room?(service: PushServiceId): number;
  /** Told that all it has reported before is in the store, though perhaps not on the disk yet. */
  onRecorded?(): void;
  /** What of it outlives this process; left out: nothing. */
  readonly handedOver?: HandedOver;
  close(): Promise<void>;
}
