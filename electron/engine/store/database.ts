import type BetterSqlite3 from 'better-sqlite3';

/** The part of a connection that cannot write. */
export interface ReadableDb {
  readonly readable: true;
  /** Prepares once and reuses; refuses a statement that writes. */
  read<Params extends object, Row>(sql: string): ReadStatement<Params, Row>;
  /** The same for the first column only, without an object for each row: half the time if there are many. */
  readColumn<Params extends object, Value>(sql: string): ColumnStatement<Params, Value>;
  /**
   * How many rows this connection, which is the only one that writes, has changed since it was opened: as long as the number stays the
   * same, what was read is still true. `null` within a transaction, whose changes may be rolled back.
   */
  changeCount(): number | null;
}

export interface ColumnStatement<Params extends object, Value> {
  all(params: Params): Value[];
}

export interface ReadStatement<Params extends object, Row> {
  get(params: Params): Row | undefined;
  all(params: Params): Row[];
  iterate(params: Params): IterableIterator<Row>;
}

export type ReturningStatement<Params extends object, Row> = Pick<ReadStatement<Params, Row>, 'get' | 'all'>;

export interface WriteStatement<Params extends object> {
  run(params: Params): { changes: number; lastId: number };
}

/** The connection that writes; there is only one. */
export interface WritableDb extends ReadableDb {
  readonly writable: true;
  write<Params extends object>(sql: string): WriteStatement<Params>;
  /**
   * A statement that writes and returns rows (`… RETURNING`). They are returned once committed, or as part of the surrounding transaction.
   */
  writeReturning<Params extends object, Row>(sql: string): ReturningStatement<Params, Row>;
  /** All or nothing, and on disk when it returns; nested calls join the outer one. */
  transaction<Result>(work: () => Result): Result;
  /**
   * All or nothing too, but without waiting for the disk: until `flushed` resolves, a power cut may undo it (a crash of the app cannot).
   * For many small transactions in a row, of which only some must be safe before the next thing happens.
   */
  transactionSoon<Result>(work: () => Result): Result;
  /** Resolves when everything that was committed before the call is on disk; rejects if the disk does not accept it. */
  flushed(): Promise<void>;
  /**
   * A transaction that deletes rows for good, with everything that refers to them: freed space is overwritten, and foreign keys are not
   * checked for each row, which would read whole tables. `work` itself has to delete whatever refers to a row.
   */
  eraseRows<Result>(work: () => Result): Result;
  /**
   * For very many rows in succession, whose index entries fall on pages all over the file: while `work` is running, twice as many pages
   * stay in memory, and the log grows to 64 MB instead of 16 before it is written back, so that most pages are written once instead of
   * several times.
   */
  inBulk<Result>(work: () => Promise<Result>): Promise<Result>;
}

export type Connection = BetterSqlite3.Database;
