import { PACKED, type SubscriptionBatch } from './batch-row.ts';
import { GROUP_COLUMNS, GROUP_OF_ROW } from './subscription-group.ts';
import type { WritableDb } from '../../store/database.ts';
import { LIST_SLOT_MS } from '../../store/list-slots.ts';
import { soundCountSql } from '../../store/sound.ts';

export interface SubscriptionBatchStore {
  /**
   * Writes those whose endpoint is not known; if an endpoint is there twice, the first. To be called in a transaction.
   *
   * @returns how many, the first id they can have, and the last one they have: SQLite skips an id for each that was known
   */
  addNew(
    batch: SubscriptionBatch,
    publicKey: string | null,
    now: number,
  ): { added: number; firstId: number; lastId: number };
  /** The ids of rows from this one on, by their keys in hexadecimal. */
  idsFrom(firstId: number): Map<string, number>;
  /** Keys, in hexadecimal, of those that are in the store. */
  known(batch: SubscriptionBatch): Set<string>;
}

export function createSubscriptionBatchStore(db: WritableDb): SubscriptionBatchStore {
  const highest = db.read<object, { id: number | null }>('SELECT max(id) AS id FROM subscriptions');
  const countThemselves = db.write<object>('INSERT INTO sums_by_batch (id) VALUES (1)');
  const countEach = db.write<object>('DELETE FROM sums_by_batch');
  const insert = db.write<{ json: string; publicKey: string | null; now: number }>(
    `INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, expiration_time, remark,
       public_key, source, added_at, state_changed_at)
     SELECT ${PACKED.endpoint}, ${PACKED.key}, ${PACKED.pushService}, ${PACKED.p256dh}, ${PACKED.auth}, ${PACKED.state},
       ${PACKED.expirationTime}, ${PACKED.remark}, ifnull(${PACKED.publicKey}, @publicKey), 'import', ifnull(${PACKED.addedAt}, @now), @now
     FROM json_each(@json) WHERE true
     ON CONFLICT (endpoint_key) DO NOTHING`,
  );
  // Counted here, because SQLite would have to sort them. In the order of their ids: any index would have to be read in full.
  const added = db.readColumn<{ firstId: number }, string>(
    `SELECT json_array(slot, has_joined, ${GROUP_COLUMNS}) FROM (
       SELECT added_at / ${LIST_SLOT_MS} AS slot, state = 'active' AND deleted_at IS NULL AS has_joined, ${GROUP_OF_ROW}
       FROM subscriptions NOT INDEXED WHERE id >= @firstId)`,
  );
  const addToSums = db.write<{ group: string; count: number }>(
    `INSERT INTO subscription_sums (${GROUP_COLUMNS}, count)
     VALUES (@group ->> 0, @group ->> 1, @group ->> 2, @group ->> 3, @count)
     ON CONFLICT DO UPDATE SET count = ${soundCountSql('count')} + excluded.count`,
  );
  // [Note: list sums]
  const addToList = db.write<{ slot: number; count: number }>(
    `INSERT INTO list_sums (slot, change, count) VALUES (@slot, 'joined', @count)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  );
  const markDated = db.write<object>('INSERT OR IGNORE INTO dated_list (id) VALUES (1)');
  const sumUp = (firstId: number, now: number) => {
    const rows = new Map<string, number>();
    for (const row of added.all({ firstId })) addTo(rows, row, 1);
    const groups = new Map<string, number>();
    const joined = new Map<number, number>();
    let isDated = false;
    for (const [row, count] of rows) {
      const [slot, hasJoined, ...group] = JSON.parse(row) as [number, number, ...unknown[]];
      addTo(groups, JSON.stringify(group), count);
      if (hasJoined === 1) addTo(joined, slot, count);
      isDated ||= slot !== Math.floor(now / LIST_SLOT_MS);
    }
    // [Note: dated lists]
    if (isDated) markDated.run({});
    for (const [group, count] of groups) addToSums.run({ group, count });
    for (const [slot, count] of joined) addToList.run({ slot, count });
  };
  const keys = db.read<{ firstId: number }, { id: number; key: string }>(
    'SELECT id, lower(hex(endpoint_key)) AS key FROM subscriptions NOT INDEXED WHERE id >= @firstId',
  );
  const known = db.read<{ json: string }, { key: string }>(
    `SELECT lower(hex(endpoint_key)) AS key FROM json_each(@json)
     CROSS JOIN subscriptions ON endpoint_key = ${PACKED.key}`,
  );

  return {
    addNew({ json }, publicKey, now) {
      const lastBefore = highest.get({})?.id ?? 0;
      const firstId = lastBefore + 1;
      // [Note: endpoint keys]
      countThemselves.run({});
      const { changes } = insert.run({ json, publicKey, now });
      countEach.run({});
      if (changes > 0) sumUp(firstId, now);
      return { added: changes, firstId, lastId: highest.get({})?.id ?? lastBefore };
    },
    idsFrom: (firstId) => new Map(keys.all({ firstId }).map(({ id, key }) => [key, id])),
    known: ({ json }) => new Set(known.all({ json }).map((row) => row.key)),
  };
}

function addTo<Key>(counts: Map<Key, number>, key: Key, more: number): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}
