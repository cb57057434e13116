import { expect, it } from 'vitest';
import { answerText, readableBody } from './exchange-text.ts';

it('lays out JSON and leaves anything else as it came', () => {
  expect(readableBody('{"reason":"BadJwtToken"}')).toBe('{\n  "reason": "BadJwtToken"\n}');
  expect(readableBody('<html>502</html>')).toBe('<html>502</html>');
  expect(readableBody('')).toBe('');
});

it('copies an answer whole', () => {
  const answer = { status: 410, headers: [['retry-after', '3'] as [string, string]], body: 'gone' };
  expect(answerText(answer)).toBe('HTTP 410 Gone\nretry-after: 3\n\ngone');
});
