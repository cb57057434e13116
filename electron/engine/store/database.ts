import type BetterSqlite3 from 'better-sqlite3';

/** The part of a connection that cannot write. */
export interface ReadableDb {
  readonly readable: true;
  /** Prepares once and reuses; refuses a statement that writes. */
  read<Params extends object, Row>(sql: string): ReadStatement<Params, Row>;
}

export interface ReadStatement<Params extends object, Row> {
  get(params: Params): Row | undefined;
  all(params: Params): Row[];
  iterate(params: Params): IterableIterator<Row>;
}

export interface WriteStatement<Params extends object> {
  run(params: Params): { changes: number; lastId: number };
}

/** A connection that writes; there is one. */
export interface WritableDb extends ReadableDb {
  readonly writable: true;
  write<Params extends object>(sql: string): WriteStatement<Params>;
  /** A statement that writes and returns rows (`… RETURNING`). */
  writeReturning<Params extends object, Row>(sql: string): ReadStatement<Params, Row>;
  /** All or nothing; nested calls join the outer one. */
  transaction<Result>(work: () => Result): Result;
}

export type Connection = BetterSqlite3.Database;
