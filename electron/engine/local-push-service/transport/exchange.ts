import type { IncomingHttpHeaders } from 'node:http';
import type { Writable } from 'node:stream';
import type { ServiceAnswer } from '../../../core/push-services/dialects/dialect.ts';

export type ReceivedBody =
  | { readonly kind: 'whole'; readonly body: Buffer }
  | { readonly kind: 'too-large' }
  /** The sender had gone before the end. */
  | { readonly kind: 'aborted' };

/** A request and its answer, the same for HTTP/1.1 and HTTP/2. Once the sender is gone, answering does nothing. */
export interface Exchange {
  readonly protocol: 'http/1.1' | 'h2';
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** `Host` or `:authority`. */
  readonly authority: string;
  readonly headers: IncomingHttpHeaders;
  /** Calls back once: at the end, at the first byte beyond the limit, or when the sender is gone. */
  readBody(limit: number, done: (received: ReceivedBody) => void): void;
  answer(answer: ServiceAnswer): void;
  /** Sends status and headers, and leaves the body to the caller; `null` when the sender is gone. */
  open(status: number, headers: Readonly<Record<string, string>>): Writable | null;
  /** Cuts the connection (`connection`) or, on HTTP/2, resets only this request (`stream`). */
  cut(what: 'connection' | 'stream'): void;
}
