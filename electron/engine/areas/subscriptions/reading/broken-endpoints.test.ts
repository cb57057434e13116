import { describe, expect, it } from 'vitest';
import {
  createSubscriptionTextReader,
  readSubscriptionText,
} from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const { keys } = browserSubscription();
/** Each stretch of it looks random, so that the tests give the same result each time. */
const random = (length: number) => 'aB3xZ9q_Kd7-'.repeat(20).slice(0, length);
const ENDPOINTS = {
  FCM: `https://fcm.googleapis.com/fcm/send/${random(11)}:APA91b${random(134)}`,
  Mozilla: `https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB${random(179)}`,
  WNS: `https://wns2-par02p.notify.windows.com/w/?token=BQYAAA${random(60)}%2b${random(60)}%3d%3d`,
  Apple: `https://web.push.apple.com/Q${random(160)}`,
};
/** A shorter rest may also be a word. */
const LAST_REST = 6;
/** Has no factor in common with the stretch that the endpoints repeat. */
const STEP = 5;
const FAR_STEP = 13;

const FORMS: Readonly<Record<string, (endpoint: string) => string>> = {
  'labelled lines': (some) => `Endpoint: ${some}\np256dh: ${keys.p256dh}\nauth: ${keys.auth}\n`,
  settings: (some) => `ENDPOINT=${some}\nP256DH=${keys.p256dh}\nAUTH=${keys.auth}\n`,
  'settings with the endpoint last': (some) => `P256DH=${keys.p256dh}\nAUTH=${keys.auth}\nENDPOINT=${some}\n`,
  YAML: (some) =>
    `subs:\n  - endpoint: ${some}\n    keys:\n      p256dh: ${keys.p256dh}\n      auth: ${keys.auth}\n`,
  'values alone': (some) => `${some}\n${keys.p256dh}\n${keys.auth}\n`,
  prose: (some) => `Here is mine: ${some} with the keys ${keys.p256dh} and ${keys.auth}, thanks`,
};

const quoted = (some: string) =>
  `PUSH_ENDPOINT="${some}"\nPUSH_P256DH="${keys.p256dh}"\nPUSH_AUTH="${keys.auth}"\n`;
const settings = (some: string) => `WEBPUSH_URL=${some}\nP256DH=${keys.p256dh}\nAUTH=${keys.auth}\n`;
const mail = (some: string) =>
  `Hi,\n\nhere it is:\n\n${some}\n\np256dh: ${keys.p256dh}\nauth: ${keys.auth}\n\nBye\n`;
const yaml = (some: string) =>
  `- endpoint: "${some}"\n  keys:\n    p256dh: ${keys.p256dh}\n    auth: ${keys.auth}\n`;
const quotedMail = (some: string) =>
  `On Monday Bob wrote:\n> endpoint: ${some}\n> p256dh: ${keys.p256dh}\n> auth: ${keys.auth}\n`;
const xml = (some: string) =>
  `<sub><endpoint>${some}</endpoint><p256dh>${keys.p256dh}</p256dh><auth>${keys.auth}</auth></sub>\n`;
const json = (some: string) =>
  `{"endpoint":"${some}","keys":{"p256dh":"${keys.p256dh}","auth":"${keys.auth}"}}\n`;
const php = (some: string) =>
  `$endpoint = '${some}';\n$p256dh = '${keys.p256dh}';\n$auth = '${keys.auth}';\n`;
const page = (some: string) => `<p>endpoint: ${some}<br>p256dh: ${keys.p256dh}<br>auth: ${keys.auth}</p>\n`;

/** Where it is certain that an endpoint goes on, it is put together. */
const CERTAIN: Readonly<Record<string, [write: (endpoint: string) => string, mark: string]>> = {
  'settings in quotes': [quoted, '\n'],
  'settings in quotes, of Windows': [quoted, '\r\n'],
  'settings in quotes, of an old Mac': [quoted, '\r'],
  'settings in quotes, indented': [quoted, '\n    '],
  'settings in quotes, with a blank line': [quoted, '\n\n'],
  'settings in quotes, with a backslash': [quoted, '\\\n'],
  'settings in quotes, with a backslash and indented': [quoted, '\\\r\n  '],
  'settings in quotes, in quoted-printable': [quoted, '=\n'],
  'settings with a backslash': [settings, '\\\n'],
  'mail with a backslash': [mail, '\\\n'],
  'quoted mail with a backslash': [quotedMail, '\\\n> '],
  'YAML with a backslash': [yaml, '\\\n    '],
  'YAML with CR and a backslash': [yaml, '\r\\\n    '],
  'JSON in quoted-printable': [json, '=\n'],
  'XML in quoted-printable': [xml, '=\r\n'],
  'added strings': [php, "' .\n  '"],
  'a page that says where to break': [page, '<wbr>'],
  'a page with soft hyphens': [page, '&shy;'],
};
/** Where it may go on, it is refused. */
const UNCERTAIN: Readonly<Record<string, [write: (endpoint: string) => string, mark: string]>> = {
  settings: [settings, '\n'],
  'settings with a blank line': [settings, '\n\n'],
  'settings with a blank': [settings, ' '],
  'settings in quotes with a blank': [quoted, ' '],
  'curly quotes': [(some) => quoted(some).replaceAll(/"(.*?)"/gs, '“$1”'), '\n'],
  mail: [mail, '\n'],
  'mail with a blank': [mail, ' '],
  'a page': [page, '\n'],
  'a page with line breaks': [page, '<br>\n'],
  'a command': [(some) => `# p256dh: ${keys.p256dh}\n# auth: ${keys.auth}\ncurl ${some}\n`, '\n  '],
  'a comment': [
    (some) => `// endpoint: ${some}\n// p256dh: ${keys.p256dh}\n// auth: ${keys.auth}\n`,
    '\n// ',
  ],
};
/** As certain, but for services whose endpoints may themselves end with an equals sign. */
const BY_EQUALS: typeof CERTAIN = {
  'settings in quoted-printable': [settings, '=\r\n'],
  'mail in quoted-printable': [mail, '=\n'],
  'quoted mail in quoted-printable': [quotedMail, '=\n> '],
};
const MAY_BE_PADDED = new Set(['Mozilla', 'WNS']);
const formsOf = (service: string) =>
  MAY_BE_PADDED.has(service)
    ? { certain: CERTAIN, uncertain: { ...UNCERTAIN, ...BY_EQUALS } }
    : { certain: { ...CERTAIN, ...BY_EQUALS }, uncertain: UNCERTAIN };
const breaksOf = (endpoint: string, mark: string) => {
  const places: number[] = [];
  for (let at = endpoint.length - LAST_REST; at > 'https://'.length; at -= FAR_STEP) places.push(at);
  return places.map((at) => ({ at, broken: `${endpoint.slice(0, at)}${mark}${endpoint.slice(at)}` }));
};
const inPieces = (text: string, length: number) => {
  const reader = createSubscriptionTextReader();
  const rows = [];
  for (let at = 0; at < text.length; at += length) rows.push(...reader.push(text.slice(at, at + length)));
  return [...rows, ...reader.end()];
};

const endpointsIn = (text: string) =>
  readSubscriptionText(text).flatMap((row) => (row.kind === 'row' ? [row.value.endpoint] : []));

describe.each(Object.entries(ENDPOINTS))(
  'an endpoint of %s that is broken over two lines',
  (service, endpoint) => {
    const { certain, uncertain } = formsOf(service);
    it.each(Object.entries(FORMS))('is never taken without its rest: %s', (_form, write) => {
      for (let at = endpoint.length - LAST_REST; at > 'https://'.length; at -= STEP) {
        const text = write(`${endpoint.slice(0, at)}${at % 2 === 0 ? '\n' : '\r\n  '}${endpoint.slice(at)}`);
        const halves = endpointsIn(text).filter((one) => one !== endpoint);
        expect({ at, halves }).toEqual({ at, halves: [] });
      }
    });

    it.each(Object.entries(certain))('is put together: %s', (_form, [write, mark]) => {
      for (const { at, broken } of breaksOf(endpoint, mark)) {
        const found = endpointsIn(write(broken));
        expect({ at, wrong: found.filter((one) => one !== endpoint) }).toEqual({ at, wrong: [] });
        // What stands in the host does not look random.
        if (at > 60) expect({ at, found }).toEqual({ at, found: [endpoint] });
      }
    });

    it.each(Object.entries(uncertain))('is refused, and the reason said: %s', (_form, [write, mark]) => {
      for (const { at, broken } of breaksOf(endpoint, mark)) {
        const rows = readSubscriptionText(write(broken)).filter(({ kind }) => kind !== 'other');
        const taken = rows.flatMap((row) => (row.kind === 'row' ? [row.value.endpoint] : []));
        // One with a blank in it is refused when it is checked.
        const wrong = taken.filter((one) => one !== endpoint && !one.includes(' '));
        // Behind a blank line, a short word may be anything.
        if (mark !== '\n\n' || at < endpoint.length - 10) expect({ at, wrong }).toEqual({ at, wrong: [] });
        expect(rows).not.toEqual([]);
      }
    });

    it('is never taken without its rest below other addresses that begin like it', () => {
      const others = `icon: ${endpoint.slice(0, 9)}onts.example/i.png\nbadge: ${endpoint.slice(0, 12)}x.example/b.png\n`;
      const [start, rest] = [endpoint.slice(0, -30), endpoint.slice(-30)];
      const text = `${others}endpoint: ${start}\n${rest} is mine\np256dh: ${keys.p256dh}\nauth: ${keys.auth}\n`;
      expect(readSubscriptionText(text)).toMatchObject([
        { kind: 'bad', problem: { code: 'endpoint-broken' } },
      ]);
    });
  },
);

describe('a line below an endpoint', () => {
  it.each([
    'APP_ENV=production',
    'browser=Firefox',
    'user:7',
    'Zoe99@example.com',
    'Firefox',
    'Chrome131',
    'Windows11',
    'production',
    'Ann',
  ])('is not joined to it if it is %s', (line) => {
    const { FCM: endpoint } = ENDPOINTS;
    const text = `P256DH=${keys.p256dh}\nAUTH=${keys.auth}\nENDPOINT=${endpoint}\n${line}\n`;
    expect(endpointsIn(text)).toEqual([endpoint]);
  });

  it('makes it unclear if it may be the rest of it, or the name of a device', () => {
    const text = `Endpoint: ${ENDPOINTS.FCM}\niPhone\np256dh: ${keys.p256dh}\nauth: ${keys.auth}\n`;
    expect(readSubscriptionText(text)).toMatchObject([{ kind: 'bad', problem: { code: 'endpoint-broken' } }]);
  });
});

it('an endpoint over three lines is put together between quotes and with marks, and refused elsewhere', () => {
  const { Mozilla: endpoint } = ENDPOINTS;
  const over = (mark: string) =>
    [endpoint.slice(0, 70), endpoint.slice(70, 140), endpoint.slice(140)].join(mark);
  for (const text of [
    quoted(over('\n')),
    quotedMail(over('\\\n> ')),
    settings(over('\\\n')),
    json(over('=\n')),
  ])
    expect(endpointsIn(text)).toEqual([endpoint]);
  const rows = readSubscriptionText(settings(over('\n'))).filter(({ kind }) => kind !== 'other');
  expect(rows).toMatchObject([{ kind: 'bad', problem: { code: 'endpoint-broken' } }]);
});

it.each([1, 7, 60, 200])('reads the same of broken endpoints in pieces of %i characters', (length) => {
  const { FCM, Apple } = ENDPOINTS;
  const broken = (endpoint: string, mark: string) => endpoint.slice(0, 90) + mark + endpoint.slice(90);
  for (const [write, mark] of [
    ...Object.values(CERTAIN),
    ...Object.values(BY_EQUALS),
    ...Object.values(UNCERTAIN),
  ]) {
    const text = `${write(broken(FCM, mark))}\n\n${write(Apple)}\n\n${write(broken(Apple, mark))}`;
    expect({ text, rows: inPieces(text, length) }).toEqual({ text, rows: readSubscriptionText(text) });
  }
});

it('takes endpoints at the end of lines whose next lines begin with anything', () => {
  const { FCM, Apple } = ENDPOINTS;
  const row = (id: string, some: string) => [id, keys.p256dh, keys.auth, some];
  for (const sign of [',', '\t', ';']) {
    const lines = [['id', 'p256dh', 'auth', 'endpoint'], row('aB3xZ9q', FCM), row('xY8_kLm2', Apple)];
    expect(endpointsIn(lines.map((line) => line.join(sign)).join('\n'))).toEqual([FCM, Apple]);
  }
  expect(endpointsIn(`${FCM}\\\n${keys.p256dh}\\\n${keys.auth}\n`)).toEqual([FCM]);
  expect(
    endpointsIn(`web-push --key=${keys.p256dh} --auth=${keys.auth} --endpoint=${FCM} \\\n  -p x\n`),
  ).toEqual([FCM]);
});

it('does not say that an endpoint is broken if the secret of the next person is below it', () => {
  const [one, next] = [ENDPOINTS.FCM, ENDPOINTS.Apple].map(
    (some) => `${keys.auth}\n${keys.p256dh}\n${some}\n`,
  );
  const codes = readSubscriptionText(`${one}${next}`).flatMap((row) =>
    row.kind === 'bad' ? [row.problem.code] : [],
  );
  expect(codes).toEqual(['keys-near', 'keys-near']);
});

describe('an endpoint that ends with an equals sign', () => {
  const padded = (sign: string, seed: string) => [
    `https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB${seed}${random(100)}${sign}`,
    `https://wns2-par02p.notify.windows.com/w/?token=BQYAAA${seed}${random(60)}${sign}`,
  ];
  const IDS = [
    ['550e8400-e29b-41d4-a716-446655440001', '550e8400-e29b-41d4-a716-446655440002'],
    ['k8Jx2PqLmN5rTvWyZ3bC6dFgHj91', 'aB3xZ9qKd7YbTvWyZ3bC6dFgHj92'],
    ['JohnSmith42@x.org', 'AnnLee77@x.org'],
  ];
  const rows = (sign: string, some: readonly string[], ids: readonly string[], names: readonly string[]) =>
    some.map((endpoint, index) => {
      const cells: Record<string, string | undefined> = { ...keys, endpoint, id: ids[index] };
      return names.map((name) => cells[name]).join(sign);
    });

  it.each(['=', '=='])('is whole at the end of a row, whatever the next one begins with: %s', (sign) => {
    const some = [padded(sign, 'aX1')[0] ?? '', padded(sign, 'bY2')[1] ?? '', padded(sign, 'cZ3')[0] ?? ''];
    for (const ids of IDS)
      for (const between of [',', '\t', ' '])
        for (const names of [
          ['id', 'p256dh', 'auth', 'endpoint'],
          ['auth', 'p256dh', 'endpoint'],
        ]) {
          const lines = rows(between, some, [...ids, ...ids], names);
          const text = [names.join(between), ...lines].join('\n');
          expect({ text, found: endpointsIn(text) }).toEqual({ text, found: some });
        }
  });

  it('gets nothing of a line below it that is somebody’s id', () => {
    for (const endpoint of padded('=', 'aX1'))
      for (const [id = ''] of IDS) {
        const text = `${endpoint}\n${id}\n${keys.p256dh}\n${keys.auth}\n`;
        expect(endpointsIn(text).filter((one) => one !== endpoint)).toEqual([]);
      }
  });
});

it('takes no id of the next person, behind a blank line, for the rest of an endpoint', () => {
  const { FCM, Apple } = ENDPOINTS;
  const ids = ['3f2b8c1e-07d4-4c55-9f0e-0a1b2c3d4e5f', '65f0C0ffee00000000000001', 'user-aB3xK9pQ22'];
  for (const id of ids)
    for (const end of ['\n\n', '\n\n\n']) {
      const block = (some: string) => `${id}\np256dh: ${keys.p256dh}\nauth: ${keys.auth}\nendpoint: ${some}`;
      expect({ id, found: endpointsIn([FCM, Apple].map(block).join(end)) }).toEqual({
        id,
        found: [FCM, Apple],
      });
    }
});

it('reads the token of WNS in mail that writes its sign as =3D', () => {
  const { WNS } = ENDPOINTS;
  expect(endpointsIn(mail(WNS.replace('token=', 'token=3D')))).toEqual([WNS]);
});
