import type { Log } from '../base/log.ts';
import { remembered } from '../base/remembered.ts';
import type {
  ColumnStatement,
  Connection,
  ReadStatement,
  ReturningStatement,
  WritableDb,
  WriteStatement,
} from './database.ts';
import { createStatementTimer } from './timed-statement.ts';
import type { WalSync } from './wal-sync.ts';

/**
 * How much room the store may use: 4 kB pages in the log before it is written back into the file, and kB of memory for pages. A campaign
 * goes through the file from one end to the other, which needs little; a large import touches all of it.
 */
const ROOM = {
  usual: { logPages: 4000, cacheKb: 16_384 },
  bulk: { logPages: 16_000, cacheKb: 32_768 },
};

/** Gives the store its everyday room, or the room for very many rows in succession. */
export function setRoom(
  connection: Connection,
  { logPages, cacheKb }: { logPages: number; cacheKb: number } = ROOM.usual,
): void {
  connection.pragma(`wal_autocheckpoint = ${logPages}`);
  connection.pragma(`cache_size = -${cacheKb}`);
}

export interface WritableDbOptions {
  log: Log;
  /** Monotonic time in milliseconds, for the slow query log. */
  monotonicNow?: () => number;
  /** What commits wait on for the disk (synchronous=FULL); `null` if they never wait. Default: `null`. */
  walSync?: Pick<WalSync, 'flushed'> | null;
}

/** Pass it on as a `ReadableDb` wherever nothing is to be written. */
export function createWritableDb(
  connection: Connection,
  { log, monotonicNow = () => performance.now(), walSync = null }: WritableDbOptions,
): WritableDb {
  const timer = createStatementTimer(connection, log, monotonicNow);
  const readers = new Map<string, ReadStatement<object, unknown>>();
  const returners = new Map<string, ReturningStatement<object, unknown>>();
  const columns = new Map<string, ColumnStatement<object, unknown>>();
  const writers = new Map<string, WriteStatement<object>>();
  let bulks = 0;

  const changes = connection.prepare<[], number>('SELECT total_changes()').pluck();

  const prepareReader = (sql: string) => {
    const statement = connection.prepare<[object]>(sql);
    if (!statement.reader) throw new TypeError(`This statement returns no rows: ${sql}`);
    return statement;
  };

  const prepareReadOnly = (sql: string) => {
    const statement = prepareReader(sql);
    if (!statement.readonly) throw new TypeError(`A reader may not write: ${sql}`);
    return statement;
  };

  const prepareColumn = (sql: string): ColumnStatement<object, unknown> => {
    const statement = prepareReadOnly(sql).pluck();
    return { all: (params) => timer.time(sql, params, () => statement.all(params)) };
  };

  const prepareRows = (sql: string): ReadStatement<object, unknown> => {
    const statement = prepareReadOnly(sql);
    return {
      get: (params) => timer.time(sql, params, () => statement.get(params)),
      all: (params) => timer.time(sql, params, () => statement.all(params)),
      iterate: (params) => timer.timeRows(sql, params, () => statement.iterate(params)),
    };
  };

  const prepareReturning = (sql: string): ReturningStatement<object, unknown> => {
    const statement = prepareReader(sql);
    // Outside a transaction, it is committed after its rows were read, and better-sqlite3 does not report a failure then: what a full disk
    // has undone would be returned as stored.
    return {
      get: (params) => runTransaction(connection, () => timer.time(sql, params, () => statement.get(params))),
      all: (params) => runTransaction(connection, () => timer.time(sql, params, () => statement.all(params))),
    };
  };

  const prepareWrite = (sql: string): WriteStatement<object> => {
    const statement = connection.prepare<[object]>(sql);
    if (statement.reader) throw new TypeError(`Use writeReturning for a statement with rows: ${sql}`);
    return {
      run(params) {
        const { changes, lastInsertRowid } = timer.time(sql, params, () => statement.run(params));
        return { changes, lastId: Number(lastInsertRowid) };
      },
    };
  };

  return {
    readable: true,
    writable: true,
    read<Params extends object, Row>(sql: string) {
      const statement = remembered(readers, sql, () => prepareRows(sql));
      return statement as ReadStatement<Params, Row>;
    },
    readColumn<Params extends object, Value>(sql: string) {
      const statement = remembered(columns, sql, () => prepareColumn(sql));
      return statement as ColumnStatement<Params, Value>;
    },
    changeCount: () => (connection.inTransaction ? null : (changes.get() ?? null)),
    writeReturning<Params extends object, Row>(sql: string) {
      const statement = remembered(returners, sql, () => prepareReturning(sql));
      return statement as ReturningStatement<Params, Row>;
    },
    write: (sql) => remembered(writers, sql, () => prepareWrite(sql)),
    transaction: (work) => runTransaction(connection, work),
    transactionSoon(work) {
      if (walSync === null || connection.inTransaction) return runTransaction(connection, work);
      connection.pragma('synchronous = NORMAL');
      try {
        return runTransaction(connection, work);
      } finally {
        connection.pragma('synchronous = FULL');
      }
    },
    eraseRows(work) {
      // Neither can be changed inside a transaction.
      if (connection.inTransaction) throw new TypeError('Rows are erased in a transaction of their own.');
      connection.pragma('secure_delete = ON');
      connection.pragma('foreign_keys = OFF');
      try {
        return runTransaction(connection, work);
      } finally {
        connection.pragma('foreign_keys = ON');
        connection.pragma('secure_delete = FAST');
      }
    },
    flushed: () => walSync?.flushed() ?? Promise.resolve(),
    async inBulk(work) {
      bulks += 1;
      setRoom(connection, ROOM.bulk);
      try {
        return await work();
      } finally {
        bulks -= 1;
        if (bulks === 0 && connection.open) setRoom(connection);
      }
    },
  };
}

function runTransaction<Result>(connection: Connection, work: () => Result): Result {
  if (connection.inTransaction) return work();
  // IMMEDIATE takes the write lock at once, so a transaction that reads first and writes later cannot fail half-way because the file is
  // busy.
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    if (result instanceof Promise)
      throw new TypeError('A transaction cannot wait: its work must be synchronous.');
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    // After some errors (disk full) SQLite has already rolled back: then there is nothing left to undo.
    rollBack(connection);
    throw error;
  }
}

function rollBack(connection: Connection): void {
  if (connection.inTransaction) connection.exec('ROLLBACK');
}
