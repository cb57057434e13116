import pg from 'pg';
import type { DatabaseAddress } from '../work-queue.ts';

/** A database that does not answer within this time counts as lost. */
const ANSWER_WITHIN_MS = 15_000;
/** The queue has some thirty statements; texts that are generated each time must not fill the database's memory. */
const MOST_PREPARED = 100;

/** Connections to the database, in the form that pg-boss accepts too. */
export interface DatabasePool {
  executeSql: (sql: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;
  /** Resolves once every connection has ended. */
  close: () => Promise<void>;
}

/**
 * Connects on demand. Statements that come with a list of values, even an empty one, are prepared: otherwise PostgreSQL would plan each of
 * them every time, which takes longer than executing it.
 *
 * @param onError called when a connection is lost that was not in use
 */
export function createDatabasePool(
  { tls, ...address }: DatabaseAddress,
  onError: (error: unknown) => void,
): DatabasePool {
  const pool = new pg.Pool({
    host: address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    application_name: 'pushdesk',
    max: 4,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    ssl: tls === null ? false : tls.authority === null ? true : { ca: tls.authority },
  });
  pool.on('error', onError);
  const names = new Map<string, string>();
  const nameOf = (sql: string): string | undefined => {
    if (!names.has(sql) && names.size < MOST_PREPARED) names.set(sql, `pushdesk ${names.size}`);
    return names.get(sql);
  };
  return {
    async executeSql(text: string, values?: unknown[]) {
      if (values === undefined) return pool.query<pg.QueryResultRow>(text);
      const name = nameOf(text);
      return pool.query<pg.QueryResultRow>({ text, values, ...(name === undefined ? {} : { name }) });
    },
    close: () => pool.end(),
  };
}
