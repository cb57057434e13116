import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WritableDb } from '../../../store/database.ts';
import { createSearchBitStore } from './search-bit-store.ts';
import { createSubscriptionSearchStore } from './subscription-search-store.ts';
import { createSubscriptionSumStore } from '../subscription-sum-store.ts';
import { capturedLog } from '../../../testing/captured-log.ts';
import { tempStore } from '../../../testing/temp-store.ts';
import { createSearchIndexer } from './search-indexer.ts';
import { STRETCH_ROWS } from './stretch.ts';
import { COUNTED_MATCHES, createSubscriptionSearch } from './subscription-search.ts';

interface Row {
  id: number;
  endpoint: string;
  state: string;
  label: string | null;
}

function fill(db: WritableDb, rows: readonly Row[]) {
  const insert = db.write<Row>(
    `INSERT INTO subscriptions (id, endpoint, endpoint_key, push_service, p256dh, auth, state, label, source, added_at, state_changed_at)
     VALUES (@id, @endpoint, randomblob(16), 'other', 'p', 'a', @state, @label, 'import', 0, 0)`,
  );
  db.transaction(() => {
    for (const row of rows) insert.run(row);
  });
}

/** Rows around the ends of the first stretches, so that ids of two complete ones and of an unfinished one are there. */
function someRows(): Row[] {
  const ids = [
    1,
    2,
    3,
    700,
    STRETCH_ROWS - 1,
    STRETCH_ROWS,
    STRETCH_ROWS + 1,
    2 * STRETCH_ROWS - 1,
    2 * STRETCH_ROWS,
    2 * STRETCH_ROWS + 9,
  ];
  const hosts = [
    'fcm.googleapis.com/fcm/send',
    'web.push.apple.com',
    'updates.push.services.mozilla.com/wpush/v2',
  ];
  return ids.map((id, index) => ({
    id,
    endpoint: `https://${hosts[index % 3] ?? ''}/${String(id * 7919).repeat(3)}-Ab_c%${id}~`,
    state: index % 4 === 0 ? 'gone' : 'active',
    label: index % 5 === 0 ? `Ännchen ${id} mozilla` : null,
  }));
}

function setting(rows: readonly Row[], smallGroups: number, mostLooked?: number) {
  const { db } = tempStore();
  fill(db, rows);
  const bits = createSearchBitStore(db);
  const captured = capturedLog();
  const indexer = createSearchIndexer({ bits, log: captured.log });
  const search = createSubscriptionSearch({
    store: createSubscriptionSearchStore(db),
    bits,
    smallGroups,
    ...(mostLooked === undefined ? {} : { mostLooked }),
  });
  return { db, bits, captured, indexer, search, sums: () => createSubscriptionSumStore(db).list() };
}

describe('search', () => {
  const rows = someRows();
  const part = fc
    .constantFrom(...rows.map((row) => row.endpoint))
    .chain((endpoint) =>
      fc
        .tuple(fc.nat(endpoint.length), fc.nat(12))
        .map(([from, length]) => endpoint.slice(from, from + length)),
    );
  const text = fc
    .oneof(
      part,
      part.map((some) => some.toUpperCase()),
      part.map((some) => `${some}!`),
      fc.constantFrom(
        'a',
        '~',
        '%',
        '_',
        '%_',
        'zz',
        'Änn',
        'nnchen',
        'MOZILLA',
        'https://',
        'nowhere',
        '\\',
        'é',
      ),
    )
    .filter((some) => some !== '');

  it.each([
    ['by looking through small groups', 1000, false],
    ['by looking at each row', 0, false],
    ['by search bits', 0, true],
  ])('%s finds what a plain look at every row finds', async (_name, smallGroups, isIndexed) => {
    const { search, indexer, sums, bits } = setting(rows, smallGroups, Infinity);
    if (isIndexed) {
      indexer.poke();
      await indexer.idle();
      expect(bits.end()).toBe(2);
    }
    const state = fc.constantFrom('active', 'gone', null);
    fc.assert(
      fc.property(
        text,
        state,
        fc.nat(2 * STRETCH_ROWS + 20),
        fc.integer({ min: 1, max: 12 }),
        (some, wanted, before, limit) => {
          const groups = sums().filter((sum) => wanted === null || sum.state === wanted);
          const folded = fold(some);
          const expected = rows
            .filter((row) => wanted === null || row.state === wanted)
            .filter((row) => fold(row.endpoint).includes(folded) || fold(row.label ?? '').includes(folded))
            .map((row) => row.id)
            .sort((a, b) => b - a);
          expect(search.page(some, groups, before, limit)).toEqual({
            ids: expected.filter((id) => id < before).slice(0, limit),
            resumeBelow: null,
          });
          expect(search.count(some, groups)).toEqual({ count: expected.length, isAtLeast: false });
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['by looking at each row', false],
    ['by search bits', true],
  ])('%s gives short pages rather than late ones, which together are the whole', async (_name, isIndexed) => {
    const { search, indexer, sums } = setting(rows, 0, 1);
    if (isIndexed) indexer.poke();
    await indexer.idle();
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 12 }), (some, limit) => {
        const folded = fold(some);
        const expected = rows
          .filter((row) => fold(row.endpoint).includes(folded) || fold(row.label ?? '').includes(folded))
          .map((row) => row.id)
          .sort((a, b) => b - a);
        const found: number[] = [];
        let before = Number.MAX_SAFE_INTEGER;
        for (;;) {
          const page = search.page(some, sums(), before, limit);
          expect(page.ids.length).toBeLessThanOrEqual(limit);
          found.push(...page.ids);
          const next = page.resumeBelow ?? (page.ids.length === limit ? page.ids.at(-1) : undefined);
          if (next === undefined) break;
          expect(next).toBeLessThan(before);
          before = next;
        }
        expect(found).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('says so when it stops counting', () => {
    const many = Array.from({ length: COUNTED_MATCHES + 1200 }, (_, index) => ({
      id: index + 1,
      endpoint: `https://push.example/${index}`,
      state: 'active',
      label: null,
    }));
    const { search, sums } = setting(many, 0);
    const { count, isAtLeast } = search.count('push', sums());
    expect(isAtLeast).toBe(true);
    expect(count).toBeGreaterThanOrEqual(COUNTED_MATCHES);
    expect(count).toBeLessThanOrEqual(many.length);
    expect(search.count('/6199', sums())).toEqual({ count: 1, isAtLeast: false });
  });
});

describe('the indexer', () => {
  it('makes complete stretches only, once, and goes on when more rows come', async () => {
    const { db, bits, indexer, captured } = setting(someRows(), 0);
    indexer.poke();
    indexer.poke();
    await indexer.idle();
    const count = () =>
      db.read<object, { count: number }>('SELECT count(*) AS count FROM search_bits').get({})?.count;
    const before = count();
    indexer.poke();
    await indexer.idle();
    expect(count()).toBe(before);
    expect(bits.end()).toBe(2);
    fill(db, [
      { id: 3 * STRETCH_ROWS - 1, endpoint: 'https://push.example/last', state: 'active', label: null },
    ]);
    indexer.poke();
    await indexer.idle();
    expect(bits.end()).toBe(3);
    expect(captured.text()).toBe('');
  });

  it('can be stopped half-way, and starts that stretch again', async () => {
    const { bits, indexer, captured } = setting(someRows(), 0);
    indexer.poke();
    await indexer.stop();
    expect(bits.end()).toBe(0);
    const next = createSearchIndexer({ bits, log: captured.log });
    next.poke();
    await next.idle();
    expect(bits.end()).toBe(2);
  });

  it('survives a store that fails, and says so', async () => {
    const { bits, captured } = setting(someRows(), 0);
    const failing = {
      ...bits,
      putBitmaps: () => {
        throw new Error('disk full');
      },
    };
    const indexer = createSearchIndexer({ bits: failing, log: captured.log });
    indexer.poke();
    await indexer.idle();
    expect(captured.text()).toContain('disk full');
    expect(bits.end()).toBe(0);
  });
});

function fold(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
