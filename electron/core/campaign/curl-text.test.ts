import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Attempt } from '../../contract/deliveries.ts';
import { curlText } from './curl-text.ts';

const attemptWith = (request: Partial<Attempt['request']>): Pick<Attempt, 'request'> => ({
  request: { method: 'POST', url: 'https://push.example/1', headers: [], bodyBytes: 415, ...request },
});

it('is the request, line by line, and says what is missing', () => {
  expect(
    curlText(
      attemptWith({
        url: 'https://push.example/send/1',
        headers: [
          ['TTL', '60'],
          ['Authorization', 'vapid t=eyJ0…, k=BAbc'],
        ],
        bodyBytes: 1415,
      }),
    ).split('\n'),
  ).toEqual([
    expect.stringContaining('The token in the Authorization header is shortened'),
    expect.stringContaining('1415 bytes, encrypted for this browser only'),
    String.raw`curl --request POST 'https://push.example/send/1' \ `.trim(),
    String.raw`  --header 'TTL: 60' \ `.trimEnd(),
    String.raw`  --header 'Authorization: vapid t=eyJ0…, k=BAbc' \ `.trimEnd(),
    '  --data-binary @message.bin',
  ]);
});

/** What a real shell makes of it, with a curl that only prints its arguments. */
const wordsOf = (command: string) =>
  execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

it('is one word for each value in a real shell, whatever the value holds', () => {
  const hostile = fc
    .array(
      fc.constantFrom(
        "'",
        '"',
        '$(exit 9)',
        '`id`',
        '\\',
        '\n',
        ';',
        '&',
        '|',
        '!',
        ' ',
        '#',
        'ü',
        '${HOME}',
        '\u202e',
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(hostile, hostile, (path, value) => {
      const url = `https://push.example/${path}`;
      const words = wordsOf(curlText(attemptWith({ url, headers: [['topic', value]] })));
      const seen = (text: string) => text.replace(/[\n\u202e]/g, '');
      expect(words).toEqual([
        '--request',
        'POST',
        seen(url),
        '--header',
        `topic: ${seen(value)}`,
        '--data-binary',
        '@message.bin',
      ]);
    }),
    { numRuns: 40 },
  );
});
