import type { RehearsalFaults, RehearsalRecord } from '../../contract/rehearsal.ts';
import type { DecryptShare } from '../rehearsal/devices/decrypt-policy.ts';
import type { DialectName } from '../rehearsal/dialects/dialect.ts';

/** What the thread of the local push service is started with. */
export interface RehearsalWorkerData {
  readonly devices: number;
  readonly faults: RehearsalFaults;
  readonly decrypt: DecryptShare;
  readonly seed: string;
  /** The key that the devices subscribe with, 65 bytes in base64url. */
  readonly publicKey: string;
  /** The key of those that subscribed with another one. */
  readonly otherPublicKey: string;
}

/** The subscription of one virtual device. */
export interface DeviceRow {
  readonly endpoint: string;
  readonly pushService: DialectName;
  readonly p256dh: string;
  readonly auth: string;
}

/** Engine thread → push service. `more` asks for the next rows, `close` for the end. */
export type ToRehearsalWorker = { readonly type: 'more' } | { readonly type: 'close' };

/**
 * Push service → engine thread. Rows come once for each `more`; an empty list means that there are no more. After `fell` the thread ends.
 */
export type FromRehearsalWorker =
  | { readonly type: 'ready'; readonly origin: string; readonly certificatePem: string }
  | { readonly type: 'rows'; readonly rows: readonly DeviceRow[] }
  | { readonly type: 'record'; readonly record: RehearsalRecord }
  | { readonly type: 'fell'; readonly error: string };
