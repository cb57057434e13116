import type { Problem } from '../../../contract/problem.ts';

/** A value with a name, somewhere in a record: `keys.p256dh`. */
export interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

/** One subscription in a tree of values, with everything that belongs to it. */
export interface FoundRecord {
  readonly kind: 'record';
  /** The object that holds the endpoint: from it a reader knows its position. */
  readonly at: object;
  /** Its own values, and those of objects inside it. */
  readonly own: readonly Leaf[];
  /** Values of the objects around it, the nearest first. */
  readonly around: readonly Leaf[];
  /** Names that it is filed under, the outermost first, without those of wrappers. */
  readonly filedUnder: readonly string[];
  /** Why it is not certain that its values are its own. */
  readonly unclear?: Problem;
}

/** An object in a list of subscriptions that is not one. */
export interface Stranger {
  readonly kind: 'stranger';
  readonly at: object;
}
