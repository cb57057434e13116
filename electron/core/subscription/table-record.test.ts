import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFieldRoles } from './record/field-role.ts';
import { readRecord } from './record/read-record.ts';
import type { FoundRecord, Stranger } from './record/found-record.ts';
import { createTableRecords, searchedRecords } from './table-record.ts';

const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/abc:APA91b';

const name = fc.oneof(
  fc.constantFrom('endpoint', 'Endpoint', 'p256dh', 'auth', 'keys.auth', 'tags', 'label', 'is_active', 'url'),
  fc.constantFrom('endpoint 2', 'p256dh_2', 'auth_2', 'web_auth', 'webEndpoint', 'user 2'),
  fc.constantFrom('0', '17', '$oid', '__proto__', 'constructor', '', ' ', 'attribute:plan', 'user_id'),
  fc.string({ maxLength: 12 }),
);
const cell = fc.oneof(
  fc.constantFrom(
    '',
    ENDPOINT,
    'null',
    '{a,b}',
    ' {"endpoint":"https://fcm.googleapis.com/x"}',
    '{"plan":"pro"}',
  ),
  fc.constantFrom('["a","b"]', '0', 'true', 'x\ny', '1700000000000', '4,184,3'),
  fc.string({ maxLength: 20 }),
);
const table = fc
  .array(fc.option(name, { nil: null, freq: 8 }), { minLength: 1, maxLength: 8 })
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.array(cell, { maxLength: columns.length + 1 }), { maxLength: 4 }),
    }),
  );

/** All of it but where it is. */
const said = (found: FoundRecord | Stranger) =>
  found.kind === 'record'
    ? { ...found, at: null, read: readRecord(found, createFieldRoles()) }
    : { ...found, at: null };

describe('the record of a row of a table', () => {
  it('is what a search finds in the row, whatever its columns and cells are', () => {
    let plain = 0;
    fc.assert(
      fc.property(table, ({ columns, rows }) => {
        const roles = createFieldRoles();
        const records = createTableRecords(columns, roles);
        for (const cells of rows) {
          const found = records.of(cells);
          const searched = searchedRecords(columns, cells, roles);
          expect(found.map(said)).toEqual(searched.map(said));
          for (const one of found) if (one.kind === 'record' && one.at === one.own) plain += 1;
        }
      }),
      { numRuns: 3000 },
    );
    expect(plain).toBeGreaterThan(100);
  });

  it('keeps the cells in the order of their columns', () => {
    const records = createTableRecords(['label', 'endpoint', null, 'auth'], createFieldRoles());
    expect(records.of(['Ada', ENDPOINT, 'left out'])).toMatchObject([
      {
        own: [
          { path: 'label', value: 'Ada' },
          { path: 'endpoint', value: ENDPOINT },
          { path: 'auth', value: '' },
        ],
      },
    ]);
  });
});
