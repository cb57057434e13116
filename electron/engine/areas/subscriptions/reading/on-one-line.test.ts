import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const SUBS = Array.from({ length: 200 }, (_none, index) => {
  const { endpoint, keys } = browserSubscription();
  return { i: index, e: endpoint, p: keys.p256dh, a: keys.auth, mail: `ann${index}@example.com` };
});
type Sub = (typeof SUBS)[number];

const json = ({ e, p, a }: Sub) => `{"endpoint":"${e}","keys":{"p256dh":"${p}","auth":"${a}"}}`;
const each = (write: (sub: Sub) => string, between = '') => SUBS.map(write).join(between);

/** What has no line ends where it was minified, printed by a program, or pasted into a single-line field. */
const FORMS: Readonly<Record<string, string>> = {
  'JSON in a list': `[${each(json, ',')}]`,
  'JSON one after another': each(json),
  'a table of HTML': `<table><tr><th>email</th><th>endpoint</th><th>p256dh</th><th>auth</th></tr>${each(
    ({ mail, e, p, a }) => `<tr><td>${mail}</td><td>${e}</td><td>${p}</td><td>${a}</td></tr>`,
  )}</table>`,
  'a list of typed values in Go': `[]webpush.Subscription{${each(
    ({ e, p, a }) => `webpush.Subscription{Endpoint:"${e}", Keys:webpush.Keys{Auth:"${a}", P256dh:"${p}"}}`,
    ', ',
  )}}`,
  'structs of Go without names': `[${each(({ e, p, a }) => `{${e} {${a} ${p}}}`, ' ')}]`,
  'maps of Scala': `List(${each(
    ({ e, p, a }) => `Map(endpoint -> ${e}, keys -> Map(p256dh -> ${p}, auth -> ${a}))`,
    ', ',
  )})`,
  'case classes of Scala': `List(${each(({ e, p, a }) => `Sub(${e},Keys(${p},${a}))`, ', ')})`,
  'tuples of Python': `[${each(({ i, e, p, a }) => `(${i}, '${e}', '${p}', '${a}')`, ', ')}]`,
  'dictionaries of Swift': `[${each(
    ({ e, p, a }) => `["endpoint": "${e}", "keys": ["p256dh": "${p}", "auth": "${a}"]]`,
    ', ',
  )}]`,
  'rows of PostgreSQL in an array': `{${each(({ e, p, a }) => `"(${e},${p},${a})"`, ',')}}`,
  'words with blanks between them': each(({ e, p, a }) => `${e} ${p} ${a}`, ' '),
  'a sentence': `They are ${each(({ mail, e, p, a }) => `${mail}: endpoint ${e}, p256dh ${p}, auth ${a}`, '; ')}.`,
};

const keysOf = (text: string) =>
  readSubscriptionText(text).flatMap((row) =>
    row.kind === 'row' ? [`${row.value.endpoint} ${row.value.keys.p256dh} ${row.value.keys.auth}`] : [],
  );
const refusedIn = (text: string) => readSubscriptionText(text).filter(({ kind }) => kind === 'bad').length;

describe('hundreds of subscriptions on one line', () => {
  it.each(Object.entries(FORMS))('are read from %s', (_name, text) => {
    expect(text.length).toBeGreaterThan(32_000);
    expect(keysOf(text)).toEqual(SUBS.map(({ e, p, a }) => `${e} ${p} ${a}`));
    expect(refusedIn(text)).toBe(0);
  });

  it.each([
    [
      'fields of forms',
      each(({ e, p, a }) => `endpoint=${encodeURIComponent(e)}&p256dh=${p}&auth=${a}`, '&'),
    ],
    ['INSERTs of which one lost its bracket', insertsWithout('VALUES (')],
    ['INSERTs of which one lost its quote', insertsWithout(`'${SUBS[100]?.e ?? ''}`)],
    ['JSON one after another, of which one is broken', each(json).replace(`"${SUBS[100]?.a ?? ''}"`, 'x"')],
  ])('are all accounted for in %s', (_name, text) => {
    expect(keysOf(text).length + refusedIn(text)).toBeGreaterThanOrEqual(SUBS.length);
    for (const found of keysOf(text)) expect(SUBS.map(({ e, p, a }) => `${e} ${p} ${a}`)).toContain(found);
  });

  it('are refused as a whole in SELECTs of literals', () => {
    const text = each(
      ({ e, p, a }) => `SELECT '${e}' AS endpoint, '${p}' AS p256dh, '${a}' AS auth`,
      ' UNION ALL ',
    );
    expect(keysOf(text)).toEqual([]);
    expect(refusedIn(text)).toBeGreaterThan(0);
  });

  it('loses no more than the broken one of JSON one after another', () => {
    expect(keysOf(each(json).replace(`"${SUBS[100]?.a ?? ''}"`, 'x"'))).toHaveLength(SUBS.length - 1);
  });
});

/** One statement for each, with something left out of the middle one. */
function insertsWithout(part: string): string {
  const inserts = SUBS.map(
    ({ mail, e, p, a }) =>
      `INSERT INTO subs (mail, endpoint, p256dh, auth) VALUES ('${mail}','${e}','${p}','${a}');`,
  );
  inserts[100] = inserts[100]?.replace(part, part.slice(1)) ?? '';
  return inserts.join(' ');
}

it('forms of two people one after another never mix, whatever name is lost', () => {
  const [one, two] = SUBS;
  if (one === undefined || two === undefined) throw new Error('There must be two.');
  const whole = [one, two]
    .map(({ e, p, a }) => `endpoint=${encodeURIComponent(e)}&p256dh=${p}&auth=${a}`)
    .join('&');
  const right = [one, two].map(({ e, p, a }) => `${e} ${p} ${a}`);
  for (const { index } of whole.matchAll(/=/g)) {
    const text = `${whole.slice(0, index)} ${whole.slice(index + 1)}`;
    for (const found of keysOf(text)) expect(right).toContain(found);
    expect(keysOf(text).length + refusedIn(text)).toBeGreaterThan(0);
  }
});

it('letters of an address are no name of the key behind it', () => {
  const [{ p, a } = { p: '', a: '' }] = SUBS;
  for (const word of ['AutH4gPLrK', 'p256dhXY', 'VaPiDserver', 'Session-uid'])
    expect(keysOf(`https://fcm.googleapis.com/fcm/send/8UtkM3xEIEZ5${word} ${p} ${a}`)).toHaveLength(1);
});

it('an address is not cut at a slash where its quote is lost', () => {
  const [{ e, p, a } = { e: '', p: '', a: '' }] = SUBS;
  const text = `[namespace(endpoint= ${e}', keys=namespace(p256dh='${p}', auth='${a}'))]`;
  expect(keysOf(text)).toEqual([`${e} ${p} ${a}`]);
});

it('two endpoints above the keys of one are refused: the others’ may be cut off', () => {
  const [one, two] = SUBS;
  const text = `${one?.e ?? ''}\n${two?.e ?? ''}\n${one?.p ?? ''}\n${one?.a ?? ''}`;
  expect(keysOf(text)).toEqual([]);
  expect(refusedIn(text)).toBe(2);
});
