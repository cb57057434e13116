import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const [ONE, TWO, WHOLE] = [1, 2, 3].map(() => {
  const { endpoint, keys } = browserSubscription({ host: 'fcm.googleapis.com/fcm/send' });
  return { endpoint, p256dh: keys.p256dh, auth: keys.auth };
}) as [Parts, Parts, Parts];
interface Parts {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

const member = (name: string, value: string) => `"${name}":${JSON.stringify(value)}`;
const keys = ({ p256dh, auth }: Parts) => `"keys":{${member('p256dh', p256dh)},${member('auth', auth)}}`;
const whole = (one: Parts) => `{${member('endpoint', one.endpoint)},${keys(one)}}`;

/** Where the text of a single object stands. */
const PLACES: Readonly<Record<string, (text: string) => string>> = {
  alone: (text) => text,
  'in a list': (text) => `[${text},${whole(WHOLE)}]`,
  'in lines': (text) => `${text}\n${whole(WHOLE)}\n`,
  'in a wrapper': (text) => `{"total":2,"subscriptions":[${text},${whole(WHOLE)}]}`,
  'within another': (text) => `{"id":7,"subscription":${text}}`,
  'over several lines': (text) => text.replaceAll('{', '{\n  ').replaceAll(',"', ',\n  "'),
  'in a text': (text) => JSON.stringify({ id: 7, subscription: text }),
  'in a table': (text) => `id,subscription\n7,"${text.replaceAll('"', '""')}"\n`,
  'as Python writes it': (text) => text.replaceAll('"', "'"),
};

const rowsOf = (text: string): Parts[] =>
  readSubscriptionText(text).flatMap((row) =>
    row.kind === 'row' ? [{ endpoint: row.value.endpoint, ...row.value.keys }] : [],
  );
const others = (text: string) => rowsOf(text).filter(({ endpoint }) => endpoint !== WHOLE.endpoint);
const refusals = (text: string) =>
  readSubscriptionText(text).flatMap((row) => (row.kind === 'bad' ? [row.problem.code] : []));

describe.each(Object.entries(PLACES))('a name that comes twice %s', (_place, at) => {
  it.each([
    ['endpoint', `{${member('endpoint', ONE.endpoint)},${member('endpoint', TWO.endpoint)},${keys(TWO)}}`],
    [
      'auth',
      `{${member('endpoint', ONE.endpoint)},"keys":{${member('p256dh', ONE.p256dh)},${member('auth', TWO.auth)},${member('auth', ONE.auth)}}}`,
    ],
    [
      'p256dh',
      `{${member('endpoint', ONE.endpoint)},"keys":{${member('p256dh', ONE.p256dh)},${member('p256dh', TWO.p256dh)},${member('auth', ONE.auth)}}}`,
    ],
    ['keys', `{${member('endpoint', ONE.endpoint)},${keys(TWO)},${keys(ONE)}}`],
  ])('is refused if its values differ: %s', (_name, object) => {
    const text = at(object);
    expect(others(text)).toEqual([]);
    expect(new Set(refusals(text))).toEqual(new Set(['unclear-pairs']));
    expect(rowsOf(text)).toEqual(text.includes(WHOLE.endpoint) ? [WHOLE] : []);
  });

  it('is read if its values are the same', () => {
    const text = at(
      `{${member('endpoint', ONE.endpoint)},${member('endpoint', ONE.endpoint)},${keys(ONE)},${keys(ONE)}}`,
    );
    expect(others(text)).toContainEqual(ONE);
    expect(others(text).filter(({ endpoint }) => endpoint !== ONE.endpoint)).toEqual([]);
    expect(refusals(text)).toEqual([]);
  });

  it('loses no subscription', () => {
    for (const object of [
      `{"u1":${whole(ONE)},"u1":${whole(TWO)}}`,
      `{"id":7,"a":${whole(ONE)},"a":${whole(TWO)}}`,
    ]) {
      const text = at(object);
      expect(others(text).length + refusals(text).length).toBe(2);
      for (const row of others(text)) expect([ONE, TWO]).toContainEqual(row);
    }
  });

  it('never mixes two that run into each other', () => {
    const text = at(`${whole(ONE).slice(0, -1)},${whole(TWO).slice(1)}`);
    expect(others(text).length + refusals(text).length).toBe(2);
    for (const row of others(text)) expect([ONE, TWO]).toContainEqual(row);
  });
});
