import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endpointTail, shortenEndpoint, shortenMiddle } from './shorten.ts';

it('keeps both ends of a long text', () => {
  expect(shortenMiddle('abcdefghijklmnop', 7)).toBe('abc…nop');
  expect(shortenMiddle('abc', 7)).toBe('abc');
});

it('is never longer than asked, and changes nothing that fits', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 3, max: 40 }), (text, length) => {
      const short = shortenMiddle(text, length);
      expect(short.length).toBeLessThanOrEqual(length);
      if (text.length <= length) expect(short).toBe(text);
    }),
  );
});

it.each([
  [
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAAABabcdefghij',
    'updates.push.services.mozilla.com/…abcdefghij',
  ],
  ['https://wns2.notify.windows.com/w/?token=BQYAAA0123456789', 'wns2.notify.windows.com/…0123456789'],
  ['https://push.example/short', 'push.example/short'],
  ['not an address', 'not an address'],
])('%s', (endpoint, words) => {
  expect(shortenEndpoint(endpoint)).toBe(words);
});

it('tells two endpoints of one service apart by their ends', () => {
  expect(endpointTail('https://fcm.googleapis.com/fcm/send/abc:APA91b01234567', 8)).toBe('…01234567');
  expect(endpointTail('short')).toBe('short');
});
