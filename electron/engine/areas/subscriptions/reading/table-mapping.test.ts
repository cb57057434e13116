import { describe, expect, it } from 'vitest';
import type { ColumnMapping } from '../../../../contract/subscription-import.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';

const people = Array.from({ length: 3 }, () => browserSubscription());
type Sample = (typeof people)[number];
const tableOf = (head: string, cellsOf: (one: Sample, index: number) => string[]) =>
  [head, ...people.map((one, index) => cellsOf(one, index).join(';'))].join('\n');
const hex = (key: string) => Buffer.from(key, 'base64url').toString('hex');
const read = (text: string, mapping?: ColumnMapping) =>
  readSubscriptionText(text, mapping === undefined ? {} : { mapping });
const values = (rows: ReturnType<typeof read>) =>
  rows.map((row) => (row.kind === 'row' ? { endpoint: row.value.endpoint, keys: row.value.keys } : row.kind));
const whole = people.map(({ endpoint, keys }) => ({ endpoint, keys }));

describe('endpoint and keys that a person points out', () => {
  const known = 'endpoint;p256dh;auth';

  it('come in where neither heading nor values show what they are', () => {
    const text = tableOf('Адрес;Ключ;Секрет', ({ endpoint, keys }) => [
      endpoint,
      hex(keys.p256dh),
      hex(keys.auth),
    ]);
    expect(values(read(text))).toEqual(['bad', 'bad', 'bad']);
    expect(values(read(text, { Секрет: 'auth' }))).toEqual(whole);
    expect(values(read(text, { Адрес: 'endpoint', Ключ: 'p256dh', Секрет: 'auth' }))).toEqual(whole);
  });

  it('are asked for where they are cut and their column has an unknown name', () => {
    const text = tableOf('Endpunkt;Kryptografie;Auth', ({ endpoint, keys }) => [
      endpoint,
      keys.p256dh.slice(0, 50),
      keys.auth,
    ]);
    const problemOf = (mapping?: ColumnMapping) =>
      read(text, mapping).map((row) => (row.kind === 'bad' ? row.problem : null))[0];
    expect(problemOf()).toMatchObject({ code: 'column-unknown', field: 'keys.p256dh' });
    expect(problemOf()?.cause).toBe('No column of this table was recognized as the key p256dh.');
    expect(problemOf()?.cure).toContain('“Kryptografie”');
    // Once its column is named, the row is read, and the key check says that this one is cut off.
    expect(problemOf({ Kryptografie: 'p256dh' })).toBe(null);
    const bare = tableOf('Endpunkt;Kunde', ({ endpoint }) => [endpoint, 'Ann']);
    expect(read(bare)[0]).toMatchObject({ problem: { code: 'keys-missing' } });
  });

  it('take an address of a service that nobody knows', () => {
    const address = (index: number) =>
      `https://push.a-service-of-our-own-department.example/${String(index)}`;
    const text = tableOf('Où;Clé;Sceau', ({ keys }, index) => [address(index), keys.p256dh, keys.auth]);
    expect(values(read(text, { Où: 'endpoint', Clé: 'p256dh', Sceau: 'auth' }))).toEqual(
      whole.map(({ keys }, index) => ({ endpoint: address(index), keys })),
    );
  });

  it('are read from the column that is pointed out, and no other, even where it is the wrong one', () => {
    const text = tableOf('Адрес;Ключ;Секрет;Имя', ({ endpoint, keys }) => [
      endpoint,
      keys.p256dh,
      hex(keys.auth),
      'Anna',
    ]);
    let columns: readonly string[] = [];
    const rows = readSubscriptionText(text, {
      mapping: { Имя: 'auth' },
      onTable: (table) => {
        columns = table.columns;
      },
    });
    expect(columns).toEqual(['Адрес', 'Ключ', 'Секрет', 'Имя']);
    expect(values(rows)).toEqual(
      whole.map(({ endpoint, keys }) => ({ endpoint, keys: { ...keys, auth: 'Anna' } })),
    );
  });

  it('are read from drawn tables too', () => {
    const text = [
      '| Адрес | Ключ | Секрет |',
      '|---|---|---|',
      ...people.map(({ endpoint, keys }) => `| ${endpoint} | ${hex(keys.p256dh)} | ${hex(keys.auth)} |`),
    ].join('\n');
    expect(values(read(text, { Секрет: 'auth' }))).toEqual(whole);
  });

  it.each([
    ['yes', 'no', ''],
    ['true', 'false', '0'],
    ['1', '0', ''],
    ['2025-02-03', '', ''],
    ['03.02.2025', '', 'null'],
    ['opted out', 'subscribed', ''],
    ['да', 'нет', ''],
  ])('mark who unsubscribed by a column that a person points out: %s, not %j or %j', (...marks) => {
    const text = tableOf(`${known};Колонка.7`, ({ endpoint, keys }, index) => [
      endpoint,
      keys.p256dh,
      keys.auth,
      marks[index] ?? '',
    ]);
    const leftOf = (mapping?: ColumnMapping) =>
      read(text, mapping).map((row) => (row.kind === 'row' ? row.left : row.kind));
    expect(leftOf()).toEqual([null, null, null]);
    expect(leftOf({ 'Колонка.7': 'unsubscribed' })).toEqual([`Колонка.7 = ${marks[0]}`, null, null]);
  });

  it('hear several such columns', () => {
    const text = tableOf(`${known};one;two;unsubscribed`, ({ endpoint, keys }, index) => [
      endpoint,
      keys.p256dh,
      keys.auth,
      ...[0, 1, 2].map((column) => (column === index ? 'yes' : 'no')),
    ]);
    const rows = read(text, { one: 'unsubscribed', two: 'unsubscribed' });
    expect(rows.map((row) => (row.kind === 'row' ? row.left : row.kind))).toEqual([
      'one = yes',
      'two = yes',
      'unsubscribed = yes',
    ]);
  });
});
