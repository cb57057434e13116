import { createECDH, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSubscriptionTextReader,
  createWaryReader,
  type SubscriptionTextReader,
} from './subscription-text.ts';

const KEYS = {
  p256dh: createECDH('prime256v1').generateKeys('base64url', 'uncompressed'),
  auth: randomBytes(16).toString('base64url'),
};
const sub = (at: number, more: object = {}) =>
  JSON.stringify({
    endpoint: `https://fcm.googleapis.com/fcm/send/dxWp8TfzCt${at}:APA91b${'hR7vQx2'.repeat(18)}`,
    expirationTime: null,
    keys: KEYS,
    ...more,
  });

const PLAIN = [
  sub(1),
  sub(2, { externalId: 'user-2', label: 'Zoë', tags: ['news', 'a, b'], attributes: { plan: 'pro' } }),
  sub(3, { state: 'active', addedAt: '2026-01-02T03:04:05.678Z', label: 'null' }),
  sub(4, { user_id: 7, created_at: '2026-01-02', meta: { city: 'Oslo' } }),
];
const ODD = [
  sub(5, { label: 'odd \u200bsign', tags: ['x:\u00a0'] }),
  sub(6).replace(/.{40}$/, ''),
  sub(6).slice(-60),
  sub(7).replace('"keys"', '"other"'),
  sub(8).replace('https:', 'http:'),
  sub(9).replace('APA91b', '...'),
  `${sub(10)}, ${sub(11)}`,
  `2026-01-02 user_id=5 ${sub(12)}`,
  sub(13, { avatar: 'https://example.com/a.png' }),
  sub(14, { old: `https://fcm.googleapis.com/fcm/send/${'x'.repeat(100)}`, p: KEYS.p256dh }),
  sub(15, { browser: JSON.parse(sub(16)) as object }),
  JSON.stringify(JSON.parse(sub(17)), null, 2),
  JSON.stringify({ subscription: JSON.parse(sub(18)) as object }),
  `${sub(19)} // Ada`,
  sub(20).replace('null', '\r null'),
  'some words',
  '',
  '[',
  ']',
  '# Ada',
  '\u00a0',
  'https://fcm.googleapis.com/fcm/send/abc',
  KEYS.p256dh,
];
const lines = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...PLAIN) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD) },
  ),
  { maxLength: 12 },
);
const text = fc
  .record({
    start: fc.constantFrom('', '', '\uFEFF', '[\n', '[\r\n', '\uFEFF[\n', '[', '\n'),
    lines,
    between: fc.constantFrom('\n', '\n', '\r\n', ',\n', ',\r\n', '\r'),
    end: fc.constantFrom('', '\n', '\r\n', '\n]', '\n]\n', '}', ' '),
  })
  .map(({ start, lines: some, between, end }) => start + some.join(between) + end);

function rowsOf(reader: SubscriptionTextReader, some: string, length = Math.max(1, some.length)) {
  const rows = [];
  for (let at = 0; at < some.length; at += length) rows.push(...reader.push(some.slice(at, at + length)));
  return [...rows, ...reader.end()];
}

describe('lines that are a subscription each', () => {
  it('give what a reader that takes any form gives', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 700 }), (some, length) => {
        const wanted = rowsOf(createWaryReader({}), some);
        expect(rowsOf(createSubscriptionTextReader(), some)).toEqual(wanted);
        expect(rowsOf(createSubscriptionTextReader(), some, length)).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });

  it('hand their rows over once each is complete', () => {
    const reader = createSubscriptionTextReader();
    expect(reader.push(`${PLAIN[0] ?? ''}\n${PLAIN[1] ?? ''}`)).toHaveLength(2);
    expect(reader.push(`\n${PLAIN[2] ?? ''}`)).toHaveLength(1);
    expect(reader.end()).toEqual([]);
  });
});
