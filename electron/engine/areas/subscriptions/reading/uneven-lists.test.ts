import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const SOME = [1, 2, 3].map(() => browserSubscription({ host: 'fcm.googleapis.com/fcm/send' }));
type Columns = Readonly<Record<string, readonly string[]>>;
const EVEN: Columns = {
  endpoint: SOME.map(({ endpoint }) => endpoint),
  p256dh: SOME.map(({ keys }) => keys.p256dh),
  auth: SOME.map(({ keys }) => keys.auth),
  name: ['Ann', 'Bob', 'Cid'],
};

const entries = (columns: Columns) => Object.entries(columns);
const quoted = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');

const NOTATIONS: Readonly<Record<string, (columns: Columns) => string>> = {
  JSON: (columns) => JSON.stringify(columns),
  'JSON in a wrapper': (columns) => JSON.stringify({ ok: true, data: columns }, null, 2),
  'JSON with the keys together': ({ endpoint, name, ...keys }) => JSON.stringify({ name, endpoint, keys }),
  Python: (columns) =>
    `{${entries(columns)
      .map(([name, values]) => `'${name}': [${quoted(values)}]`)
      .join(', ')}}`,
  PHP: (columns) =>
    `array(${entries(columns)
      .map(([name, values]) => `'${name}' => array(${quoted(values)})`)
      .join(', ')})`,
  YAML: (columns) =>
    entries(columns)
      .map(([name, values]) => `${name}:\n${values.map((value) => `  - ${value}\n`).join('')}`)
      .join(''),
  'YAML on one line each': (columns) =>
    entries(columns)
      .map(([name, values]) => `${name}: [${values.map((value) => JSON.stringify(value)).join(', ')}]\n`)
      .join(''),
  'a form with brackets': (columns) =>
    entries(columns)
      .flatMap(([name, values]) => values.map((value) => `${name}[]=${encodeURIComponent(value)}`))
      .join('&'),
  'a form': (columns) =>
    entries(columns)
      .flatMap(([name, values]) => values.map((value) => `${name}=${encodeURIComponent(value)}`))
      .join('&'),
  'a table with the names at the left': (columns) =>
    entries(columns)
      .map((row) => row.flat().join(','))
      .join('\n'),
};

const rowsOf = (text: string) =>
  readSubscriptionText(text).flatMap((row) =>
    row.kind === 'row' ? [[row.person?.label, row.value.endpoint, row.value.keys]] : [],
  );
const refusals = (text: string) =>
  readSubscriptionText(text).flatMap((row) => (row.kind === 'bad' ? [row.problem.code] : []));
const without = (name: string, index: number): Columns => ({
  ...EVEN,
  [name]: EVEN[name]?.filter((_, at) => at !== index) ?? [],
});

describe.each(Object.entries(NOTATIONS))('columns as %s', (_name, write) => {
  it('are rows if they are equally long', () => {
    expect(rowsOf(write(EVEN))).toEqual(
      SOME.map(({ endpoint, keys }, index) => [EVEN['name']?.[index], endpoint, keys]),
    );
  });

  it.each(['endpoint', 'p256dh', 'auth', 'name'])('are refused if one value of %s is missing', (name) => {
    for (const index of [0, 1, 2]) {
      const text = write(without(name, index));
      expect(rowsOf(text)).toEqual([]);
      expect(refusals(text)).toContain('unclear-pairs');
      expect(refusals(text).length).toBeGreaterThanOrEqual(name === 'endpoint' ? 2 : 3);
    }
  });
});

describe('columns', () => {
  it('are refused where endpoints stand beside a shorter list of keys', () => {
    const keys = SOME.map((one) => one.keys);
    expect(rowsOf(JSON.stringify({ endpoints: EVEN['endpoint'], keys })).length).toBe(3);
    const text = JSON.stringify({ endpoints: EVEN['endpoint'], keys: [keys[0], keys[2]] });
    expect(rowsOf(text)).toEqual([]);
    expect(refusals(text)).toEqual(['unclear-pairs', 'unclear-pairs', 'unclear-pairs']);
  });

  it('with their places are read by them, and what has no endpoint is counted', () => {
    const placed = (values: readonly (string | undefined)[] = []) =>
      Object.fromEntries([...values.entries()].filter(([, value]) => value !== undefined));
    const [first, , third] = EVEN['endpoint'] ?? [];
    const text = JSON.stringify({
      endpoint: placed([first, undefined, third]),
      p256dh: placed(EVEN['p256dh']),
      auth: placed(EVEN['auth']),
    });
    expect(rowsOf(text).map(([, endpoint]) => endpoint)).toEqual([first, third]);
    expect(refusals(text).length).toBe(1);
  });

  it('with an empty place lose only that one', () => {
    const endpoint = [EVEN['endpoint']?.[0], null, EVEN['endpoint']?.[2]];
    const text = JSON.stringify({ ...EVEN, endpoint });
    expect(rowsOf(text).map(([label]) => label)).toEqual(['Ann', 'Cid']);
    expect(refusals(text).length).toBe(1);
  });

  it('of one have all tags of that one', () => {
    const one = Object.fromEntries(entries(EVEN).map(([name, [value]]) => [name, [value]]));
    const rows = readSubscriptionText(JSON.stringify({ ...one, tags: ['news', 'vip'] }));
    expect(rows).toMatchObject([{ kind: 'row', person: { label: 'Ann', tags: ['news', 'vip'] } }]);
  });

  it.each<[string, (columns: Columns) => string]>([
    [
      'R',
      (some) =>
        `list(${entries(some)
          .map(([name, values]) => `${name} = c(${quoted(values)})`)
          .join(', ')})`,
    ],
    [
      'variables',
      (some) =>
        entries(some)
          .map(([name, values]) => `${name.toUpperCase()}S=${values.join(' ')}`)
          .join('\n'),
    ],
    [
      'a table with tabs',
      (some) =>
        entries(some)
          .map((row) => row.flat().join('\t'))
          .join('\n'),
    ],
  ])('of two, in %s, are refused if a key is missing', (_name, write) => {
    const two: Columns = Object.fromEntries(
      entries(EVEN).map(([name, values]) => [name, values.slice(0, 2)]),
    );
    for (const name of ['p256dh', 'auth'])
      for (const index of [0, 1])
        expect(rowsOf(write({ ...two, [name]: two[name]?.filter((_, at) => at !== index) ?? [] }))).toEqual(
          [],
        );
  });

  it('of a form with a single name say whose that one is of nobody', () => {
    const { name: names = [], ...columns } = EVEN;
    const text = NOTATIONS['a form with brackets']?.({ ...columns, name: names.slice(0, 1) }) ?? '';
    expect(rowsOf(text)).toEqual([]);
    expect(refusals(text)).toContain('unclear-pairs');
  });

  it('in variables of a program are never matched by the name before the first', () => {
    const text = entries(without('auth', 1))
      .map(([name, values]) => `const ${name} = [${quoted(values)}];`)
      .join('\n');
    expect(rowsOf(text)).toEqual([]);
    expect(refusals(text).length).toBeGreaterThanOrEqual(3);
  });
});
