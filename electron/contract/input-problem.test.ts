import { traverseContractProcedures } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hostContract } from './host.ts';
import { cancelSubscriptionSchema, reportSubscriptionSchema } from './http.ts';
import { inputProblem } from './input-problem.ts';
import { wordsOfIssue } from './issue-words.ts';
import { contract } from './procedures.ts';

const NAMES = { code: 'x', whole: 'The input' };
/** Words of zod's own sentences, which none of ours may have. */
const RAW =
  /expected|received|Invalid|invalid (input|option|string|value|key)|Too (big|small)|Unrecogni|[<>]=?|\/\^|undefined|NaN|\[object/;
const SENTENCE = /^[A-Z"][^]*\.$/;

const LONG = 'x'.repeat(2_000_000);
const HOSTILE: unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  0.5,
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 60,
  '',
  ' ',
  'x',
  '\u202E',
  '2026-13-45',
  [],
  [null],
  ['x', 1],
  {},
  { kind: 'x' },
  { kind: 'chosen', ids: [] },
  { kind: 'chosen', ids: [0] },
  { endpoint: 1, keys: {} },
  10n,
  new Date(0),
  new Map(),
  Symbol.iterator,
];
/** Inputs that take long to refuse. */
const LARGE: unknown[] = [
  LONG,
  Array.from({ length: 10_001 }, (_, index) => index + 1),
  { title: LONG, actions: [{}, {}, {}] },
];
/** Procedures share schemas, such as that of a message, so each schema meets the large inputs only once, where it first occurs. */
const metLarge = new Set<unknown>();

/** Inputs for the schema in which one name after another is hostile, at every depth. */
function hostileFor(schema: unknown): unknown[] {
  const hostile = metLarge.has(schema) ? HOSTILE : [...HOSTILE, ...LARGE];
  metLarge.add(schema);
  const inner = innerOf(schema);
  if (inner instanceof z.ZodArray) return [...hostile, ...hostileFor(inner.element).map((one) => [one])];
  if (inner instanceof z.ZodUnion) return [...hostile, ...inner.options.flatMap(hostileFor)];
  if (!(inner instanceof z.ZodObject)) return hostile;
  const literals = Object.fromEntries(
    Object.entries(inner.shape).flatMap(([name, field]) =>
      field instanceof z.ZodLiteral ? [[name, [...field.values][0]]] : [],
    ),
  );
  return [
    ...hostile,
    ...Object.entries(inner.shape).flatMap(([name, field]) =>
      hostileFor(field).map((value) => ({ ...literals, [name]: value })),
    ),
  ];
}

function innerOf(schema: unknown): unknown {
  if (schema instanceof z.ZodPipe)
    return innerOf(schema.in instanceof z.ZodTransform ? schema.out : schema.in);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  )
    return innerOf(schema.unwrap());
  return schema;
}

const schemas: [string, z.ZodType][] = [
  ['POST /api/subscriptions', reportSubscriptionSchema],
  ['DELETE /api/subscriptions', cancelSubscriptionSchema],
];
for (const router of [contract, hostContract])
  traverseContractProcedures({ router, path: [] }, ({ contract: found, path }) => {
    const { inputSchema } = found['~orpc'] as { inputSchema: unknown };
    if (inputSchema !== undefined) schemas.push([path.join('.'), inputSchema as z.ZodType]);
  });

describe('input that is refused', () => {
  it.each(schemas)('by %s is refused in plain sentences, whatever it is', (_, schema) => {
    const seen = new Set<string>();
    for (const value of hostileFor(schema)) {
      for (const issue of schema.safeParse(value).error?.issues ?? []) {
        const { cause, cure } = inputProblem([issue], NAMES);
        if (!seen.has(cause + cure)) for (const words of [cause, cure, issue.message]) seen.add(words);
      }
    }
    expect(seen.size).toBeGreaterThan(2);
    const raw = [...seen].filter(
      (words) =>
        RAW.test(words.replace(/"[^"]*"|is invalid\./g, '')) || !SENTENCE.test(words) || words.length > 400,
    );
    expect(raw).toEqual([]);
  });

  it('is all of the contract', () => {
    expect(schemas.length).toBeGreaterThan(35);
  });
});

describe('the words', () => {
  const said = (schema: z.ZodType, value: unknown) =>
    inputProblem(schema.safeParse(value).error?.issues ?? [], NAMES);

  it.each([
    ['a text too long', z.string().max(2000), LONG, 'Use at most 2,000 characters.'],
    ['no text', z.string().min(1), '', 'Use at least 1 character.'],
    ['a list too long', z.array(z.number()).max(1), [1, 2], 'Use at most 1 item.'],
    ['a number too large', z.number().max(65_535), 70_000, 'Use a number up to 65,535.'],
    ['a number too small', z.number().min(1024), 80, 'Use a number from 1,024.'],
    ['a number at its bound', z.number().lt(5), 5, 'Use a number below 5.'],
    ['a number at the other', z.number().positive(), 0, 'Use a number above 0.'],
    ['a fraction', z.number().int(), 0.5, 'Use a whole number.'],
    ['a size', z.string().length(3), 'xx', 'Use exactly 3 characters.'],
    ['a step', z.number().multipleOf(5), 3, 'Use a multiple of 5.'],
    ['a word', z.enum(['one', 'two', 'three']), 'four', 'Use one, two or three.'],
    ['a type', z.boolean(), 'true', 'Use true or false.'],
    ['a format', z.uuid(), 'x', 'Use a UUID.'],
    ['a beginning', z.string().startsWith('https:'), 'x', 'Begin it with "https:".'],
    ['a pattern', z.string().regex(/^a$/), 'x', 'Use another spelling: this is not in the expected format.'],
    [
      'a kind',
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
      {},
      'Use a or b.',
    ],
    ['a form', z.union([z.string(), z.number()]), null, 'It matches none of the allowed forms.'],
    [
      'a name of a record',
      z.record(z.string().max(2), z.string()),
      { long: 'x' },
      'One of its names cannot be used. Use at most 2 characters.',
    ],
    ['a rule without words', z.string().refine(() => false), 'x', 'Use another value.'],
    ['words of its own', z.string().max(3, 'Shorten it.'), 'xxxx', 'Shorten it.'],
  ])('name the limit of %s', (_, schema, value, words) => {
    expect(said(schema, value)).toMatchObject({ cure: words });
  });

  it('name two fields that different forms have, and none both; one that no form has stays unknown', () => {
    const form = z.union([z.strictObject({ ids: z.array(z.int()) }), z.strictObject({ filter: z.string() })]);
    const schema = z.strictObject({ target: form });
    expect(said(schema, { target: { ids: [1], filter: 'a' } })).toEqual({
      code: 'x',
      cause: 'The fields "target.filter" and "target.ids" cannot be used together.',
      cure: 'Send only one of them.',
      field: 'target.filter',
    });
    for (const rest of [{ ids: [1] }, { filter: 'a' }, { ids: [1], filter: 'a' }])
      expect(said(schema, { target: { ...rest, x: 1 } })).toMatchObject({
        code: 'unknown-field',
        field: 'target.x',
      });
  });

  it('name the field by its path, and what is missing', () => {
    const schema = z.strictObject({ audience: z.strictObject({ ids: z.array(z.number()) }) });
    expect(said(schema, { audience: { ids: ['1'] } })).toEqual({
      code: 'x',
      cause: 'The field "audience.ids.0" is invalid.',
      cure: 'Use a number.',
      field: 'audience.ids.0',
    });
    expect(said(schema, { audience: {} })).toMatchObject({
      cause: 'The field "audience.ids" is missing.',
      cure: 'Use a list.',
    });
    expect(said(schema, undefined)).toEqual({
      code: 'x',
      cause: 'The input is missing.',
      cure: 'Use an object.',
    });
  });

  it('name the field of the form that all but fits', () => {
    const schema = z.strictObject({
      from: z.union([z.string(), z.strictObject({ port: z.number().max(9) })]),
    });
    expect(said(schema, { from: { port: 10 } })).toMatchObject({
      field: 'from.port',
      cure: 'Use a number up to 9.',
    });
  });

  it('cut what whoever sends it can make as long as they like', () => {
    expect(wordsOfIssue({ code: 'unrecognized_keys', keys: [LONG], input: {} }).length).toBeLessThan(100);
  });
});
