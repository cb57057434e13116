import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from './answer.ts';
import { keepAnswer, KEPT_ANSWER_BYTES, KEPT_SHORT_ANSWER_BYTES, sizeOfAnswer } from './kept-answer.ts';

const answers: fc.Arbitrary<Answer> = fc.record({
  status: fc.integer({ min: 200, max: 599 }),
  headers: fc.array(
    fc.tuple(
      fc.oneof(fc.constantFrom('Date', 'location', 'retry-after', 'server'), fc.string({ maxLength: 30 })),
      fc.string({ maxLength: 3000 }),
    ),
    { maxLength: 60 },
  ),
  body: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 9000 }), fc.string({ maxLength: 9000 })),
});

const bytesOf = ({ headers, body }: Answer) =>
  Buffer.byteLength(body) +
  headers.reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}: ${value}\r\n`), 0);

describe('what is kept of an answer', () => {
  it('never takes more than its room, and is a part of what came', () => {
    fc.assert(
      fc.property(answers, fc.constantFrom(KEPT_ANSWER_BYTES, KEPT_SHORT_ANSWER_BYTES), (answer, limit) => {
        const kept = keepAnswer(answer, limit);
        expect(bytesOf(kept)).toBeLessThanOrEqual(limit);
        expect(kept.status).toBe(answer.status);
        expect(answer.body.startsWith(kept.body)).toBe(true);
        expect(sizeOfAnswer(answer)).toBe(bytesOf(answer));
        for (const [name, value] of kept.headers)
          expect(
            answer.headers.some(
              ([other, whole]) => other === name && whole.startsWith(value.replace(/…$/, '')),
            ),
          ).toBe(true);
        if (bytesOf(answer) <= limit) expect(kept).toEqual({ ...answer, receivedBytes: null });
        else expect(kept.receivedBytes).toBe(bytesOf(answer));
      }),
    );
  });

  it('cuts no character in two', () => {
    for (let shift = 0; shift < 4; shift += 1) {
      const body = 'x'.repeat(shift) + '😀'.repeat(3000);
      expect(keepAnswer({ status: 400, headers: [], body }, KEPT_ANSWER_BYTES).body).toMatch(/^x*(?:😀)*$/u);
    }
  });

  it('holds on to the fields that tell most, however many others there are', () => {
    const noise = Array.from({ length: 90 }, (_, at): [string, string] => [`x-noise-${at}`, 'n'.repeat(150)]);
    const telling: [string, string][] = [
      ['Retry-After', '120'],
      ['Date', 'Sat, 28 Nov 2026 20:00:00 GMT'],
    ];
    const { headers } = keepAnswer(
      { status: 429, headers: [...noise, ...telling], body: '' },
      KEPT_ANSWER_BYTES,
    );
    expect(headers.slice(-2)).toEqual(telling);
    expect(headers.length).toBeLessThan(20);
  });

  it('keeps equal bodies equal, whatever stands above them', () => {
    const body = 'the same words '.repeat(5000);
    const one = keepAnswer({ status: 500, headers: [['location', 'a']], body }, KEPT_ANSWER_BYTES);
    const other = keepAnswer({ status: 500, headers: [['location', 'longer']], body }, KEPT_ANSWER_BYTES);
    expect(other.body).toBe(one.body);
  });
});
