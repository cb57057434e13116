import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SubscriptionId } from '../../../../contract/ids.ts';
import { capturedLog } from '../../../testing/captured-log.ts';
import { tempSubscriptions } from '../../../testing/temp-subscriptions.ts';
import { createSearchBitStore } from '../search/search-bit-store.ts';
import { createSearchIndexer } from '../search/search-indexer.ts';
import { STRETCH_ROWS } from '../search/stretch.ts';
import { findPage } from './find-page.ts';

interface Row {
  id: number;
  endpoint: string;
  state: 'active' | 'gone';
  label: string | null;
  tag: string | null;
}

/** Rows around the ends of the first stretches, so that there are ids from two complete stretches and an unfinished one. */
function someRows(): Row[] {
  const ends = [1, 2].flatMap((stretch) => [-1, 0, 1].map((off) => stretch * STRETCH_ROWS + off));
  const hosts = [
    'fcm.googleapis.com/fcm/send',
    'web.push.apple.com',
    'updates.push.services.mozilla.com/wpush/v2',
  ];
  return [1, 2, 3, 700, ...ends, 2 * STRETCH_ROWS + 9].map((id, index) => ({
    id,
    endpoint: `https://${hosts[index % 3] ?? ''}/${String(id * 7919).repeat(3)}-Ab_c%${id}~`,
    state: index % 4 === 0 ? 'gone' : 'active',
    label: index % 5 === 0 ? `Ännchen ${id} mozilla` : null,
    tag: index % 4 === 1 ? 'Zz_%' : null,
  }));
}

function setting(rows: readonly Row[]) {
  const temp = tempSubscriptions();
  const insert = temp.db.write<object>(
    `INSERT INTO subscriptions (id, endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
     VALUES (@id, @endpoint, randomblob(16), 'other', 'p', 'a', @state, 'import', 0, 0)`,
  );
  const add = (more: readonly Row[]) => {
    temp.db.transaction(() => {
      for (const { id, endpoint, state, label, tag } of more) {
        insert.run({ id, endpoint, state });
        temp.service.update({ id: id as SubscriptionId, label, addTags: tag === null ? [] : [tag] });
      }
    });
  };
  add(rows);
  const bits = createSearchBitStore(temp.db);
  const captured = capturedLog();
  return { ...temp, add, bits, captured, indexer: createSearchIndexer({ bits, log: captured.log }) };
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
      ...['a', '~', '%', '_', '%_', 'zz', 'Änn', 'nnchen', 'MOZILLA', 'https://', 'nowhere', '\\', 'é'].map(
        (some) => fc.constant(some),
      ),
    )
    .filter((some) => some.trim() !== '');

  it.each([
    ['by looking at each row', false],
    ['by search bits', true],
  ])('%s finds and counts what a plain look at every row finds', async (_name, isIndexed) => {
    const { service, selection, filter, indexer, bits } = setting(rows);
    if (isIndexed) {
      indexer.poke();
      await indexer.idle();
      expect(bits.end()).toBe(2);
    }
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom('active' as const, 'gone' as const, null),
        fc.nat(2 * STRETCH_ROWS + 20),
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        fc.constantFrom(1, 10, 100_000),
        async (search, state, position, limit, isDown, mostWork) => {
          const wanted = filter({ search, ...(state === null ? {} : { states: [state] }) });
          const all = rows
            .filter((row) => state === null || row.state === state)
            .filter(({ endpoint, label, tag }) =>
              [endpoint, label ?? '', tag ?? ''].some((one) => fold(one).includes(fold(search.trim()))),
            )
            .map(({ id }) => id);
          const beyond = all.filter((id) => (isDown ? id < position : id > position));
          const found: number[] = [];
          let at = position;
          // Pages may be short rather than late, and together they are complete.
          for (;;) {
            const page = findPage({
              filter: selection.prepare(wanted),
              order: isDown ? 'newest' : 'oldest',
              position: at,
              limit,
              stretches: selection.stretches(),
              view: (stretch) => selection.view(stretch),
              mostWork,
            });
            expect(page.ids.length).toBeLessThanOrEqual(limit);
            found.push(...page.ids);
            const next = page.resumeAt ?? (page.ids.length === limit ? page.ids.at(-1) : undefined);
            if (next === undefined) break;
            expect(isDown ? next < at : next > at).toBe(true);
            at = next;
          }
          expect(found).toEqual(isDown ? beyond.reverse() : beyond);
          expect((await service.counts({ filter: wanted })).matching).toBe(all.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('counts all of very many', async () => {
    const { service, filter } = setting(
      Array.from({ length: 6200 }, (_, index) => ({
        id: index + 1,
        endpoint: `https://push.example/${index}`,
        state: 'active' as const,
        label: null,
        tag: null,
      })),
    );
    expect((await service.counts({ filter: filter({ search: 'push' }) })).matching).toBe(6200);
    expect((await service.counts({ filter: filter({ search: '/6199' }) })).matching).toBe(1);
  });

  it('finds nothing by a null character, which ends a text of SQLite', async () => {
    const { service, filter } = setting([
      { id: 1, endpoint: 'https://push.example/a', state: 'active', label: 'News', tag: 'news' },
    ]);
    for (const search of ['\0', 'push\0x', 'News\0'])
      expect((await service.counts({ filter: filter({ search }) })).matching).toBe(0);
  });

  it('shows each row once and leaves none out while others come and go between pages', () => {
    const { service, filter, add } = setting(rows);
    const wanted = filter({ search: 'push' });
    const first = service.list({ filter: wanted, cursor: null, limit: 3 });
    const stays = service.list({ filter: wanted, cursor: null, limit: 200 }).items.slice(3);
    const gone = stays[1]?.id;
    service.remove({ ids: [first.items[2]?.id, gone].flatMap((id) => id ?? []) });
    add([{ id: 40_000, endpoint: 'https://push.example/new', state: 'active', label: null, tag: null }]);
    const rest: number[] = [];
    let { nextCursor: cursor } = first;
    while (cursor !== null) {
      const page = service.list({ filter: wanted, cursor, limit: 2 });
      rest.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(rest).toEqual(stays.map(({ id }) => id).filter((id) => id !== gone));
  });
});

describe('the indexer', () => {
  it('makes complete stretches only, once, and goes on when more rows come', async () => {
    const { db, bits, indexer, captured, add } = setting(someRows());
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
    add([
      {
        id: 3 * STRETCH_ROWS - 1,
        endpoint: 'https://push.example/last',
        state: 'active',
        label: null,
        tag: null,
      },
    ]);
    indexer.poke();
    await indexer.idle();
    expect(bits.end()).toBe(3);
    expect(captured.text()).toBe('');
  });

  it('can be stopped half-way, and starts that stretch again', async () => {
    const { bits, indexer, captured } = setting(someRows());
    indexer.poke();
    await indexer.stop();
    expect(bits.end()).toBe(0);
    const next = createSearchIndexer({ bits, log: captured.log });
    next.poke();
    await next.idle();
    expect(bits.end()).toBe(2);
  });

  it('survives a store that fails, and says so', async () => {
    const { bits, captured } = setting(someRows());
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
