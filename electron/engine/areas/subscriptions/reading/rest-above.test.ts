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
    'structs of Ruby',
    `dpoint="x", p256dh="${x.p}", auth="${x.a}">, tags=["a"]>, ${struct(y, 2)}]`,
    [{ ...y, who: expect.any(String) as unknown }],
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

  it('is refused where nothing shows whose the keys above are', () => {
    const rows = readSubscriptionText(`${rest(x)}\n${labelled(y)}`);
    expect(found(rows)).toEqual([]);
    expect(rows).toEqual([
      expect.objectContaining({ problem: expect.objectContaining({ code: 'unclear-pairs' }) as unknown }),
    ]);
  });

  it('leaves a name above an endpoint to it where nothing is said below the keys', () => {
    expect(found(readSubscriptionText(`${rest(x)}\nUser: Bob\n${labelled(y)}`))).toEqual([
      { ...y, who: 'Bob' },
    ]);
  });
});
