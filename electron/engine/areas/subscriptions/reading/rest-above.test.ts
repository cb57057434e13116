import { describe, expect, it } from 'vitest';
import {
  createSubscriptionTextReader,
  readSubscriptionText,
  type SubscriptionTextRow,
} from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const [x, y, z] = [
  'fcm.googleapis.com/fcm/send',
  'updates.push.services.mozilla.com/wpush/v2',
  'web.push.apple.com',
].map((host) => {
  const { endpoint, keys } = browserSubscription({ host });
  return { e: endpoint, p: keys.p256dh, a: keys.auth };
}) as [Person, Person, Person];
interface Person {
  e: string;
  p: string;
  a: string;
}

const found = (rows: readonly SubscriptionTextRow[]) =>
  rows.flatMap((row) =>
    row.kind === 'row'
      ? [
          {
            e: row.value.endpoint,
            p: row.value.keys.p256dh,
            a: row.value.keys.auth,
            who: [row.person?.label, row.person?.externalId, ...(row.person?.tags ?? [])]
              .filter((said) => typeof said === 'string')
              .join(' '),
          },
        ]
      : [],
  );
const labelled = (one: Person, ...said: string[]) =>
  [`Endpoint: ${one.e}`, `P256dh: ${one.p}`, `Auth: ${one.a}`, ...said].join('\n');
const rest = (one: Person, ...said: string[]) => [`P256dh: ${one.p}`, `Auth: ${one.a}`, ...said].join('\n');
const struct = (one: Person, id: number) =>
  `#<struct User id=${id}, sub=#<struct Sub endpoint="${one.e}", p256dh="${one.p}", auth="${one.a}">>`;

const json = ({ e, p, a }: Person, label: string) =>
  JSON.stringify({ user: { label }, sub: { endpoint: e, keys: { p256dh: p, auth: a } } }, null, 2);
const php = ({ e, p, a }: Person, id: number) =>
  `  ${id} => \n  array (\n    'user_id' => ${id},\n    'endpoint' => '${e}',\n    'p256dh' => '${p}',\n    'auth' => '${a}',\n  ),\n`;

/** Each begins within the record of `x`, and goes on with that of `y`. */
const TEXTS: readonly [name: string, text: string, all: readonly object[]][] = [
  [
    'a line of names and values',
    `auth=${x.a} user=1\nendpoint=${y.e} p256dh=${y.p} auth=${y.a} user=2`,
    [{ ...y, who: '2' }],
  ],
  [
    'half a key',
    `${x.p.slice(60)} auth=${x.a} tags="x"\nendpoint=${y.e} p256dh=${y.p} auth=${y.a}`,
    [{ ...y, who: '' }],
  ],
  ['lines with labels', `${rest(x, 'User: Ann')}\n${labelled(y, 'User: Bob')}`, [{ ...y, who: 'Bob' }]],
  [
    'half a label',
    `6dh: ${x.p}\nAuth: ${x.a}\nUser: Ann\n${labelled(y, 'User: Bob')}`,
    [{ ...y, who: 'Bob' }],
  ],
  [
    'lines with labels of three',
    `${rest(x, 'User: Ann')}\n${labelled(y, 'User: Bob')}\n${labelled(z, 'User: Cleo')}`,
    [
      { ...y, who: expect.not.stringContaining('Ann') as unknown },
      { ...z, who: expect.not.stringMatching(/Ann|Bob/) as unknown },
    ],
  ],
  [
    'half a line of comments',
    `${x.p.slice(9)}\n# Auth: ${x.a}\n#\n${labelled(y, 'User: Bob').replaceAll(/^/gm, '# ')}\n#\n${labelled(z, 'User: Cleo').replaceAll(/^/gm, '# ')}`,
    [
      { ...y, who: 'Bob' },
      { ...z, who: 'Cleo' },
    ],
  ],
  [
    'structs of Ruby',
    `dpoint="x", p256dh="${x.p}", auth="${x.a}">, tags=["a"]>, ${struct(y, 2)}]`,
    [{ ...y, who: expect.any(String) as unknown }],
  ],
  [
    'JSON over lines',
    `    "p256dh": "${x.p}",\n    "auth": "${x.a}"\n   },\n   "tags": ["x"]\n  },\n${json(y, 'Bob')},\n${json(z, 'Cleo')}\n]`,
    [
      { ...y, who: 'Bob' },
      { ...z, who: 'Cleo' },
    ],
  ],
  [
    'arrays of PHP',
    `    'p256dh' => '${x.p}',\n    'auth' => '${x.a}',\n  ),\n${php(y, 1)}${php(z, 2)})`,
    [
      { ...y, who: '1' },
      { ...z, who: '2' },
    ],
  ],
];

describe('a copy that begins within a record', () => {
  it.each(TEXTS)('gives nothing of it to the next one: %s', (_, text, all) => {
    expect(found(readSubscriptionText(text))).toEqual(all);
  });

  it.each(TEXTS)('is read alike in pieces: %s', (_, text) => {
    const whole = readSubscriptionText(text);
    for (const size of [1, 7, 100]) {
      const reader = createSubscriptionTextReader();
      const rows: SubscriptionTextRow[] = [];
      for (let at = 0; at < text.length; at += size) rows.push(...reader.push(text.slice(at, at + size)));
      expect([...rows, ...reader.end()]).toEqual(whole);
    }
  });

  it.each([
    ['JSON', json(x, 'Ann').split('\n').slice(5).join('\n') + `,\n${json(y, 'Bob')}\n]`, '', 'Bob'],
    ['PHP', php(x, 1).split('\n').slice(3).join('\n') + `${php(y, 2)})`, '', '2'],
    ['PHP, its last line', `    'name' => 'Ann',\n  ),\n${php(y, 2)})`, null, '2'],
  ])('gives nothing that opens below a closing bracket to the one above it: %s', (_, text, first, second) => {
    const all = [...(first === null ? [] : [{ ...x, who: first }]), { ...y, who: second }];
    const rows = readSubscriptionText(text);
    expect(found(rows)).toEqual(all);
    expect(rows.filter(({ kind }) => kind === 'bad')).toEqual([]);
  });

  it('is refused where nothing shows whose the keys above are', () => {
    const rows = readSubscriptionText(`${rest(x)}\n${labelled(y)}`);
    expect(found(rows)).toEqual([]);
    expect(rows).toEqual([
      expect.objectContaining({ problem: expect.objectContaining({ code: 'unclear-pairs' }) as unknown }),
    ]);
  });

  it('is refused where keys may as well be above each, and the last endpoint be lost', () => {
    const above = (one: Person, id: number) => `${rest(one)}\nEndpoint: ${one.e}\nUser: ${id}`;
    const rows = readSubscriptionText(`${above(x, 1)}\n${above(y, 2)}\n${rest(z)}`);
    expect(found(rows)).toEqual([]);
    expect(rows.filter(({ kind }) => kind === 'bad')).toHaveLength(2);
  });

  it('gives what not everybody has to nobody where it is between the keys and the endpoint', () => {
    const rows = readSubscriptionText(`${rest(x)}\nCity: Oslo\n${labelled(y)}`);
    expect(rows.flatMap((row) => (row.kind === 'row' ? [row.person] : []))).toEqual([null]);
  });

  it('says which labels are left out because the text ends before the last of them', () => {
    const rows = readSubscriptionText(
      [labelled(x, 'User: Ann'), labelled(y, 'User: Bob'), labelled(z)].join('\n'),
    );
    expect(found(rows)).toEqual([x, y, z].map((one) => ({ ...one, who: '' })));
    expect(rows[1]).toMatchObject({ remark: expect.stringContaining('“User”') as unknown });
  });

  it('leaves a name above an endpoint to it where nothing is said below the keys', () => {
    expect(found(readSubscriptionText(`${rest(x)}\nUser: Bob\n${labelled(y)}`))).toEqual([
      { ...y, who: 'Bob' },
    ]);
  });
});
