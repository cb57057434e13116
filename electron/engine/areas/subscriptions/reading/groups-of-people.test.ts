import { describe, expect, it } from 'vitest';
import {
  createSubscriptionTextReader,
  readSubscriptionText,
} from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const [A, B, C] = ['a', 'b', 'c'].map((name) => {
  const { keys } = browserSubscription();
  return { endpoint: `https://push.example.com/subscriptions/of/${name}`, keys };
});
type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const yamlOf = (tree: Tree, indent = ''): string =>
  Object.entries(tree)
    .map(([name, value]) => {
      const inner = `${indent}  `;
      if (isTree(value)) return `${indent}${name}:\n${yamlOf(value, inner)}`;
      if (!Array.isArray(value)) return `${indent}${name}: ${String(value)}\n`;
      const items = value.map((one: Tree) => `${inner}- ${yamlOf(one, `${inner}  `).trimStart()}`).join('');
      return `${indent}${name}:${items === '' ? ' []' : ''}\n${items}`;
    })
    .join('');

const NOTATIONS: Readonly<Record<string, (tree: Tree) => string>> = {
  JSON: (tree) => JSON.stringify(tree),
  YAML: (tree) => yamlOf(tree),
  Python: (tree) => JSON.stringify(tree, null, 1).replaceAll('"', "'"),
};

/** Whose each one is: its id, else its label, with its tags; and whether that person left. */
const whose = (text: string) =>
  readSubscriptionText(text).map((row) =>
    row.kind === 'row'
      ? [row.person?.externalId ?? row.person?.label ?? '', row.person?.tags ?? [], row.left !== null]
      : row.kind,
  );

describe.each(Object.entries(NOTATIONS))('names that subscriptions are filed under in %s', (_name, write) => {
  it.each<[string, Tree, unknown[]]>([
    [
      'words for several people',
      { vips: [A, B], testers: [C] },
      [
        ['', ['vips'], false],
        ['', ['vips'], false],
        ['', ['testers'], false],
      ],
    ],
    [
      'words beside them',
      { news: [A], finance: [B], sports: [C] },
      [
        ['', ['news'], false],
        ['', ['finance'], false],
        ['', ['sports'], false],
      ],
    ],
    [
      'groups of ids',
      { admins: { u1: A, u2: B }, staff: { u3: C } },
      [
        ['u1', ['admins'], false],
        ['u2', ['admins'], false],
        ['u3', ['staff'], false],
      ],
    ],
    [
      'what runs where, and languages',
      { prod: { de: [A], en: [B] }, staging: { de: [C], en: [] } },
      [
        ['', ['de', 'prod'], false],
        ['', ['en', 'prod'], false],
        ['', ['staging'], false],
      ],
    ],
    [
      'who is still there',
      { active: { u1: A }, inactive: { u2: B } },
      [
        ['u1', [], false],
        ['u2', [], true],
      ],
    ],
    [
      'who has left',
      { unsubscribed: [A], expired: { 'ann@example.com': B }, deleted_users: [C] },
      [
        ['', [], true],
        ['ann@example.com', [], true],
        ['', [], true],
      ],
    ],
    [
      'who has left, with nobody else',
      { total: 2, removed: [A, B] },
      [
        ['', [], true],
        ['', [], true],
      ],
    ],
    [
      'who has left, of the devices of one',
      { users: { u1: { active: [A], optedOut: [B] }, u2: { archived: [C] } } },
      [
        ['u1', [], false],
        ['u1', [], true],
        ['u2', [], true],
      ],
    ],
    [
      'ids',
      { u1: [A, B], 'bob@example.com': C },
      [
        ['u1', [], false],
        ['u1', [], false],
        ['bob@example.com', [], false],
      ],
    ],
    [
      'names of people',
      { ann: [A, B], anders: C },
      [
        ['ann', [], false],
        ['ann', [], false],
        ['anders', [], false],
      ],
    ],
    [
      'browsers and devices',
      { chrome: [A], firefox: [B], android: [C] },
      [
        ['', [], false],
        ['', [], false],
        ['', [], false],
      ],
    ],
    [
      'places of one person',
      { name: 'Ann', home: A, work: B },
      [
        ['Ann', [], false],
        ['Ann', [], false],
      ],
    ],
    [
      'names to sign in with',
      { admin: A, bob: B },
      [
        ['admin', [], false],
        ['bob', [], false],
      ],
    ],
  ])('are taken for what they are: %s', (_what, tree, wanted) => {
    expect(whose(write(tree))).toEqual(wanted);
  });
});

describe('a long text with several lists', () => {
  const { keys } = browserSubscription();
  const many = (name: string, count: number) =>
    Array.from({ length: count }, (_none, index) => ({
      endpoint: `https://push.example.com/subscriptions/of/${name}/${index}`,
      keys,
    }));
  const rowsOf = (text: string, options = {}) => {
    const reader = createSubscriptionTextReader(options);
    const rows = [];
    for (let at = 0; at < text.length; at += 50_000) rows.push(...reader.push(text.slice(at, at + 50_000)));
    return [...rows, ...reader.end()].flatMap((row) => (row.kind === 'row' ? [row] : []));
  };
  const tree = { active: many('in', 1200), vips: many('vip', 1200), inactive: many('out', 1200) };

  it.each([
    ['JSON', JSON.stringify(tree, null, 1), { longestElement: 100_000 }],
    ['YAML', yamlOf(tree), {}],
  ])('is read with the name of each in %s', (_name, text, options) => {
    const rows = rowsOf(text, options);
    const isOf = (name: string) => (row: (typeof rows)[number]) => row.value.endpoint.includes(`/${name}/`);
    expect(rows).toHaveLength(3600);
    expect(rows.filter(({ left }) => left !== null).every(isOf('out'))).toBe(true);
    expect(rows.filter(isOf('out')).every(({ left }) => left !== null)).toBe(true);
    expect(rows.filter(({ person }) => person?.tags[0] === 'vips').every(isOf('vip'))).toBe(true);
    expect(rows.filter(isOf('vip')).every(({ person }) => person?.tags[0] === 'vips')).toBe(true);
    const lines = text.split('\n');
    for (const { line, value } of [rows[0], rows[1500], rows[3599]].flatMap((row) => row ?? []))
      expect(lines.slice(line - 1, line + 1).join('\n')).toContain(value.endpoint);
  });
});
