import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { capturedLog } from '../testing/captured-log.ts';
import { createStatementTimer, SLOW_QUERY_MS } from './timed-statement.ts';

/** Makes every statement take this long. */
function timed(durationMs: number) {
  const connection = new Database(':memory:');
  const captured = capturedLog();
  let now = 0;
  const timer = createStatementTimer(connection, captured.log, () => (now += durationMs));
  const run = (sql: string) => timer.time(sql, {}, () => connection.prepare(sql).run().changes);
  return { run, text: () => captured.text() };
}

it('logs a slow statement with its plan, and a quick one not at all', () => {
  const slow = timed(SLOW_QUERY_MS + 1);
  slow.run('CREATE TABLE things (id INTEGER PRIMARY KEY)');
  slow.run('UPDATE things SET id = 1 WHERE id = 2');
  expect(slow.text()).toContain('slow query');
  expect(slow.text()).toMatch(/SEARCH things USING INTEGER PRIMARY KEY/);
  const quick = timed(SLOW_QUERY_MS);
  quick.run('CREATE TABLE things (id INTEGER PRIMARY KEY)');
  expect(quick.text()).toBe('');
});

it('a slow statement that has no plan any more is done all the same', () => {
  const { run, text } = timed(SLOW_QUERY_MS + 1);
  run('CREATE TABLE things (id INTEGER PRIMARY KEY)');
  run('INSERT INTO things VALUES (1)');
  expect(run('DROP TABLE things')).toBeTypeOf('number');
  expect(text()).toContain('slow query');
});
