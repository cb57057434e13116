import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSubscriptionTextReader, readSubscriptionText } from './subscription-text.ts';

const sub = (name: string) => ({
  endpoint: `https://push.example.com/${name}`,
  expirationTime: null,
  keys: { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZs', auth: 'BTBZMqHH6r4Tts7J_aSIgg' },
});
const A = JSON.stringify(sub('a'));
const pretty = (value: unknown) => JSON.stringify(value, null, 2);

function inPieces(text: string, lengths: readonly number[], longestElement?: number) {
  const reader = createSubscriptionTextReader(longestElement === undefined ? {} : { longestElement });
  const rows = [];
  let at = 0;
  for (let index = 0; at < text.length; index += 1) {
    const length = Math.max(1, lengths[index % lengths.length] ?? 1);
    rows.push(...reader.push(text.slice(at, at + length)));
    at += length;
  }
  return [...rows, ...reader.end()];
}

const whole = fc.constantFrom(
  A,
  pretty(sub('b')),
  `[${A},${A}]`,
  pretty([sub('c'), sub('d')]),
  `{"subscriptions":[${A},\n${A}]}`,
  JSON.stringify(A),
  `{"id":1,"subscription":${A}}`,
  `{"a":{"b":{"c":[]}},"endpoint":1}`,
);
const part = fc.oneof(
  { weight: 4, arbitrary: whole },
  whole.chain((text) =>
    fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([from, to]) => text.slice(from, to)),
  ),
  fc.string(),
  fc.json(),
  fc.constantFrom('\n', '\r\n', '\r', ' ', '\u00a0', ',', ';', '[', ']', '{', '}', '"', '\uFEFF', 'x', '"ab'),
  fc.constant('z'.repeat(150)),
);
const text = fc
  .tuple(fc.array(part, { maxLength: 8 }), fc.constantFrom('', '\n', '\r\n', '\r'))
  .map(([parts, between]) => parts.join(between));

describe('a text in pieces', () => {
  it('gives the rows of the whole text, however it is cut', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(120), { minLength: 1, maxLength: 6 }), (some, lengths) => {
        expect(inPieces(some, lengths)).toEqual(readSubscriptionText(some));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['\r', '\r\n', '\n'])('knows half an address above %j, wherever it was cut', (lineEnd) => {
    const some = `${A}\r\n  "endpoint": "https:/${lineEnd}+`;
    const wanted = readSubscriptionText(some);
    expect(wanted).toMatchObject([{ kind: 'row' }, { kind: 'bad', problem: { code: 'endpoint-broken' } }]);
    for (let at = 1; at < some.length; at += 1) expect(inPieces(some, [at, 1])).toEqual(wanted);
  });

  it('names what a broken one looks like, wherever it was cut', () => {
    const struct = `${A}\nA{\n${A}\n{"id":1,"subscription":${A}}}`;
    for (const length of [1, 2, 7, 100])
      expect(inPieces(struct, [length])).toEqual(readSubscriptionText(struct));
  });

  it('hands rows over as soon as they are certain', () => {
    const reader = createSubscriptionTextReader();
    expect(reader.push(`${A}\n${A.slice(0, 50)}`)).toHaveLength(1);
    expect(reader.push(A.slice(50))).toHaveLength(1);
    expect(reader.push(`\nrubbish\n`)).toHaveLength(0);
    expect(reader.push(`${A}\n${A}\n`).map((row) => [row.kind, row.line])).toEqual([
      ['other', 3],
      ['row', 4],
      ['row', 5],
    ]);
    expect(reader.end()).toEqual([]);
  });

  it('reads a list in a wrapper that is longer than what is kept', () => {
    const list = `{"subscriptions":[${Array.from({ length: 100 }, () => A).join(',\n')}],"count":100}`;
    const rows = inPieces(list, [500], 2000);
    expect(rows.map((row) => row.kind)).toEqual(Array.from({ length: 100 }, () => 'row'));
    expect(rows.at(-1)?.line).toBe(100);
  });

  it('gives up what never ends, and takes what comes after it', () => {
    const broken = `{"a":"${'x'.repeat(5000)}\n`;
    const rows = inPieces(`${broken}${A}\n${A}`, [100], 1000);
    expect(rows.filter((row) => row.kind === 'row')).toHaveLength(2);
    expect(rows[0]?.kind).toBe('bad');
  });

  it('does not keep the space between rows', () => {
    const reader = createSubscriptionTextReader();
    // Keeping it would mean copying over a gigabyte.
    for (let index = 0; index < 300; index += 1) reader.push(' \r\n'.repeat(10_000));
    expect(reader.push(A)).toMatchObject([{ kind: 'row', line: 3_000_001 }]);
  });
});
