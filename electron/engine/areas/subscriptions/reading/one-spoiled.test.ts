import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const PEOPLE = [
  'fcm.googleapis.com/fcm/send',
  'updates.push.services.mozilla.com/wpush/v2',
  'web.push.apple.com',
].map((host, index) => {
  const { endpoint, keys } = browserSubscription({ host });
  return { id: `u${index}`, endpoint, ...keys };
});
type Row = (typeof PEOPLE)[number];

const FORMS: Readonly<Record<string, (rows: readonly Row[]) => string>> = {
  'values of Go': (rows) =>
    rows.map((r) => `2026/01/01 10:00:00 sub: {${r.id} ${r.endpoint} {${r.auth} ${r.p256dh}}}`).join('\n'),
  'objects of C# with lists in them': (rows) =>
    rows
      .map(
        (r) =>
          `new Sub { Id = "${r.id}", Tags = new[] { "a" }, Endpoint = "${r.endpoint}", P256DH = "${r.p256dh}", Auth = "${r.auth}" },`,
      )
      .join('\n'),
  'dictionaries of Swift': (rows) =>
    `[${rows
      .map(
        (r) => `["id": "${r.id}", "endpoint": "${r.endpoint}", "p256dh": "${r.p256dh}", "auth": "${r.auth}"]`,
      )
      .join(', ')}]`,
  'maps of Scala': (rows) =>
    `List(${rows
      .map((r) => `Map(id -> ${r.id}, endpoint -> ${r.endpoint}, p256dh -> ${r.p256dh}, auth -> ${r.auth})`)
      .join(', ')})`,
  'what a console shows': (rows) =>
    `(3) [{…}, {…}, {…}]\n${rows
      .map(
        (r, at) =>
          `${at}: \n{id: '${r.id}', tags: Array(1), endpoint: '${r.endpoint}', keys: {p256dh: '${r.p256dh}', auth: '${r.auth}'}}`,
      )
      .join('\n')}\nlength: 3`,
  'hashes of Redis': (rows) =>
    rows
      .map(
        (r) =>
          `> HGETALL sub:${r.id}\n1) "endpoint"\n2) "${r.endpoint}"\n3) "p256dh"\n4) "${r.p256dh}"\n5) "auth"\n6) "${r.auth}"`,
      )
      .join('\n'),
};
const SPOILED: Readonly<Record<string, (endpoint: string) => string>> = {
  'shortened in its host': (endpoint) => `${endpoint.slice(0, 20)}...`,
  'shortened with three dots': (endpoint) => `${endpoint.slice(0, 60)}...`,
  'shortened with an ellipsis': (endpoint) => `${endpoint.slice(0, 60)}…`,
  masked: (endpoint) => `${endpoint.slice(0, endpoint.lastIndexOf('/'))}/***`,
  'only what all begin with': () => 'https://fcm.googleapis.com/fcm/send/',
  'with an entity of HTML': (endpoint) => `${endpoint}&amp;x=1`,
  'an address of http': (endpoint) => endpoint.replace('https:', 'http:'),
};

describe.each(Object.entries(FORMS))('of three in %s', (_form, write) => {
  it.each(Object.entries(SPOILED))(
    'the others are read where one endpoint is %s, and that one is counted',
    (_, spoil) => {
      for (const spoiled of PEOPLE) {
        const text = write(
          PEOPLE.map((one) => (one === spoiled ? { ...one, endpoint: spoil(one.endpoint) } : one)),
        );
        const rows = readSubscriptionText(text).filter(({ kind }) => kind !== 'other');
        // What is not https is refused by the check of each row.
        const read = rows.flatMap((row) =>
          row.kind === 'row' && row.value.endpoint.startsWith('https:') ? [row.value] : [],
        );
        const others = PEOPLE.filter((one) => one !== spoiled);
        expect(read.map(({ endpoint, keys }) => [endpoint, keys.p256dh, keys.auth])).toEqual(
          others.map(({ endpoint, p256dh, auth }) => [endpoint, p256dh, auth]),
        );
        expect(rows).toHaveLength(3);
      }
    },
  );
});

it.each(Object.entries(SPOILED))('gives no keys to the endpoint above one that is %s', (_, spoil) => {
  const [one, other] = PEOPLE;
  const text = [other?.endpoint, spoil(one?.endpoint ?? ''), one?.p256dh, one?.auth].join('\n');
  const rows = readSubscriptionText(text).flatMap((row) => (row.kind === 'row' ? [row.value.endpoint] : []));
  expect(rows).not.toContain(other?.endpoint);
});
