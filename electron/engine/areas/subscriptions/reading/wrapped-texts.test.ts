import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSubscription } from '../../../../core/subscription/subscription-check.ts';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';

/** Looks random, but is the same each time. */
const random = (length: number, seed: string): string =>
  createHash('sha512').update(seed).digest('base64url').repeat(3).slice(0, length);

const SERVICES: Readonly<Record<string, (seed: string) => string>> = {
  FCM: (seed) => `https://fcm.googleapis.com/fcm/send/${random(11, seed)}:APA91b${random(134, seed)}`,
  Mozilla: (seed) => `https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB${random(192, seed)}`,
  WNS: (seed) =>
    `https://wns2-par02p.notify.windows.com/w/?token=BQYAAA${random(60, seed)}%2b${random(70, `${seed}2`)}%3d%3d`,
  Apple: (seed) => `https://web.push.apple.com/Q${random(161, seed)}`,
};
const NAMES = ['Ann', 'Bob', 'Cleo'];

interface Person {
  name: string;
  endpoint: string;
  p256dh: string;
  auth: string;
}
const peopleOf = (service: string): Person[] =>
  NAMES.map((name) => ({
    name,
    endpoint: SERVICES[service]?.(name + service) ?? '',
    p256dh: Buffer.concat([Buffer.of(4), createHash('sha512').update(name).digest()]).toString('base64url'),
    auth: createHash('md5').update(name).digest('base64url'),
  }));
const json = ({ endpoint, p256dh, auth }: Person) => ({ endpoint, keys: { p256dh, auth } });

const FORMS: Readonly<Record<string, (people: Person[]) => string>> = {
  'lines of JSON': (people) => people.map((one) => JSON.stringify(json(one))).join('\n'),
  'indented JSON': (people) =>
    JSON.stringify(
      people.map((one) => ({ user: one.name, ...json(one) })),
      null,
      2,
    ),
  CSV: (people) =>
    `name,endpoint,p256dh,auth\n${people.map((one) => Object.values(one).join(',')).join('\n')}`,
  labels: (people) =>
    people
      .map(
        (one) => `Name: ${one.name}\nEndpoint: ${one.endpoint}\nP256dh: ${one.p256dh}\nAuth: ${one.auth}\n`,
      )
      .join('\n'),
  YAML: (people) =>
    people
      .map(
        (one) =>
          `- name: ${one.name}\n  endpoint: ${one.endpoint}\n  keys:\n    p256dh: ${one.p256dh}\n    auth: ${one.auth}`,
      )
      .join('\n'),
  values: (people) => people.map((one) => `${one.endpoint} ${one.p256dh} ${one.auth}`).join('\n'),
  SQL: (people) =>
    people
      .map(
        (one) =>
          `INSERT INTO subs (name, endpoint, p256dh, auth) VALUES ('${one.name}', '${one.endpoint}', '${one.p256dh}', '${one.auth}');`,
      )
      .join('\n'),
  'a table of psql': (people) =>
    ` name | endpoint | p256dh | auth \n------+----+----+----\n${people.map((one) => ` ${Object.values(one).join(' | ')}`).join('\n')}`,
  XML: (people) =>
    `<subs>\n${people.map((one) => `<sub name="${one.name}"><endpoint>${one.endpoint}</endpoint><p256dh>${one.p256dh}</p256dh><auth>${one.auth}</auth></sub>`).join('\n')}\n</subs>`,
  settings: (people) =>
    people
      .map(
        (one, index) =>
          `S${index}_ENDPOINT=${one.endpoint}\nS${index}_P256DH=${one.p256dh}\nS${index}_AUTH=${one.auth}`,
      )
      .join('\n'),
  prose: (people) =>
    people
      .map(
        (one) => `${one.name} has the endpoint ${one.endpoint} with the key ${one.p256dh} and ${one.auth}.`,
      )
      .join('\n\n'),
};

/** Breaks a line at a width, at blanks where there are some. */
function broken(
  line: string,
  width: number,
  { atBlanks = false, atSigns = false, indent = '' } = {},
): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const blank = atBlanks ? rest.lastIndexOf(' ', width) : -1;
    const sign = atSigns ? (/^.*[-/?, ]/.exec(rest.slice(indent.length, width))?.[0].length ?? 0) : 0;
    const isAtBlank = blank > rest.search(/\S/);
    const end = isAtBlank ? blank : sign > 0 ? indent.length + sign : width;
    lines.push(rest.slice(0, end));
    rest = indent + rest.slice(isAtBlank ? end + 1 : end);
  }
  return [...lines, rest];
}
const each = (text: string, wrap: (line: string) => string[]) => text.split('\n').flatMap(wrap);

const WRAPS: Readonly<Record<string, (text: string, width: number) => string>> = {
  'at the width': (text, width) => each(text, (line) => broken(line, width)).join('\n'),
  'at the width, with CR LF': (text, width) => each(text, (line) => broken(line, width)).join('\r\n'),
  'with an indentation': (text, width) =>
    each(text, (line) => broken(line, width, { indent: '    ' })).join('\n'),
  'at blanks': (text, width) => each(text, (line) => broken(line, width, { atBlanks: true })).join('\n'),
  'at signs': (text, width) => each(text, (line) => broken(line, width, { atSigns: true })).join('\n'),
  'and then quoted': (text, width) =>
    each(text, (line) => broken(line, width - 2, { atBlanks: true }))
      .map((line) => `> ${line}`)
      .join('\n'),
  'after it was quoted': (text, width) => each(text, (line) => broken(`> ${line}`, width)).join('\n'),
  'as quoted-printable': (text, width) =>
    each(text, (line) => [
      broken(line, width - 1)
        .join('=\r\n')
        .replaceAll(/=(?!\r)/g, '=3D'),
    ]).join('\r\n'),
  'with equals signs': (text, width) =>
    each(text, (line) => [broken(line, width - 1).join('=\n')]).join('\n'),
  'with backslashes': (text, width) =>
    each(text, (line) => [broken(line, width - 1).join('\\\n')]).join('\n'),
  'with blank lines': (text, width) => each(text, (line) => broken(line, width)).join('\n\n'),
};
const CHECKS = { isPointOnCurve: () => true, isPrivateHost: () => false, allowPrivateEndpoints: false };

/** What is taken of a text: whose it is, or what of it is wrong. */
function taken(text: string, people: readonly Person[]): { whose: string[]; refused: number } {
  const rows = readSubscriptionText(text).filter(({ kind }) => kind !== 'other');
  const whose = rows.flatMap((row) => {
    if (row.kind !== 'row' || checkSubscription(row.value, CHECKS).kind !== 'good') return [];
    const { endpoint, keys } = row.value;
    const owner = people.find((one) => one.endpoint === endpoint);
    if (owner === undefined) return [`half an endpoint: ${endpoint}`];
    const isOwn = [keys.p256dh, keys.auth].every((key, index) =>
      Buffer.from(key, 'base64url').equals(Buffer.from([owner.p256dh, owner.auth][index] ?? '', 'base64url')),
    );
    const label = row.person?.label ?? owner.name;
    return [
      isOwn && (label === owner.name || !NAMES.includes(label)) ? owner.name : `of another: ${endpoint}`,
    ];
  });
  return { whose, refused: rows.length - whose.length };
}

describe('texts that were broken at a width', () => {
  it.each(Object.entries(WRAPS))('give whole endpoints or none, and each is counted: %s', (_, wrap) => {
    for (const service of Object.keys(SERVICES)) {
      const people = peopleOf(service);
      for (const [form, write] of Object.entries(FORMS)) {
        for (const width of [60, 64, 72, 76, 80, 90, 100, 120]) {
          const { whose, refused } = taken(wrap(write(people), width), people);
          const wrong = whose.filter((one) => !NAMES.includes(one));
          const isSilent = new Set(whose).size < people.length && refused === 0;
          expect({ service, form, width, wrong, isSilent }).toEqual({
            ...{ service, form, width },
            wrong: [],
            isSilent: false,
          });
        }
      }
    }
  });

  const [one] = peopleOf('WNS');
  const marked = (endpoint = '') => JSON.stringify({ ...json(one as Person), endpoint });

  it('leave out what quoted-printable writes for an equals sign', () => {
    const [row] = readSubscriptionText(marked(one?.endpoint.replace('=', '=3D')));
    expect(row).toMatchObject({ value: { endpoint: one?.endpoint } });
  });

  it.each([
    one?.endpoint.replace('BQYAAA', 'BQYAAA='),
    peopleOf('FCM')[0]?.endpoint.replace('APA', 'A=PA'),
    `${peopleOf('Apple')[0]?.endpoint}=`,
    peopleOf('Mozilla')[0]?.endpoint.replace('gAAA', 'gA=AA'),
  ])('refuse an equals sign that their mail has left: %s', (endpoint) => {
    expect(readSubscriptionText(marked(endpoint))).toMatchObject([
      { kind: 'bad', problem: { code: 'endpoint-broken' } },
    ]);
  });
});
