import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { readDatabaseAddress } from '../electron/engine/workers/database-address.ts';
import { createDatabasePool } from '../electron/engine/workers/queue/database-pool.ts';
import { startPostgres, type Postgres } from './support/postgres.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());

/** Questions asked one after another go over one connection. */
function connect() {
  const read = readDatabaseAddress(postgres.address, () => '', 'environment');
  if (read.kind === 'refused') throw new Error(read.problem.cause);
  const pool = createDatabasePool(read.address, () => undefined);
  onTestFinished(pool.close);
  const prepared = async () => {
    const { rows } = await pool.executeSql('SELECT count(*)::integer AS count FROM pg_prepared_statements');
    return rows[0];
  };
  return { pool, prepared };
}

it('prepares a statement that comes with values, once, and does with others as it is told', async () => {
  const { pool, prepared } = connect();
  const sum = (one: number) => pool.executeSql('SELECT $1::integer + 1 AS sum', [one]);
  expect((await sum(1)).rows).toEqual([{ sum: 2 }]);
  expect((await sum(2)).rows).toEqual([{ sum: 3 }]);
  expect((await pool.executeSql('SELECT 4 AS four', [])).rows).toEqual([{ four: 4 }]);
  await pool.executeSql('BEGIN; CREATE TEMPORARY TABLE two (at integer); COMMIT');
  expect(await prepared()).toEqual({ count: 2 });
});

it('does not fill the memory of the database with statements that differ each time', async () => {
  const { pool, prepared } = connect();
  for (let number = 0; number < 150; number += 1) {
    const { rows } = await pool.executeSql(`SELECT ${number} + $1::integer AS sum`, [1]);
    expect(rows).toEqual([{ sum: number + 1 }]);
  }
  expect(await prepared()).toEqual({ count: 100 });
});
