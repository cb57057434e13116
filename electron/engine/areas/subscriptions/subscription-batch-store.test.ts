import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pushServiceSchema } from '../../../contract/push-service.ts';
import { subscriptionStateSchema } from '../../../contract/subscriptions.ts';
import { tempStore } from '../../testing/temp-store.ts';
import { packRow, unpackRow, type BatchRow } from './batch-row.ts';
import { endpointKeyHex } from '../../store/endpoint-key.ts';
import { createSubscriptionBatchStore } from './subscription-batch-store.ts';
import { createSubscriptionSumStore } from './subscription-sum-store.ts';

const base64 = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => Buffer.from(bytes).toString('base64url'));
const row: fc.Arbitrary<BatchRow> = fc
  .record({
    endpoint: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 }),
    pushService: fc.constantFrom(...pushServiceSchema.options),
    p256dh: base64(65),
    auth: fc.oneof(base64(16), base64(32)),
    state: fc.constantFrom(...subscriptionStateSchema.options),
    expirationTime: fc.option(fc.nat({ max: 8.64e15 })),
    remark: fc.option(fc.string()),
    publicKey: fc.option(base64(65)),
    addedAt: fc.option(fc.nat({ max: 8.64e15 })),
  })
  .map((some) => ({ ...some, key: endpointKeyHex(some.endpoint) }));
const usual = row.map((some): BatchRow => ({
  ...some,
  state: 'active',
  expirationTime: null,
  remark: null,
  publicKey: null,
  addedAt: null,
}));

const batchOf = (rows: readonly BatchRow[]) => ({
  json: JSON.stringify(rows.map(packRow)),
  count: rows.length,
  lines: rows.map((_row, index) => index + 1),
  people: null,
});

it('packs nothing away', () => {
  fc.assert(
    fc.property(fc.oneof(row, usual), (some) => {
      expect(unpackRow(JSON.parse(JSON.stringify(packRow(some))) as ReturnType<typeof packRow>)).toEqual(
        some,
      );
    }),
  );
});

it('stores each endpoint once, as it was first, with every column, and the sums that its triggers would keep', () => {
  const { db } = tempStore();
  const batches = createSubscriptionBatchStore(db);
  const stored = db.read<object, Record<string, unknown>>(
    `SELECT endpoint, lower(hex(endpoint_key)) AS key, push_service AS pushService, p256dh, auth, state,
       expiration_time AS expirationTime, remark, public_key, source, added_at, state_changed_at, label, deleted_at
     FROM subscriptions ORDER BY id`,
  );
  const counted = db.read<object, { count: number }>(
    `SELECT deleted_at IS NOT NULL AS in_bin, public_key, push_service, state, count(*) AS count
     FROM subscriptions GROUP BY 1, 2, 3, 4`,
  );
  const joined = db.read<object, { slot: number; count: number }>(
    'SELECT slot, count FROM list_sums ORDER BY slot',
  );
  const active = db.read<object, { slot: number; count: number }>(
    `SELECT added_at / 900000 AS slot, count(*) AS count FROM subscriptions WHERE state = 'active' GROUP BY 1 ORDER BY 1`,
  );
  const remove = db.write<object>('DELETE FROM subscriptions');
  const forget = db.write<object>('DELETE FROM list_sums');
  fc.assert(
    fc.property(fc.array(fc.oneof(row, usual), { maxLength: 12 }), fc.nat(12), (rows, at) => {
      remove.run({});
      forget.run({});
      const expected = [
        ...new Map([...rows].reverse().map((some) => [some.endpoint, some])).values(),
      ].reverse();
      const sizes = [rows.slice(0, at), rows.slice(at)].map((part) => {
        const batch = batchOf(part);
        const knownBefore = batches.known(batch);
        const { added, firstId, lastId } = db.transaction(() => batches.addNew(batch, 'key', 7));
        const ids = batches.idsFrom(firstId);
        expect(ids.size).toBe(added);
        if (added > 0) expect(lastId).toBe(Math.max(...ids.values()));
        for (const { key } of part) expect(ids.has(key) !== knownBefore.has(key)).toBe(true);
        return added;
      });
      expect(sizes[0] ?? 0).toBe(new Set(rows.slice(0, at).map((some) => some.endpoint)).size);
      const found = stored.all({});
      expect(found.map(({ endpoint }) => endpoint).sort()).toEqual(
        expected.map(({ endpoint }) => endpoint).sort(),
      );
      for (const some of rows) {
        const first = rows.find((other) => other.endpoint === some.endpoint);
        const { publicKey, addedAt, ...columns } = first ?? some;
        expect(found.find(({ endpoint }) => endpoint === some.endpoint)).toEqual({
          ...columns,
          public_key: publicKey ?? 'key',
          source: 'import',
          added_at: addedAt ?? 7,
          state_changed_at: 7,
          label: null,
          deleted_at: null,
        });
      }
      const sums = createSubscriptionSumStore(db)
        .list()
        .map(({ count }) => count);
      expect(sums.sort()).toEqual(
        counted
          .all({})
          .map(({ count }) => count)
          .sort(),
      );
      expect(joined.all({})).toEqual(active.all({}));
    }),
    { numRuns: 200 },
  );
});
