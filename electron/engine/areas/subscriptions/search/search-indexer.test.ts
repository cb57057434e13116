import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { capturedLog } from '../../../testing/captured-log.ts';
import { createSearchIndexer } from './search-indexer.ts';
import { STRETCH_ROWS } from './stretch.ts';

it('tells that the disk is full, and that it is no more', async () => {
  let isFull = true;
  const told: unknown[] = [];
  const indexer = createSearchIndexer({
    bits: {
      end: () => 0,
      lastRowId: () => STRETCH_ROWS - 1,
      endpoints: () => [],
      putBitmaps() {
        if (isFull) throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
      },
      complete: () => undefined,
      clear: () => undefined,
    } as unknown as Parameters<typeof createSearchIndexer>[0]['bits'],
    onStoreTrouble: (error) => told.push(error),
    log: capturedLog().log,
  });
  indexer.poke();
  await indexer.idle();
  expect(told).toMatchObject([{ code: 'SQLITE_FULL' }]);
  isFull = false;
  indexer.poke();
  await indexer.idle();
  expect(told.at(-1)).toBeNull();
});
