import { expect, it } from 'vitest';
import { answerText, readableBody } from './exchange-text.ts';

it('lays out JSON and leaves anything else as it came', () => {
  expect(readableBody('{"reason":"BadJwtToken"}')).toBe('{\n  "reason": "BadJwtToken"\n}');
  expect(readableBody('<html>502</html>')).toBe('<html>502</html>');
  expect(readableBody('')).toBe('');
});

it('copies an answer whole', () => {
  const answer = {
    status: 410,
    headers: [['retry-after', '3'] as [string, string]],
    body: 'gone',
    cut: null,
  };
  expect(answerText(answer)).toBe('HTTP 410 Gone\nretry-after: 3\n\ngone');
});

it('says in the copy how much of a long answer is kept', () => {
  const cut = { receivedBytes: 81_234, keptBytes: 4096 };
  expect(answerText({ status: 500, headers: [], body: 'talk', cut })).toBe(
    'HTTP 500 Internal server error\n\ntalk\n\n[The answer was longer: 81,234 bytes came, 4,096 are kept.]',
  );
});
