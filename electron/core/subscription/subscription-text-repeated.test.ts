import fc from 'fast-check';
import { expect, it } from 'vitest';
import { repeatedText } from '../text/testing/repeated-text.ts';
import { readSubscriptionText } from './subscription-text.ts';

const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91b';

it('comes to an end, whatever is repeated', () => {
  fc.assert(
    fc.property(repeatedText, (text) => {
      expect(readSubscriptionText(text)).toBeInstanceOf(Array);
    }),
    { numRuns: 1000 },
  );
});

it.each([
  [
    'an address above lines that are only words, which end with CR LF',
    `${ENDPOINT}\r\n`,
    'abcdef\r\n',
    'x y',
  ],
  ['an open quote above them', `"${ENDPOINT}\r\n`, 'abcdef\r\n', 'x y'],
  ['an address with nothing but blanks behind it', `"endpoint": "${ENDPOINT}`, ' '.repeat(5000), '?'],
  ['brackets with a comment behind each, all on one line', `endpoint: ${ENDPOINT} `, '{// '.repeat(100), ''],
  [
    'bytes in columns, with a word behind them',
    `{"endpoint":"${ENDPOINT}","keys":{"p256dh":"`,
    '  7   42',
    ' end"}}',
  ],
])('comes to an end: %s', (_, start, line, end) => {
  expect(readSubscriptionText(start + line.repeat(60) + end)).not.toEqual([]);
});
