import type { Calls } from '../serve/calls.ts';

/** A part of what the engine does: what it answers, and what it does by itself. */
export interface Area<Procedures> {
  readonly procedures: Calls<Procedures>;
  /** Once, when the engine starts, after everything is put together. */
  start?(): void | Promise<void>;
  /** Every minute, and once before `start`. */
  tidy?(): void;
  /** Waits for what it has begun. */
  stop?(): Promise<unknown>;
}
