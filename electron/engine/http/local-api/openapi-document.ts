import { STATUS_CODES } from 'node:http';
import { OpenAPIGenerator, type OpenAPI } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { attemptSchema, campaignSchema, deliverySchema } from '../../../contract/campaign.ts';
import { diagnosisSchema } from '../../../contract/diagnosis.ts';
import { keyPairSchema } from '../../../contract/key-pair.ts';
import { contract } from '../../../contract/procedures.ts';
import { settingsSchema } from '../../../contract/app.ts';
import { subscriptionSchema } from '../../../contract/subscription.ts';
import { PROBLEM_TYPE, problemDetailsSchema } from './problem-details.ts';
import { API_PREFIX, isServed, type ServedProcedure } from './served-procedures.ts';

const DESCRIPTION = `Everything that the window of Pushdesk does, for scripts on the same machine.

Send the token that the Server screen shows, as \`Authorization: Bearer\`. Lists come in pages: give the \`nextCursor\` of one as
\`cursor\` to get the next; on the last it is \`null\`. Instants are milliseconds since 1970. Errors are problem details (RFC 9457)
with a stable \`code\`, the cause as \`detail\` and the \`cure\`.`;

const TAGS: Readonly<Record<string, string>> = {
  app: 'App',
  keys: 'Key pairs',
  subscriptions: 'Subscriptions',
  campaigns: 'Campaigns',
  server: 'Server',
};

/** Schemas that stand once in the document, by name. */
const SHARED = {
  Problem: { schema: problemDetailsSchema },
  Settings: { schema: settingsSchema, strategy: 'output' },
  KeyPair: { schema: keyPairSchema, strategy: 'output' },
  Subscription: { schema: subscriptionSchema, strategy: 'output' },
  Campaign: { schema: campaignSchema, strategy: 'output' },
  Delivery: { schema: deliverySchema, strategy: 'output' },
  Attempt: { schema: attemptSchema, strategy: 'output' },
  Diagnosis: { schema: diagnosisSchema, strategy: 'output' },
} as const;

const IDEMPOTENCY_KEY: OpenAPI.ParameterObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'A text of your own, such as a UUID. The same key never sends twice: a repeat answers with the campaign that it started.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** The OpenAPI 3.1 document of the local API, made from the contract. */
export async function createOpenApiDocument(
  procedures: readonly ServedProcedure[],
  version: string,
): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    info: {
      title: 'Pushdesk local API',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: API_PREFIX }],
    security: [{ token: [] }],
    tags: Object.values(TAGS).map((name) => ({ name })),
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    commonSchemas: SHARED,
    filter: isServed,
  });
  for (const procedure of procedures) {
    const operation = operationOf(document, procedure);
    if (operation === undefined) throw new Error(`The document lacks ${procedure.name}`);
    finish(operation, procedure);
  }
  return document;
}

function operationOf(
  { paths }: OpenAPI.Document,
  { method, path }: ServedProcedure,
): OpenAPI.OperationObject | undefined {
  const item = paths?.[path];
  switch (method) {
    case 'GET':
      return item?.get;
    case 'POST':
      return item?.post;
    case 'PATCH':
      return item?.patch;
    case 'DELETE':
      return item?.delete;
  }
}

type Parameter = OpenAPI.ParameterObject | OpenAPI.ReferenceObject;

/** What the generator cannot know: how this server reads queries and keys, and how it answers errors. */
function finish(operation: OpenAPI.OperationObject, { name }: ServedProcedure): void {
  operation.tags = [TAGS[name.split('.')[0] ?? ''] ?? 'Other'];
  operation.parameters = (operation.parameters ?? []).flatMap(flatten);
  const isSend = name === 'campaigns.start';
  if (isSend) {
    operation.parameters.push(IDEMPOTENCY_KEY);
    operation.requestBody = withoutRequestId(operation.requestBody);
  }
  const good = Object.entries(operation.responses ?? {}).filter(([status]) => Number(status) < 400);
  const bad = [...(isSend ? [400] : []), 401, 404, 409, 422, 429, 503].map(problemAnswer);
  operation.responses = Object.fromEntries([...good, ...bad]);
}

/** [Note: flat filters] A filter that the contract has as an object is one parameter for each of its fields here. */
function flatten(parameter: Parameter): Parameter[] {
  if ('$ref' in parameter) return [parameter];
  const { name, in: place, required = false, schema } = parameter;
  if (schema !== undefined && 'properties' in schema && schema.properties !== undefined) {
    return Object.entries(schema.properties).map(([field, ofField]) => ({
      name: field,
      in: place,
      required: false,
      schema: ofField,
    }));
  }
  return [{ name, in: place, required, ...(schema === undefined ? {} : { schema }) }];
}

function withoutRequestId(body: OpenAPI.OperationObject['requestBody']): OpenAPI.RequestBodyObject {
  const content = body !== undefined && 'content' in body ? body.content['application/json'] : undefined;
  const schema = content?.schema;
  if (schema === undefined || !('properties' in schema) || schema.properties?.['requestId'] === undefined) {
    throw new Error('The body of a send has no requestId to leave out');
  }
  const { requestId: _requestId, ...properties } = schema.properties;
  const required = schema.required?.filter((name) => name !== 'requestId') ?? [];
  return { required: true, content: { 'application/json': { schema: { ...schema, properties, required } } } };
}

function problemAnswer(status: number): [string, OpenAPI.ResponseObject] {
  const schema = { $ref: '#/components/schemas/Problem' };
  return [
    String(status),
    { description: STATUS_CODES[status] ?? '', content: { [PROBLEM_TYPE]: { schema } } },
  ];
}
