import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const [ONE, TWO] = ['fcm.googleapis.com/fcm/send', 'updates.push.services.mozilla.com/wpush/v2'].map((host) =>
  browserSubscription({ host }),
) as [ReturnType<typeof browserSubscription>, ReturnType<typeof browserSubscription>];
type Values = Readonly<Record<string, string>>;

const csvOf = (rows: readonly (readonly string[])[]) =>
  rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
const tableOf = (values: Values) => csvOf([Object.keys(values), Object.values(values)]);

/** A subscription under the names that `called` makes of those of its parts. */
const flat = ({ endpoint, keys }: typeof ONE, called: (part: string) => string): Values => ({
  [called('endpoint')]: endpoint,
  [called('p256dh')]: keys.p256dh,
  [called('auth')]: keys.auth,
});
const both = (first: (part: string) => string, second: (part: string) => string): Values => ({
  user_id: 'u7',
  ...flat(ONE, first),
  ...flat(TWO, second),
});
const within = (part: string) => (part === 'endpoint' ? part : `keys.${part}`);

const NAMED: Readonly<Record<string, Values>> = {
  'numbers behind': both(
    (part) => `${part}_1`,
    (part) => `${part}_2`,
  ),
  'numbers from zero': both(
    (part) => `${part}_0`,
    (part) => `${part}_1`,
  ),
  'numbers without a sign': both(
    (part) => `${part}1`,
    (part) => `${part}2`,
  ),
  'numbers before': both(
    (part) => `sub1_${part}`,
    (part) => `sub2_${part}`,
  ),
  'words before': both(
    (part) => `desktop_${part}`,
    (part) => `mobile_${part}`,
  ),
  'words behind': both(
    (part) => `${part}_web`,
    (part) => `${part}_mobile`,
  ),
  paths: both(
    (part) => `subs.0.${within(part)}`,
    (part) => `subs.1.${within(part)}`,
  ),
};

const query = (values: Values) => new URLSearchParams(values).toString();
const lines = (values: Values, sign: string) =>
  Object.entries(values)
    .map(([name, value]) => `${name}${sign}${value}\n`)
    .join('');
const NOTATIONS: Readonly<Record<string, (values: Values) => string>> = {
  JSON: (values) => JSON.stringify(values),
  'a list of JSON': (values) => JSON.stringify([values, { ...values, user_id: 'u7' }].slice(0, 1), null, 2),
  'a table': (values) => tableOf(values),
  'a form': query,
  YAML: (values) => lines(values, ': '),
  variables: (values) => lines(values, '='),
  'a dictionary of Python': (values) => JSON.stringify(values).replaceAll('"', "'"),
  SQL: (values) =>
    `INSERT INTO users (${Object.keys(values)
      .map((name) => `\`${name}\``)
      .join(', ')}) VALUES ('${Object.values(values).join("', '")}');`,
};

const rowsOf = (text: string) =>
  readSubscriptionText(text).flatMap((row) =>
    row.kind === 'row' ? [{ endpoint: row.value.endpoint, keys: row.value.keys, person: row.person }] : [],
  );
const refusals = (text: string) =>
  readSubscriptionText(text).flatMap((row) => (row.kind === 'bad' ? [row.problem.code] : []));
const withKeys = ({ endpoint, keys }: typeof ONE) => ({ endpoint, keys });
const OF_U7 = [ONE, TWO].map((one) => ({ ...withKeys(one), person: { externalId: 'u7' } }));

describe.each(Object.entries(NAMED))('several devices with %s', (_name, values) => {
  it.each(Object.entries(NOTATIONS))('are rows of one person in %s', (_notation, write) => {
    expect(rowsOf(write(values))).toMatchObject(OF_U7);
    expect(refusals(write(values))).toEqual([]);
  });
});

describe('several devices', () => {
  it.each(['[', '%5B'])('in fields of a form with %s are rows of one person', (open) => {
    const text = query({
      user_id: 'u7',
      ...flat(ONE, (part) => `subs[0]${part === 'endpoint' ? '' : '[keys]'}[${part}]`),
      ...flat(TWO, (part) => `subs[1]${part === 'endpoint' ? '' : '[keys]'}[${part}]`),
    });
    const written = open === '[' ? text.replaceAll('%5B', '[').replaceAll('%5D', ']') : text;
    expect(rowsOf(written)).toMatchObject(OF_U7);
  });

  it('under names of their own are rows of one person', () => {
    const text = JSON.stringify({ web: ONE, mobile: TWO, label: 'Ann' });
    expect(rowsOf(text)).toMatchObject(
      [ONE, TWO].map((one) => ({ ...withKeys(one), person: { label: 'Ann' } })),
    );
  });

  it('in a cell of a table are rows of one person', () => {
    const text = tableOf({ user_id: 'u7', subscriptions: JSON.stringify([ONE, TWO]) });
    expect(rowsOf(text)).toMatchObject(OF_U7);
  });

  it('under headings that come twice are rows of one person', () => {
    const head = ['user_id', 'endpoint', 'p256dh', 'auth', 'endpoint', 'p256dh', 'auth'];
    const cells = ['u7', ...[ONE, TWO].flatMap(({ endpoint, keys }) => [endpoint, keys.p256dh, keys.auth])];
    for (const text of [csvOf([head, cells]), JSON.stringify({ columns: head, rows: [cells] })])
      expect(rowsOf(text)).toMatchObject(OF_U7);
  });

  it('have what is said of each', () => {
    const text = JSON.stringify({
      user_id: 'u7',
      ...flat(ONE, (part) => `desktop_${part}`),
      desktop_platform: 'linux',
      ...flat(TWO, (part) => `mobile_${part}`),
      mobile_platform: 'android',
    });
    expect(rowsOf(text).map(({ person }) => person?.attributes)).toEqual([
      { platform: 'linux' },
      { platform: 'android' },
    ]);
  });

  it('may be those of several people', () => {
    const people = { ...flat(ONE, (part) => `${part}_1`), user_id_1: 'u1' };
    const others = { ...flat(TWO, (part) => `${part}_2`), user_id_2: 'u2' };
    expect(rowsOf(JSON.stringify({ ...people, ...others })).map(({ person }) => person?.externalId)).toEqual([
      'u1',
      'u2',
    ]);
    const table = tableOf({
      user: 'u1',
      ...flat(ONE, (part) => part),
      user_2: '',
      ...flat(TWO, (part) => `${part}_2`),
    });
    expect(rowsOf(table).map(({ person }) => person?.externalId)).toEqual(['u1', undefined]);
  });

  it('lose only the one that is not whole', () => {
    const values = { ...NAMED['numbers behind'], auth_2: '' };
    for (const text of [JSON.stringify(values), tableOf(values)]) {
      expect(rowsOf(text)).toMatchObject([withKeys(ONE)]);
      expect(refusals(text)).toEqual(['subscription-shape']);
    }
  });

  it.each<[string, Values]>([
    [
      'prefixed keys for one endpoint',
      {
        endpoint: ONE.endpoint,
        web_p256dh: TWO.keys.p256dh,
        web_auth: TWO.keys.auth,
        mobile_p256dh: ONE.keys.p256dh,
        mobile_auth: ONE.keys.auth,
      },
    ],
    [
      'numbered keys for one endpoint',
      {
        endpoint: ONE.endpoint,
        p256dh_1: TWO.keys.p256dh,
        auth_1: TWO.keys.auth,
        p256dh_2: ONE.keys.p256dh,
        auth_2: ONE.keys.auth,
      },
    ],
    [
      'one pair of keys for two endpoints',
      { endpoint_1: ONE.endpoint, endpoint_2: TWO.endpoint, p256dh: TWO.keys.p256dh, auth: TWO.keys.auth },
    ],
  ])('are refused with %s', (_what, values) => {
    for (const text of [JSON.stringify(values), tableOf(values), query(values)]) {
      expect(rowsOf(text)).toEqual([]);
      expect(new Set(refusals(text))).toEqual(new Set(['unclear-pairs']));
    }
  });

  it('are told apart by words that mostly say nothing, if there is no other difference', () => {
    const pushed = flat(TWO, (part) => `push_${part}`);
    for (const values of [
      { ...flat(ONE, (part) => part), ...pushed },
      { ...pushed, ...flat(ONE, (part) => part) },
    ]) {
      const rows = rowsOf(JSON.stringify(values)).map(({ endpoint, keys }) => ({ endpoint, keys }));
      expect(rows).toHaveLength(2);
      for (const one of [ONE, TWO]) expect(rows).toContainEqual(withKeys(one));
    }
    const keysBefore = {
      push_p256dh: TWO.keys.p256dh,
      push_auth: TWO.keys.auth,
      ...flat(ONE, (part) => part),
    };
    expect(rowsOf(JSON.stringify(keysBefore))).toMatchObject([withKeys(ONE)]);
    expect(refusals(JSON.stringify(keysBefore))).toHaveLength(1);
  });

  it('are refused with two keys or endpoints under one name', () => {
    const { endpoint, keys } = ONE;
    for (const values of [
      { endpoint, keys, ...TWO.keys },
      { endpoint, Endpoint: TWO.endpoint, keys },
    ]) {
      expect(rowsOf(JSON.stringify(values))).toEqual([]);
      expect(refusals(JSON.stringify(values))).toEqual(['unclear-pairs']);
    }
    expect(rowsOf(JSON.stringify({ endpoint, keys, ...keys }))).toMatchObject([withKeys(ONE)]);
  });

  it('within one of them have no name of a wrapper for an id', () => {
    const text = JSON.stringify({ subscription: TWO, endpoint: ONE.endpoint, ...ONE.keys });
    expect(rowsOf(text)).toMatchObject([ONE, TWO].map((one) => ({ ...withKeys(one), person: null })));
  });

  it.each(Object.entries(NOTATIONS))(
    'never get the keys of another in %s, whatever is missing',
    (name, write) => {
      for (const [called, values] of Object.entries(NAMED)) {
        // No column of a database is called so.
        if (name === 'SQL' && called === 'paths') continue;
        for (const missing of Object.keys(values).slice(1)) {
          const text = write(Object.fromEntries(Object.entries(values).filter(([one]) => one !== missing)));
          const rows = rowsOf(text).map(({ endpoint, keys }) => ({ endpoint, keys }));
          for (const row of rows) expect([ONE, TWO].map(withKeys)).toContainEqual(row);
          expect(rows.length + refusals(text).length).toBe(2);
        }
      }
    },
  );

  it('are told apart by their names, whatever the order of the lines', () => {
    const text = [
      `devices[0].p256dh: ${ONE.keys.p256dh}`,
      `devices[0].auth: ${ONE.keys.auth}`,
      `devices[1].endpoint: ${TWO.endpoint}`,
      `devices[0].endpoint: ${ONE.endpoint}`,
      `devices[1].auth: ${TWO.keys.auth}`,
      `devices[1].p256dh: ${TWO.keys.p256dh}`,
    ].join('\n');
    const rows = rowsOf(text).map(({ endpoint, keys }) => ({ endpoint, keys }));
    expect(rows).toHaveLength(2);
    for (const one of [ONE, TWO]) expect(rows).toContainEqual(withKeys(one));
  });

  it('are not what was replaced, nor an address of another program', () => {
    const { endpoint, keys } = ONE;
    const former = flat(TWO, (part) => `old_${part}`);
    const texts = [
      { endpoint, ...keys, ...former },
      { endpoint, ...keys, api_endpoint: 'https://api.example.com/v1' },
      { push_endpoint: endpoint, user_public_key: keys.p256dh, user_auth: keys.auth },
    ].map((one) => JSON.stringify(one));
    for (const text of texts) {
      expect(rowsOf(text)).toMatchObject([withKeys(ONE)]);
      expect(refusals(text)).toEqual([]);
    }
  });
});
