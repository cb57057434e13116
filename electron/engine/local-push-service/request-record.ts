import type { ServiceRefusal } from '../../core/push-services/dialects/refusal.ts';
import type { DialectName } from '../../core/push-services/dialects/dialect.ts';
import type { FaultKind } from './faults/fault.ts';
import type { Handover } from './subscriber.ts';

/** One request as the service saw it. */
export interface RequestEntry {
  /** Counts from 1 in the order of arrival. */
  readonly sequence: number;
  /** When its last byte arrived. Milliseconds since 1970. */
  readonly at: number;
  readonly protocol: 'http/1.1' | 'h2';
  /** The last part of the endpoint; `null` if the path is not an endpoint. */
  readonly token: string | null;
  /** Which service answered; `null` if no subscription was found. */
  readonly dialect: DialectName | null;
  /** Whether the service accepted the message, even if the sender was not told. */
  readonly accepted: boolean;
  /** The status that was sent; `null` if there was no answer. */
  readonly status: number | null;
  /** Why it was refused. */
  readonly refusal: ServiceRefusal | null;
  /** The fault that replaced the right answer. */
  readonly fault: FaultKind | null;
  /** The sender had gone before its request was complete. */
  readonly aborted: boolean;
  /** What the far end did with it; `null` when it was not accepted. */
  readonly handover: Handover['kind'] | null;
  /** The id of the message, if the payload was decrypted and contains one. */
  readonly messageId: string | null;
  /** What the device showed, as text; `null` when it was not decrypted. */
  readonly payload: string | null;
}

export interface RequestCounts {
  readonly received: number;
  readonly accepted: number;
  readonly refused: number;
  readonly aborted: number;
  /** Requests that were hit by a fault other than a delay or a wrong clock. */
  readonly faulted: number;
  /** Decrypted and shown by a virtual device. */
  readonly shown: number;
  readonly undecryptable: number;
  /** By the status that was sent. */
  readonly byStatus: Readonly<Record<number, number>>;
}

/** Everything the service has ever received. */
export interface RequestRecord {
  /** Oldest first; only the newest, if the record is bounded. */
  entries(): readonly RequestEntry[];
  /** The entries of one subscription. */
  of(endpoint: string): readonly RequestEntry[];
  /** Exact even if the record is bounded. */
  counts(): RequestCounts;
  /** Calls the listener for each request after its entry was made; the return value ends it. */
  observe(listener: (entry: RequestEntry) => void): () => void;
  /** Forgets all entries and resets the counts. */
  clear(): void;
}

export interface RequestRecorder extends RequestRecord {
  add(entry: Omit<RequestEntry, 'sequence'>): void;
}

export interface RequestRecorderOptions {
  /** How many entries are kept at most. */
  readonly keep: number;
  readonly tokenOf: (endpoint: string) => string | null;
}

/** Keeps at least the newest `keep` entries; the counts go on forever. */
export function createRequestRecorder({ keep, tokenOf }: RequestRecorderOptions): RequestRecorder {
  let kept: RequestEntry[] = [];
  let sequence = 0;
  let counts = noCounts();
  const listeners = new Set<(entry: RequestEntry) => void>();

  const entries = () => (kept.length > keep ? kept.slice(kept.length - keep) : kept.slice());

  return {
    add(seen) {
      sequence += 1;
      const entry: RequestEntry = { sequence, ...seen };
      count(counts, entry);
      if (keep > 0) kept.push(entry);
      // Cut back in one go at twice the bound: removing one element at a time would move the whole list each time.
      if (kept.length >= 2 * keep) kept = kept.slice(kept.length - keep);
      for (const listener of listeners) listener(entry);
    },
    entries,
    of(endpoint) {
      const token = tokenOf(endpoint);
      return token === null ? [] : entries().filter((entry) => entry.token === token);
    },
    counts: () => ({ ...counts, byStatus: { ...counts.byStatus } }),
    observe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear() {
      kept = [];
      counts = noCounts();
    },
  };
}

type Counting = { -readonly [Key in keyof RequestCounts]: RequestCounts[Key] } & {
  byStatus: Record<number, number>;
};

function noCounts(): Counting {
  return {
    received: 0,
    accepted: 0,
    refused: 0,
    aborted: 0,
    faulted: 0,
    shown: 0,
    undecryptable: 0,
    byStatus: {},
  };
}

function count(counts: Counting, entry: RequestEntry): void {
  counts.received += 1;
  if (entry.accepted) counts.accepted += 1;
  if (entry.refusal !== null) counts.refused += 1;
  if (entry.aborted) counts.aborted += 1;
  if (entry.fault !== null) counts.faulted += 1;
  if (entry.handover === 'shown' || entry.handover === 'shown-empty') counts.shown += 1;
  if (entry.handover === 'undecryptable') counts.undecryptable += 1;
  if (entry.status !== null) counts.byStatus[entry.status] = (counts.byStatus[entry.status] ?? 0) + 1;
}
