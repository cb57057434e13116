import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../../testing/temp-subscriptions.ts';
import { makeKeyPair } from '../../../keys/curve.ts';

const SUBS = [browserSubscription(), browserSubscription(), browserSubscription()];
const [one] = SUBS as [(typeof SUBS)[0]];
const rowsOf = (text: string) => readSubscriptionText(text);
const personsOf = (text: string) =>
  rowsOf(text).map((row) =>
    row.kind === 'row' ? [row.person?.label ?? null, row.person?.externalId ?? null] : row,
  );
const table = (head: readonly string[] | null, rows: readonly (readonly string[])[], delimiter = ',') =>
  [...(head === null ? [] : [head]), ...rows].map((row) => row.join(delimiter)).join('\n');
const bare = (text: string) =>
  rowsOf(text).map((row) =>
    row.kind === 'row' ? { endpoint: row.value.endpoint, keys: row.value.keys } : row,
  );
const wanted = SUBS.map(({ endpoint, keys }) => ({ endpoint, keys }));

describe('what a row says about a person', () => {
  it.each<[string, string, string | null, string | null]>([
    ['user', 'Zoë', 'Zoë', null],
    ['user', 'Ann Smith', 'Ann Smith', null],
    ['User', "Siobhán O'Neill", "Siobhán O'Neill", null],
    ['user', 'ann@example.com', null, 'ann@example.com'],
    ['user', '17', null, '17'],
    ['user', 'u7', null, 'u7'],
    ['owner', '5f0c1a3e-5b1d-4c1e-9a55-0f3a2f6b7c8d', null, '5f0c1a3e-5b1d-4c1e-9a55-0f3a2f6b7c8d'],
    ['username', 'Zoë', 'Zoë', null],
    ['username', '17', null, '17'],
    ['login', 'ann@example.com', null, 'ann@example.com'],
    ['name', 'Zoë', 'Zoë', null],
    ['name', '5f0c1a3e-5b1d-4c1e-9a55-0f3a2f6b7c8d', null, '5f0c1a3e-5b1d-4c1e-9a55-0f3a2f6b7c8d'],
    ['user_id', 'Zoë', null, 'Zoë'],
  ])('takes %s = %s for label %j and id %j', (name, value, label, externalId) => {
    const { endpoint, keys } = one;
    const cells = [value, endpoint, keys.p256dh, keys.auth];
    const head = [name, 'endpoint', 'p256dh', 'auth'];
    expect(personsOf(table(head, [cells]))).toEqual([[label, externalId]]);
    const drawn = [head, head.map(() => '---'), cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
    expect(personsOf(drawn)).toEqual([[label, externalId]]);
    expect(personsOf(JSON.stringify({ [name]: value, ...one }))).toEqual([[label, externalId]]);
  });

  it.each(['None', 'null', '-', 'N/A'])(
    'keeps the label %j of JSON, and takes it for nothing in a table',
    (label) => {
      const { endpoint, keys } = one;
      expect(personsOf(JSON.stringify({ label, ...one }))).toEqual([[label, null]]);
      expect(
        personsOf(
          table(['label', 'endpoint', 'p256dh', 'auth'], [[label, endpoint, keys.p256dh, keys.auth]]),
        ),
      ).toEqual([[null, null]]);
      expect(
        personsOf(`label: ${label}\nendpoint: ${endpoint}\np256dh: ${keys.p256dh}\nauth: ${keys.auth}`),
      ).toEqual([[null, null]]);
    },
  );
});

describe('tables whose columns nobody knows by name', () => {
  const cells = SUBS.map(({ endpoint, keys }, index) => [
    String(index + 1),
    endpoint,
    keys.p256dh,
    keys.auth,
  ]);
  it.each([
    ['German', ['Nr', 'Endpunkt', 'Schlüssel', 'Geheimnis']],
    ['French', ['n°', 'point de terminaison', 'clé', 'secret partagé']],
    ['Spanish', ['número', 'punto final', 'clave', 'autorización']],
    ['Japanese', ['番号', 'エンドポイント', '鍵', '認証']],
    ['Russian', ['№', 'адрес', 'ключ', 'секрет']],
    ['letters', ['a', 'b', 'c', 'd']],
    ['the wrong names', ['id', 'link', 'val1', 'val2']],
    ['one name that is known', ['id', 'endpoint', 'Schlüssel', 'Geheimnis']],
  ])('reads a heading in %s', (_name, head) => {
    for (const delimiter of [',', ';', '\t']) {
      expect(bare(table(head, cells, delimiter))).toEqual(wanted);
    }
    expect(
      bare([head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n')),
    ).toEqual(wanted);
  });

  it('reads one without a heading, in any order', () => {
    expect(bare(table(null, cells))).toEqual(wanted);
    expect(
      bare(
        table(
          null,
          cells.map((row) => [...row].reverse()),
        ),
      ),
    ).toEqual(wanted);
  });

  it('does not take the key of the sender for that of a browser', () => {
    const { publicKey } = makeKeyPair();
    const rows = cells.map((row) => [publicKey, ...row]);
    expect(bare(table(['x', 'Nr', 'Endpunkt', 'Schlüssel', 'Geheimnis'], rows))).toEqual(wanted);
  });

  it('says in the preview what it takes them for', async () => {
    const { service } = tempSubscriptions();
    const { columns, newCount } = await service.previewImport({
      text: table(['Nr', 'Endpunkt', 'Schlüssel', 'Geheimnis'], cells),
      publicKey: null,
    });
    expect(newCount).toBe(3);
    expect(columns?.map(({ name, readAs }) => [name, readAs])).toEqual([
      ['Nr', null],
      ['Endpunkt', 'Endpoint'],
      ['Schlüssel', 'Key p256dh'],
      ['Geheimnis', 'Key auth'],
    ]);
  });

  it('still refuses keys that are swapped under their names', () => {
    const rows = cells.map(([id = '', endpoint = '', p256dh = '', auth = '']) => [
      id,
      endpoint,
      auth,
      p256dh,
    ]);
    const text = table(['id', 'endpoint', 'p256dh', 'auth'], rows);
    expect(bare(text)).not.toEqual(wanted);
  });
});
