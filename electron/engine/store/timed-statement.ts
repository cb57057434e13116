import type { Log } from '../base/log.ts';
import type { Connection } from './database.ts';

/** A statement slower than this is logged with its plan (design §4). In milliseconds. */
export const SLOW_QUERY_MS = 40;

export interface StatementTimer {
  /** Runs `work` for the statement `sql`, and logs it with its plan if it was slow. */
  time<Result>(sql: string, params: object, work: () => Result): Result;
  /** The same for rows that are fetched one by one: only the time inside SQLite counts, not the reader's. */
  timeRows<Row>(sql: string, params: object, open: () => IterableIterator<Row>): IterableIterator<Row>;
}

/**
 * @param now monotonic time in milliseconds
 */
export function createStatementTimer(connection: Connection, log: Log, now: () => number): StatementTimer {
  const report = (sql: string, params: object, durationMs: number) => {
    if (durationMs <= SLOW_QUERY_MS) return;
    // Never the values: they include the endpoints and secrets of subscriptions.
    const query = sql.replace(/\s+/g, ' ').trim();
    log.warn(
      { query, durationMs: Math.round(durationMs), plan: planOf(connection, sql, params) },
      'slow query',
    );
  };

  return {
    time(sql, params, work) {
      const start = now();
      try {
        return work();
      } finally {
        report(sql, params, now() - start);
      }
    },
    *timeRows(sql, params, open) {
      let spent = 0;
      const start = now();
      const rows = open();
      spent += now() - start;
      try {
        for (;;) {
          const stepStart = now();
          const step = rows.next();
          spent += now() - stepStart;
          if (step.done === true) break;
          yield step.value;
        }
      } finally {
        rows.return?.();
        report(sql, params, spent);
      }
    },
  };
}

/** Logs nothing if it can no longer be explained: the statement's effect matters, not what can be said about it. */
function planOf(connection: Connection, sql: string, params: object): string[] {
  try {
    const rows = connection.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(params);
    return rows.map((row) => row.detail);
  } catch {
    return [];
  }
}
