/** Work that ended early, while what was done of it stays done: the caller has to hear of both. */
export class PartlyDone extends Error {
  override readonly name = 'PartlyDone';
  /** What ended it. */
  override readonly cause: unknown;
  /** What was done, as a sentence for a person. */
  readonly done: string;

  constructor(cause: unknown, done: string) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.cause = cause;
    this.done = done;
  }
}
