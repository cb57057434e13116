import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../../testing/temp-subscriptions.ts';

const [one, two, three] = [browserSubscription(), browserSubscription(), browserSubscription()];
const flat = ({ endpoint, keys }: typeof one, more: object) => ({ endpoint, ...keys, ...more });
const markOf = (value: object) => {
  const [row] = readSubscriptionText(JSON.stringify(value));
  return row?.kind === 'row' ? row.left : row;
};

describe('rows that a text marks as unsubscribed', () => {
  it.each<[string, unknown]>([
    ['is_active', 0],
    ['is_active', false],
    ['active', 'false'],
    ['isActive', 'f'],
    ['enabled', 'no'],
    ['is_subscribed', '0'],
    ['subscribed', false],
    ['valid', 'False'],
    ['unsubscribed', true],
    ['is_deleted', 1],
    ['disabled', 't'],
    ['optedOut', 'yes'],
    ['unsubscribed_at', '2024-05-06 07:08:09'],
    ['deleted_at', 1_715_000_000],
    ['deletedAt', { $date: '2024-05-06T07:08:09Z' }],
    ['removed_on', '2024-05-06'],
    ['status', 'unsubscribed'],
    ['subscription_status', 'Expired'],
    ['state', 'gone'],
    ['notification_types', -2],
    ['discarded_at', '2025-01-01'],
    ['unsub', 1],
    ['consent', 'withdrawn'],
    ['status', 'Unsubscribed (410)'],
    ['receives_push', 'no'],
    ['unsubscribed', '✓'],
    ['subscribed', '✗'],
    ['Dado de baja', 'Sí'],
    ['Estado', 'baja'],
    ['Abgemeldet am', '03.02.2025'],
    ['Abgemeldet', 'ja'],
    ['Aktiv', 'nein'],
    ['Désinscrit', 'oui'],
    ['Actif', 'non'],
    ['配信停止', 'はい'],
    ['Ativo', 'não'],
    ['Отписан', 'да'],
    ['Disiscritto', 'sì'],
    ['Uitgeschreven', 'ja'],
    ['Wypisany', 'tak'],
  ])('knows them by %s = %j', (name, value) => {
    expect(markOf(flat(one, { [name]: value }))).toContain(`${name} = `);
    expect(markOf({ user: 'u1', [name]: value, subscription: one })).toContain(`${name} = `);
  });

  it.each<[string, unknown]>([
    ['is_active', 1],
    ['active', 'true'],
    ['subscribed', '2024-05-06'],
    ['unsubscribed', false],
    ['unsubscribed_at', null],
    ['deleted_at', ''],
    ['deleted_at', 'NULL'],
    ['deleted_at', '0000-00-00 00:00:00'],
    ['status', 'active'],
    ['status', 1],
    ['state', 'CA'],
    ['notification_types', 1],
    ['expired', '0'],
    ['Aktiv', 'ja'],
    ['Estado', 'Jalisco'],
    ['Abgemeldet am', ''],
    ['Désinscrit', 'non'],
    ['consent', 'yes'],
  ])('takes %s = %j for none of them', (name, value) => {
    expect(markOf(flat(one, { [name]: value }))).toBeNull();
  });

  const table = [
    'endpoint,p256dh,auth,is_active',
    ...[one, two, three].map(
      ({ endpoint, keys }, index) => `${endpoint},${keys.p256dh},${keys.auth},${index === 0 ? 1 : 0}`,
    ),
  ].join('\n');

  it('leaves them out, counts them and says why', async () => {
    const { service, all } = tempSubscriptions();
    const seen = await service.previewImport({ text: table, publicKey: null });
    expect(seen).toMatchObject({
      newCount: 1,
      badCount: 0,
      unsubscribed: { count: 2, lines: [3, 4], mark: 'is_active = 0' },
    });
    expect(await service.import({ text: table, publicKey: null })).toEqual({
      addedCount: 1,
      updatedCount: 0,
      badCount: 0,
      unsubscribedCount: 2,
    });
    expect(all()).toHaveLength(1);
  });

  it('takes them with a remark where a person says so', async () => {
    const { service, all } = tempSubscriptions();
    const how = { text: table, publicKey: null, includeUnsubscribed: true };
    expect(await service.previewImport(how)).toMatchObject({
      newCount: 3,
      unsubscribed: { count: 2 },
      remarks: [
        { line: 3, text: 'Marked as unsubscribed: is_active = 0.' },
        { line: 4, text: 'Marked as unsubscribed: is_active = 0.' },
      ],
    });
    expect(await service.import(how)).toMatchObject({ addedCount: 3, unsubscribedCount: 0 });
    expect(all()).toHaveLength(3);
  });
});

describe('what languages print', () => {
  const marks = (text: string) =>
    readSubscriptionText(text).flatMap((row) => (row.kind === 'row' ? [row.left] : []));
  const { endpoint, keys } = one;

  it.each([
    [
      'Rust',
      `Subscription { endpoint: "${endpoint}", p256dh: "${keys.p256dh}", auth: "${keys.auth}", is_active: false }`,
    ],
    [
      'Rust, as an option',
      `Sub { endpoint: "${endpoint}", keys: Keys("${keys.p256dh}", "${keys.auth}"), deleted_at: Some(2024-05-06T07:08:09Z) }`,
    ],
    [
      'Kotlin',
      `Subscription(endpoint=${endpoint}, p256dh=${keys.p256dh}, auth=${keys.auth}, isActive=false)`,
    ],
    ['Java', `{active=false, endpoint=${endpoint}, keys={p256dh=${keys.p256dh}, auth=${keys.auth}}}`],
    [
      'C#',
      `Subscription { Endpoint = ${endpoint}, P256dh = ${keys.p256dh}, Auth = ${keys.auth}, Status = unsubscribed }`,
    ],
    ['Go', `&{Endpoint:${endpoint} P256dh:${keys.p256dh} Auth:${keys.auth} Unsubscribed:true}`],
    ['nobody', `Active: no\nWhere: ${endpoint}\nOne: ${keys.p256dh}\nTwo: ${keys.auth}`],
  ])('is heard too: %s', (_name, text) => {
    expect(marks(text)).toEqual([expect.stringMatching(/ = /)]);
    const live = text
      .replace(/false|no$/m, 'true')
      .replace(/Active: no/, 'Active: yes')
      .replace('Unsubscribed:true', 'Unsubscribed:false')
      .replace(/Some\(.*?\)/, 'None')
      .replace('= unsubscribed', '= subscribed');
    expect(marks(live)).toEqual([null]);
  });

  it('says it of the one whose line it is', () => {
    const line = ({ endpoint: where, keys: own }: typeof one, active: boolean) =>
      `&{${where} {${own.p256dh} ${own.auth}} Active:${String(active)}}`;
    expect(marks([line(one, true), line(two, false), line(three, true)].join('\n'))).toEqual([
      null,
      expect.stringContaining('Active'),
      null,
    ]);
  });
});

describe('values that nobody named', () => {
  /** Secrets of the rows that could be stored. */
  const rowOf = (text: string) =>
    readSubscriptionText(text).flatMap((row) =>
      row.kind === 'row' && row.value.endpoint === endpoint ? [row.value.keys.auth] : [],
    );
  const device = 'dQw4w9WgXcQabcdEFGHij1';
  const { endpoint, keys } = one;

  it('are never a word of 22 letters in place of the secret', () => {
    const table = 'web_push_subscriptions';
    for (const text of [
      `INSERT INTO "${table}" ("endpoint","p256dh","auth") VALUES ($1,$2,$3) [["endpoint","${endpoint}"],["p256dh","${keys.p256dh}"],["auth","${keys.auth}"]]`,
      `"${table}" ["${endpoint}","${keys.p256dh}","${keys.auth}"]`,
      `DELETE FROM "${table}" WHERE "${table}"."endpoint" = $1  [["endpoint","${endpoint}"],["p256dh","${keys.p256dh}"]]`,
    ])
      expect(rowOf(text).filter((auth) => auth !== keys.auth)).toEqual([]);
  });

  it.each([
    `${device}\t${endpoint}\t${keys.p256dh}\t${keys.auth}`,
    `${endpoint}\t${device}\t${keys.p256dh}\t${keys.auth}`,
    `${endpoint}\t${keys.p256dh}\t${keys.auth}\t${device}`,
    `device ${device} endpoint ${endpoint} p256dh ${keys.p256dh} auth ${keys.auth}`,
    `INSERT INTO subs VALUES (1,'${device}','${endpoint}','${keys.p256dh}','${keys.auth}');`,
  ])('are told from the id of a device by their order: %#', (text) => {
    expect(rowOf(text).filter((auth) => auth !== keys.auth)).toEqual([]);
  });

  it.each([
    { endpoint, old_p256dh: two.keys.p256dh, p256dh: keys.p256dh, auth: keys.auth },
    {
      old_endpoint: two.endpoint,
      endpoint,
      p256dh: keys.p256dh,
      previousAuth: two.keys.auth,
      auth: keys.auth,
    },
  ])('are those of now where the former ones stand beside them: %#', (row) => {
    const wanted = { endpoint, keys };
    const [read, ...more] = readSubscriptionText(JSON.stringify(row));
    expect(read).toMatchObject({ kind: 'row', value: wanted });
    expect(more).toEqual([]);
    const names = Object.keys(row);
    const [cell] = readSubscriptionText(`${names.join(',')}\n${Object.values(row).join(',')}\n`).filter(
      ({ kind }) => kind === 'row',
    );
    expect(cell).toMatchObject({ value: wanted });
  });

  it('leave what opens other doors out', () => {
    const [row] = readSubscriptionText(
      JSON.stringify({
        req: { headers: { authorization: 'Bearer SECRET' }, attributes: { apiKey: 'k' }, body: one },
      }),
    );
    expect(JSON.stringify(row)).not.toMatch(/SECRET|apiKey/);
  });
});
