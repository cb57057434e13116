import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { accessOf } from '../../../contract/access.ts';
import { PROBLEM_TYPE } from './problem-details.ts';
import type { ServedProcedure } from './served-procedures.ts';

const anySchema = z.looseObject({ type: z.unknown().optional() });
const schemaSchema = anySchema.extend({
  properties: z.record(z.string(), anySchema).optional(),
  required: z.array(z.string()).optional(),
  anyOf: z.array(anySchema).optional(),
  default: z.unknown().optional(),
});
type Schema = z.infer<typeof schemaSchema>;

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['query', 'path', 'header']),
  required: z.boolean().default(false),
  description: z.string().optional(),
  schema: schemaSchema,
});
export type Parameter = z.infer<typeof parameterSchema>;

const bodySchema = z.object({
  required: z.boolean(),
  content: z.object({ 'application/json': z.object({ schema: schemaSchema }) }),
});

/** An operation of an OpenAPI document, as far as it is changed here. */
export const operationSchema = z.looseObject({
  parameters: z.array(parameterSchema).default([]),
  requestBody: bodySchema.optional(),
  responses: z.record(z.string(), z.looseObject({})),
});
export type Operation = z.infer<typeof operationSchema>;

const TAGS: Readonly<Partial<Record<string, string>>> = {
  app: 'App',
  keys: 'Key pairs',
  subscriptions: 'Subscriptions',
  audience: 'Segments, tags and attributes',
  campaigns: 'Campaigns',
  drafts: 'Drafts',
  templates: 'Templates',
  receipts: 'Receipts',
  server: 'Server',
  tokens: 'Access tokens',
  workers: 'Workers',
};

const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'A value you choose, such as a UUID. The same key never sends twice: a repeat answers with the campaign that it started.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** Adds what the generator cannot know: how this server reads queries and keys, and what errors look like. */
export function finishOperation(operation: Operation, { name }: ServedProcedure): Operation {
  const [part = ''] = name.split('.', 1);
  const isSend = name === 'campaigns.start';
  const good = Object.entries(operation.responses).filter(([status]) => Number(status) < 400);
  const bad = [...(isSend ? [400] : []), 401, 403, 404, 409, 422, 429, 503].map(problemAnswer);
  return {
    ...operation,
    tags: [TAGS[part] ?? part],
    // The scope that an access token needs (OpenAPI 3.1 §4.8.30).
    security: [{ token: [accessOf(name)] }],
    parameters: [...operation.parameters.flatMap(flatten), ...(isSend ? [IDEMPOTENCY_KEY] : [])],
    ...(operation.requestBody === undefined
      ? {}
      : { requestBody: isSend ? withoutRequestId(operation.requestBody) : operation.requestBody }),
    responses: Object.fromEntries([...good, ...bad]),
  };
}

/** [Note: flat filters] Here, a filter that is an object in the contract becomes one parameter for each of its fields. */
function flatten(parameter: Parameter): Parameter[] {
  const { properties } = parameter.schema;
  if (properties === undefined) return [{ ...parameter, schema: asText(parameter.schema) }];
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: parameter.in,
    required: false,
    schema: asText(schemaSchema.parse(schema)),
  }));
}

/** Text has no `null`, and a list of one looks the same as the one. */
function asText(schema: Schema): Schema {
  const { anyOf, default: fallback, ...rest } = schema;
  const kinds = anyOf?.filter(({ type }) => type !== 'null') ?? [];
  const only = kinds.find(({ type }) => type === 'array') ?? kinds[0];
  if (only === undefined) return schema;
  return { ...rest, ...only, ...(fallback === null ? {} : { default: fallback }) };
}

/** The request id travels in the header. */
function withoutRequestId(body: z.infer<typeof bodySchema>): z.infer<typeof bodySchema> {
  const { schema } = body.content['application/json'];
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => name !== 'requestId');
  const required = schema.required?.filter((name) => name !== 'requestId') ?? [];
  const left = { ...schema, properties: Object.fromEntries(properties), required };
  return { required: true, content: { 'application/json': { schema: left } } };
}

function problemAnswer(status: number): [string, Record<string, unknown>] {
  const schema = { $ref: '#/components/schemas/Problem' };
  return [
    String(status),
    { description: STATUS_CODES[status] ?? '', content: { [PROBLEM_TYPE]: { schema } } },
  ];
}
