import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFieldRoles } from './record/field-role.ts';
import { readRecord } from './record/read-record.ts';
import { createTableRecords, searchedRecord } from './table-record.ts';

const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/abc:APA91b';

const name = fc.oneof(
  fc.constantFrom('endpoint', 'Endpoint', 'p256dh', 'auth', 'keys.auth', 'tags', 'label', 'is_active', 'url'),
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

describe('the record of a row of a table', () => {
  it('is what a search finds in the row, whatever its columns and cells are', () => {
    let plain = 0;
    fc.assert(
      fc.property(table, ({ columns, rows }) => {
        const roles = createFieldRoles();
        const records = createTableRecords(columns, roles);
        for (const cells of rows) {
          const found = records.of(cells);
          const searched = searchedRecord(columns, cells, roles);
          if (found?.kind !== 'record' || searched?.kind !== 'record') {
            expect(found?.kind).toBe(searched?.kind);
            continue;
          }
          if (found.at === found.own) plain += 1;
          expect(found.own).toEqual(searched.own);
          expect(found.around).toEqual(searched.around);
          expect(found.filedUnder).toEqual(searched.filedUnder);
          expect(readRecord(found, roles)).toEqual(readRecord(searched, roles));
        }
      }),
      { numRuns: 3000 },
    );
    expect(plain).toBeGreaterThan(100);
  });

  it('keeps the cells in the order of their columns', () => {
    const records = createTableRecords(['label', 'endpoint', null, 'auth'], createFieldRoles());
    expect(records.of(['Ada', ENDPOINT, 'left out'])).toMatchObject({
      own: [
        { path: 'label', value: 'Ada' },
        { path: 'endpoint', value: ENDPOINT },
        { path: 'auth', value: '' },
      ],
    });
  });
});
