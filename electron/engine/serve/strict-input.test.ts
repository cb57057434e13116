import { traverseContractProcedures } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cancelSubscriptionSchema, reportSubscriptionSchema } from '../../contract/http.ts';
import { hostContract } from '../../contract/host.ts';
import { contract } from '../../contract/procedures.ts';

/** A person's half-finished work is kept as it is; only Compose reads it, field by field. */
const FREE = [
  'drafts.create.message',
  'drafts.create.choices',
  'drafts.save.message',
  'drafts.save.choices',
  'templates.create.message',
  'templates.update.message',
];

const schemas: [string, unknown][] = [
  ['POST /api/subscriptions', reportSubscriptionSchema],
  ['DELETE /api/subscriptions', cancelSubscriptionSchema],
];
for (const router of [contract, hostContract])
  traverseContractProcedures({ router, path: [] }, ({ contract: found, path }) => {
    const { inputSchema } = found['~orpc'] as { inputSchema: unknown };
    if (inputSchema !== undefined) schemas.push([path.join('.'), inputSchema]);
  });

/** Every place in a schema that accepts more, or something else, than it says. */
function loosePlaces(schema: unknown, path: string): string[] {
  if (FREE.includes(path)) return [];
  if (schema instanceof z.ZodObject) {
    const loose = schema.def.catchall instanceof z.ZodNever ? [] : [`${path} takes unknown names`];
    const inner = Object.entries(schema.shape);
    return [...loose, ...inner.flatMap(([name, field]) => loosePlaces(field, `${path}.${name}`))];
  }
  if (schema instanceof z.ZodRecord) {
    return [schema.keyType, schema.valueType].flatMap((part) => loosePlaces(part, path));
  }
  if (schema instanceof z.ZodArray) return loosePlaces(schema.element, `${path}[]`);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => loosePlaces(option, path));
  if (schema instanceof z.ZodPipe) return [schema.in, schema.out].flatMap((part) => loosePlaces(part, path));
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return loosePlaces(schema.unwrap(), path);
  }
  const isPlain =
    schema instanceof z.ZodString ||
    schema instanceof z.ZodStringFormat ||
    schema instanceof z.ZodNumber ||
    schema instanceof z.ZodBoolean ||
    schema instanceof z.ZodEnum ||
    schema instanceof z.ZodLiteral ||
    schema instanceof z.ZodTransform;
  if (!isPlain) return [`${path} takes anything`];
  return 'coerce' in schema.def && schema.def.coerce ? [`${path} is coerced`] : [];
}

describe('what is taken in', () => {
  it.each(schemas)('by %s has the names and the types that it says, and no others', (name, schema) => {
    expect(loosePlaces(schema, name)).toEqual([]);
  });

  it('is all of the contract', () => {
    expect(schemas.length).toBeGreaterThan(35);
  });

  it('would not pass with a loose, free or coerced part', () => {
    const loose = z.strictObject({
      list: z.array(z.object({ a: z.string() })).default([]),
      free: z.record(z.string(), z.unknown()).nullable(),
      id: z.coerce.number().optional(),
    });
    expect(loosePlaces(loose, 'x')).toEqual([
      'x.list[] takes unknown names',
      'x.free takes anything',
      'x.id is coerced',
    ]);
  });
});
