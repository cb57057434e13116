import type { PendingReply } from './pending-reply.ts';

/** One POST on its way to one origin. */
export interface Call {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly reply: PendingReply;
  /** Abandons the request; set while it is on the wire. */
  letGo: (() => void) | null;
}

/** The connections to one origin (scheme, host and port). */
export interface OriginConnection {
  post(call: Call): void;
  /** Ends all connections; whatever is still on the wire fails. */
  close(): Promise<void>;
}
