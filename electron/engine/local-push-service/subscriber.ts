import type { Urgency } from '../../contract/message.ts';
import type { EncryptedRecord } from './checks/aes128gcm.ts';
import type { DialectName } from '../../core/push-services/dialects/dialect.ts';

/** A message that the service accepted for one subscription. */
export interface PushMessage {
  readonly id: string;
  /** The body as received; `null` for a message without payload. */
  readonly body: Buffer | null;
  readonly record: EncryptedRecord | null;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  /** Limited to what the service allows. */
  readonly ttlSeconds: number;
  readonly urgency: Urgency;
  readonly topic: string | null;
}

/** What became of a message at the far end, as far as the service itself can tell. */
export type Handover =
  /** A virtual device decrypted and "showed" it. */
  | { readonly kind: 'shown'; readonly plaintext: Buffer }
  /** A virtual device got a message without payload, and "showed" its own notification. */
  | { readonly kind: 'shown-empty' }
  | { readonly kind: 'undecryptable'; readonly why: string }
  /** A virtual device accepted it without decrypting: only a share is decrypted. */
  | { readonly kind: 'unopened' }
  /** Handed to a browser, kept until it comes back, or dropped because its TTL is 0 and it is not there. */
  | { readonly kind: 'sent-to-browser' | 'stored' | 'expired' };

/** The receiving end of one endpoint: a virtual device or a browser's subscription. */
export interface Subscriber {
  readonly token: string;
  readonly dialect: DialectName;
  /** The key it was made with (RFC 8292 §4.1), 65 bytes in base64url; `null` when it was made without one. */
  readonly applicationServerKey: string | null;
  /** False once it was unsubscribed. */
  readonly active: boolean;
  take(message: PushMessage): Handover;
}
