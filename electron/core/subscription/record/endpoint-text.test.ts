import { expect, it } from 'vitest';
import { cleanEndpoint } from './endpoint-text.ts';

it.each(['\n', '\r\n', ' \r\n\t', '\n\n', '\r\n  \r\n  ', '\n \t\n\r\n'])(
  'puts together what was broken by %j, blank lines included',
  (broken) => {
    const parts = ['https://fcm.googleapis.com/fcm/send/dQw4w9', 'WgXcQ:APA91b', 'Hk2'];
    expect(cleanEndpoint(parts.join(broken))).toBe(parts.join(''));
  },
);

it('keeps blanks that no line end explains, however many: nobody knows what stood there', () => {
  const text = `https://fcm.googleapis.com/fcm/send/a${' '.repeat(500_000)}b`;
  expect(cleanEndpoint(text)).toBe(text);
});
