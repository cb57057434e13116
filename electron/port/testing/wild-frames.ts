import fc from 'fast-check';

/** What once ended the engine, and things like it. */
export const MALFORMED: readonly unknown[] = [
  'x',
  '{',
  '',
  'null',
  '[]',
  '0',
  '"x"',
  '{}',
  '{"i":"1"}',
  '{"i":"1","p":null}',
  '{"i":"1","p":{"u":"http://["}}',
  '{"i":"1","p":{"u":"app"}}',
  '{"i":1,"p":{"u":"/app/info"}}',
  '{"i":"1","t":3,"p":{"e":"message"}}',
  '{"i":"1","t":9,"p":{"u":"/app/info"}}',
  '{"t":4}',
  '{"__proto__":{"i":"1"},"p":{"u":"/app/info"}}',
  '{"i":"1","p":{"u":"/app/info","m":"GET"}}',
  '{"i":"1","p":{"u":"/app/info","__proto__":{"x":1}}}',
  '{"i":"1","p":{"u":"/app/../app/info"}}',
  '{"i":"1","p":{"u":"/app/info","constructor":1}}',
  `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
  new Uint8Array([1, 2]),
  new Uint8Array([123, 125, 255, 1]).buffer,
  null,
  undefined,
  7,
  { i: '1', p: { u: '/app/info' } },
  ['x'],
];

const wildName = fc.constantFrom(
  'i',
  't',
  'p',
  'u',
  'b',
  'h',
  's',
  'e',
  'd',
  'm',
  '__proto__',
  'constructor',
);
const wildValue = fc.oneof(
  fc.constantFrom<unknown>('1', '/app/info', 'message', 1, 2, 3, 4, null, {}, [], true, {
    json: 1,
    meta: [[1, 'x']],
  }),
  fc.jsonValue({ maxDepth: 3 }),
);
const wildObject = fc
  .array(fc.tuple(wildName, wildValue), { maxLength: 5 })
  .map((pairs) => `{${pairs.map(([name, value]) => `"${name}":${JSON.stringify(value)}`).join(',')}}`);

/** Frames of every kind, some nearly right and some right. `valid`: what a right one looks like, as text, for a given call number. */
export const wildFrame = (valid: (id: string) => string): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom(...MALFORMED),
    fc.string(),
    fc.json(),
    fc.uint8Array({ maxLength: 40 }),
    wildObject,
    fc
      .tuple(fc.string({ maxLength: 3 }), wildObject)
      .map(([id, p]) => `{"i":${JSON.stringify(id)},"p":${p}}`),
    fc
      .tuple(fc.constantFrom('1', '2', 'a'), fc.nat(80), fc.string({ maxLength: 3 }))
      .map(([id, at, text]) => valid(id).slice(0, at) + text + valid(id).slice(at)),
    fc.constantFrom('1', '2', '3').map(valid),
  );
