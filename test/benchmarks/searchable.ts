import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { STRETCH_ROWS } from '../../electron/engine/areas/subscriptions/search/stretch.ts';

/** Waits for the search bits, which the engine makes in the background once it has started. @returns the last row id */
export async function whenSearchable(dataDir: string): Promise<number> {
  const connection = new Database(path.join(dataDir, 'pushdesk.db'), { readonly: true });
  const number = (sql: string) => Number(connection.prepare(sql).pluck().get());
  const count = number('SELECT max(id) FROM subscriptions');
  while (number('SELECT count(*) FROM search_stretches') < Math.floor((count + 1) / STRETCH_ROWS))
    await wait(100);
  connection.close();
  return count;
}
