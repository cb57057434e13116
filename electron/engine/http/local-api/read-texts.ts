import { z } from 'zod';
import type { ServedProcedure } from './served-procedures.ts';

const DECIMAL = /^(?:0|[1-9]\d{0,15})$/;

/**
 * Values in a path or a query are text: numbers are read from canonical decimal digits, booleans from `true` and `false`. Anything else
 * stays text, for the schema to refuse. A body has its own types and is left alone.
 */
export function readTexts(
  input: unknown,
  { method, pathNames, input: schema }: Pick<ServedProcedure, 'method' | 'pathNames' | 'input'>,
): unknown {
  if (schema === null || !isRecord(input)) return input;
  return readFields(input, schema, (name) => method === 'GET' || pathNames.includes(name));
}

function readFields(
  given: Readonly<Record<string, unknown>>,
  schema: z.ZodObject,
  isText: (name: string) => boolean,
): Record<string, unknown> {
  const fields = Object.entries(given).map(([name, value]): [string, unknown] => {
    const field = Object.hasOwn(schema.shape, name) ? bare(schema.shape[name]) : undefined;
    return [name, isText(name) ? readText(value, field) : value];
  });
  return Object.fromEntries(fields);
}

function readText(value: unknown, field: unknown): unknown {
  if (field instanceof z.ZodObject) return isRecord(value) ? readFields(value, field, () => true) : value;
  if (field instanceof z.ZodNumber && typeof value === 'string' && DECIMAL.test(value)) return Number(value);
  if (field instanceof z.ZodBoolean && value === 'true') return true;
  if (field instanceof z.ZodBoolean && value === 'false') return false;
  return value;
}

/** The schema without whatever makes it optional. */
function bare(schema: unknown): unknown {
  const wraps =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault;
  return wraps ? bare(schema.unwrap()) : schema;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
