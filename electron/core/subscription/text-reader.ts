import type { SubscriptionTextRow } from './region.ts';

/** Reads subscriptions from text that comes in pieces. The rows are the same however it is cut. */
export interface SubscriptionTextReader {
  /** Returns the rows that are certain by now. */
  push(piece: string): SubscriptionTextRow[];
  /** The text has ended: returns the rest. */
  end(): SubscriptionTextRow[];
}
