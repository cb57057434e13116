import type { Payload } from '../batch-sender.ts';

/** The keys of a subscription that a payload is encrypted for, base64url. */
export interface Recipient {
  p256dh: string;
  auth: string;
}

export type Encrypted = { kind: 'body'; body: Buffer } | { kind: 'failed'; detail: string };

/** Encrypts the same payload, or one each, for several recipients (RFC 8291), each with its own salt and key. */
export interface Encryptor {
  /** Announces that there will soon be something to encrypt, so that threads can start now. */
  getReady(): void;
  /** Gives one result per recipient, in their order; never rejects. */
  encrypt(payload: Payload, recipients: readonly Recipient[]): Promise<Encrypted[]>;
  close(): Promise<void>;
}
