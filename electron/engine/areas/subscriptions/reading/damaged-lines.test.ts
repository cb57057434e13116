import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSubscription } from '../../../../core/subscription/subscription-check.ts';
import {
  readSubscriptionText,
  type FoundSubscription,
} from '../../../../core/subscription/subscription-text.ts';
import { CONSOLES } from './testing/lines-of-consoles.ts';
import { MARKUP } from './testing/lines-of-markup.ts';
import { LITERALS, TABLES } from './testing/lines-of-programs.ts';
import { YAML, type FormInLines, type Told } from './testing/lines-of-yaml.ts';

/** Looks random, but is the same each time. */
const random = (length: number, seed: string): string =>
  createHash('sha512').update(seed).digest('base64url').repeat(3).slice(0, length);

const SERVICES = [
  (seed: string) => `https://fcm.googleapis.com/fcm/send/${random(11, seed)}:APA91b${random(134, seed)}`,
  (seed: string) => `https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB${random(170, seed)}`,
  (seed: string) => `https://web.push.apple.com/Q${random(160, seed)}`,
  (seed: string) => `https://wns2-par02p.notify.windows.com/w/?token=BQYAAA${random(60, seed)}%2b%3d%3d`,
];
const NAMES = ['Ada Byron', 'Bo Diddley', 'Cleo Laine', 'Dee Bridgewater', 'Ella Fitzgerald'];
const PEOPLE: readonly Told[] = NAMES.map((name, index) => ({
  name,
  id: `user-${index + 1}-${random(4, name).replaceAll(/[^a-z\d]/gi, 'x')}`,
  tag: `t${index + 1}x`,
  endpoint: SERVICES[index % SERVICES.length]?.(name) ?? '',
  p256dh: Buffer.concat([Buffer.of(4), createHash('sha512').update(name).digest()]).toString('base64url'),
  auth: createHash('md5').update(name).digest('base64url'),
}));

const CHECKS = {
  isPointOnCurve: () => true,
  isPrivateHost: () => false,
  allowPrivateEndpoints: false,
};

/** What is taken, by endpoint, and how much is refused. */
function read(text: string): { taken: FoundSubscription[]; refused: number } {
  const rows = readSubscriptionText(text).filter((row) => row.kind !== 'other');
  const taken = rows.filter(
    (row): row is FoundSubscription =>
      row.kind === 'row' && checkSubscription(row.value, CHECKS).kind === 'good',
  );
  return { taken, refused: rows.length - taken.length };
}

const saidOf = ({ value: { keys }, person, left, remark }: FoundSubscription) => ({
  keys,
  label: person?.label ?? null,
  externalId: person?.externalId ?? null,
  tags: person?.tags ?? [],
  left,
  remark,
});

interface Damage {
  readonly what: string;
  /** Whether all that was known of somebody is lost: then nobody can tell. */
  readonly isAll: boolean;
  readonly text: string;
  /** Whose lines they are. */
  readonly whose: readonly (Told | undefined)[];
}

/** Loses each line of the first, one in the middle and the last of the people; doubles or misplaces those of the one in the middle. */
function damagesOf({ head = [], lines, tail = [], isHeaded = false }: FormInLines): Damage[] {
  const all = [
    ...head.map((line) => ({ line, whose: PEOPLE[0] })),
    ...PEOPLE.flatMap((one, index) =>
      lines(one, index, index === PEOPLE.length - 1).map((line) => ({ line, whose: one })),
    ),
    ...tail.map((line) => ({ line, whose: PEOPLE.at(-1) })),
  ];
  const textOf = (some: readonly { line: string }[]) => `${some.map(({ line }) => line).join('\n')}\n`;
  const chosen = new Set([PEOPLE[0], PEOPLE[2], PEOPLE.at(-1)]);
  return all.flatMap(({ line, whose }, at) => {
    if (!chosen.has(whose)) return [];
    const next = all[at + 1];
    const one = { line, whose };
    const theirs = isHeaded && at < head.length ? PEOPLE : [whose];
    const isAll = whose !== undefined && line.includes(whose.endpoint) && line.includes(whose.auth);
    const lost = {
      isAll,
      what: `lost: ${line}`,
      text: textOf(all.toSpliced(at, 1)),
      whose: theirs,
    };
    if (whose !== PEOPLE[2]) return [lost];
    // It may be of whoever it comes to; without the line between two, so may what is around it.
    const neighbours = [next, all[at - 1], ...(line === '' || next?.line === '' ? [all[at + 2]] : [])];
    return [
      lost,
      {
        isAll: false,
        what: `twice: ${line}`,
        text: textOf(all.toSpliced(at, 0, one)),
        whose: theirs,
      },
      ...(next === undefined
        ? []
        : [
            {
              isAll: false,
              what: `below the next one: ${line}`,
              text: textOf(all.toSpliced(at, 2, next, one)),
              whose: [whose, ...neighbours.map((neighbour) => neighbour?.whose)],
            },
          ]),
    ];
  });
}

/** What is said of somebody that is not theirs. */
function wrongIn(row: FoundSubscription): string[] {
  const one = PEOPLE.find(({ endpoint }) => endpoint === row.value.endpoint);
  if (one === undefined) return ['an endpoint that nobody has'];
  const { keys, label, externalId, tags } = saidOf(row);
  return [
    ...(keys.p256dh === one.p256dh && keys.auth === one.auth ? [] : ['keys']),
    ...(label === null || label === one.name ? [] : [`label ${label}`]),
    ...(externalId === null || externalId === one.id ? [] : [`ID ${externalId}`]),
    ...(tags.every((tag) => tag === one.tag) ? [] : [`tags ${tags.join(', ')}`]),
  ].map((what) => `${what} of ${one.name}`);
}

function faultsOf({ text, whose, isAll }: Damage, whole: readonly FoundSubscription[]): string[] {
  const { taken, refused } = read(text);
  const lost = PEOPLE.filter((one) => !taken.some(({ value }) => value.endpoint === one.endpoint));
  const others = whole.filter(({ value }) => !whose.some((one) => one?.endpoint === value.endpoint));
  return [
    ...taken.flatMap(wrongIn),
    ...others.flatMap((before) => {
      const now = taken.find(({ value }) => value.endpoint === before.value.endpoint);
      const isSame = now !== undefined && JSON.stringify(saidOf(now)) === JSON.stringify(saidOf(before));
      return isSame ? [] : [`${before.value.endpoint} is ${now === undefined ? 'lost' : 'changed'}`];
    }),
    ...(lost.length > refused && !isAll ? [`${lost.length} lost, ${refused} told`] : []),
  ];
}

describe('a text with a line that is lost, doubled or misplaced', () => {
  it.each(Object.entries({ ...YAML, ...MARKUP, ...CONSOLES, ...LITERALS, ...TABLES }))(
    'costs at most the one whose line it is, and is told: %s',
    (_form, form) => {
      const whole = [
        ...(form.head ?? []),
        ...PEOPLE.flatMap((one, index) => form.lines(one, index, index === PEOPLE.length - 1)),
        ...(form.tail ?? []),
      ];
      const { taken, refused } = read(`${whole.join('\n')}\n`);
      expect(taken.flatMap(wrongIn)).toEqual([]);
      expect([taken.length, refused]).toEqual([PEOPLE.length, 0]);
      const found = damagesOf(form).flatMap((damage) => {
        const faults =
          form.mayCostOthers === true ? read(damage.text).taken.flatMap(wrongIn) : faultsOf(damage, taken);
        return faults.length === 0 ? [] : [{ what: damage.what, faults }];
      });
      expect(found).toEqual([]);
    },
  );
});
