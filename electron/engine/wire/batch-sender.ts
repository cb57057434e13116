import type { DeliveryId } from '../../contract/ids.ts';
import type { Urgency } from '../../contract/message.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { HandedOver } from './handed-over.ts';
import type { Reply } from './transport/reply.ts';

/** An `Authorization` header, complete for the wire and shortened for the log: anyone with the complete token can send for hours. */
export interface Authorization {
  readonly header: string;
  readonly shown: string;
}

/** Plaintext of push messages: one for all, or one each in the order of the recipients. */
export type Payload = string | readonly string[];

/** One message to one subscription, with everything that is needed to send it: a sender has no store. */
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
 * Jobs of one campaign for one origin, signed with one key. Plain data without a private key, so that it can be passed to a thread or
 * another machine: anyone who has it can send to this origin for some hours, but can make no other token.
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
  /** The signal was aborted before this one went out: none of it has left the machine. */
  | { kind: 'not-sent'; deliveryId: DeliveryId }
  /** It was handed to another machine, and its outcome there is lost. */
  | { kind: 'lost'; deliveryId: DeliveryId };

/** The most messages in a batch, so that a round of claims stays short. */
export const BATCH_SIZE = 256;

/** This many consecutive messages of a batch form a part: they are encrypted together, and go out one right after the other. */
export const PART_SIZE = 64;

/** Called with the number of a part before any of it goes out; `false`: none of it may. */
export type MayGo = (part: number) => Promise<boolean>;

/** Sends from this machine. */
export interface LocalBatchSender extends BatchSender {
  /** Like every sender. Parts that may not go are reported as `not-sent`; without `mayGo` all of them may go. */
  send(
    batch: SendBatch,
    report: (result: SendResult) => void,
    signal: AbortSignal,
    mayGo?: MayGo,
  ): Promise<void>;
}

/** Carries batches to push services, from this machine or from others. It decides nothing: it neither retries nor judges answers. */
export interface BatchSender {
  /** Announces that batches will come soon, so that whatever is slow to start can start now. */
  getReady(): void;
  /**
   * Sends each job once and reports each exactly once, in any order, as soon as the result is known; then resolves.
   *
   * @param signal jobs that are not on the wire when it is aborted are reported as `not-sent`; the others are completed
   */
  send(batch: SendBatch, report: (result: SendResult) => void, signal: AbortSignal): Promise<void>;
  /** How many more messages to that service it can take now; omitted: any number. */
  room?(service: PushServiceId): number;
  /** Called when everything it has reported so far is in the store, though perhaps not on disk yet. */
  onRecorded?(): void;
  /** What it hands over that outlives this process; omitted: nothing. */
  readonly handedOver?: HandedOver;
  close(): Promise<void>;
}
