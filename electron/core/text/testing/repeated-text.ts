import fc from 'fast-check';

/** What texts with keys and subscriptions consist of, down to single signs: a pattern that is slow is slow at many of the same. */
const SIGNS = [
  ...['\r\n', '\n', '\r', ' ', '  ', '\t', '    ', '\u00a0', '\u200b'],
  ...[
    '"',
    "'",
    '`',
    '“',
    '\\',
    '\\"',
    '^',
    '>',
    '> ',
    '<',
    '</',
    '/>',
    '/',
    '//',
    '/*',
    '#',
    '-',
    '- ',
    '--',
    '* ',
  ],
  ...[
    '|',
    ' | ',
    '=',
    '=>',
    ' => ',
    ':',
    ': ',
    ',',
    ', ',
    ';',
    '.',
    '...',
    '…',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '[{',
  ],
  ...['&', '&amp;', '%', '%3D', '=3D', '$', '@', '+', '_', '~', '<wbr>', '<td>', '</td>', 'name="'],
  ...[
    '7',
    '42',
    '123',
    '0x4',
    '0x04',
    String.raw`\x04`,
    String.raw`\004`,
    '04',
    'ab',
    'A',
    'a',
    'Ab',
    'word',
    'null',
  ],
  ...[
    'endpoint',
    'keys',
    'p256dh',
    'auth',
    'private',
    'public',
    'VAPID_PRIVATE_KEY',
    'mailto:',
    'token=',
    'Array',
    'new ',
  ],
  ...[
    'INSERT INTO ',
    'VALUES ',
    'UPDATE ',
    ' SET ',
    'COPY ',
    '-----BEGIN PRIVATE KEY-----',
    '2026-01-01',
    '00000000 ',
  ],
  ...['https://', 'https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91b', 'BTBZMqHH6r4Tts7J_aSIgg'],
];
const BEGINNINGS = [
  ...['', '"', '<', '{"endpoint":"', 'endpoint: ', 'VAPID_PRIVATE_KEY=', 'INSERT INTO subscriptions VALUES '],
  'https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91b\r\n',
  '"https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91b',
];
const MAX_LENGTH = 6000;

const unit = fc
  .array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 4 })
  .map((signs) => signs.join(''));
const block = fc
  .tuple(unit, fc.constantFrom(1, 3, 20, 40, 70, 300, 1000))
  .map(([part, times]) => part.repeat(Math.min(times, Math.ceil(MAX_LENGTH / part.length))));

/** Texts that repeat a few signs many times, and then end in another way. */
export const repeatedText = fc
  .tuple(
    fc.constantFrom(...BEGINNINGS),
    fc.array(block, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '!', 'x', '"', '\r\n', ' x y', '='),
  )
  .map(([start, blocks, end]) => `${start}${blocks.join('').slice(0, 2 * MAX_LENGTH)}${end}`);
