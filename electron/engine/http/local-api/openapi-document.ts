import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { settingsSchema } from '../../../contract/settings.ts';
import { attemptSchema, deliverySchema } from '../../../contract/deliveries.ts';
import { campaignSchema } from '../../../contract/campaigns.ts';
import { diagnosisSchema } from '../../../contract/diagnosis.ts';
import { keyPairSchema } from '../../../contract/keys.ts';
import { contract } from '../../../contract/procedures.ts';
import { subscriptionSchema } from '../../../contract/subscriptions.ts';
import { finishOperation, operationSchema, type Operation } from './openapi-operation.ts';
import { problemDetailsSchema } from './problem-details.ts';
import { API_PREFIX, isServed, type ServedProcedure } from './served-procedures.ts';

/** An OpenAPI 3.1 document, as JSON. */
export interface OpenApiDocument {
  readonly openapi: string;
  /** Operations by path, then by method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const DESCRIPTION = `Almost everything the Pushdesk window does, for scripts.

Send the token, which is in the file \`api-token\` of the data folder, or an access token with the scope that the operation names under
\`security\`, as \`Authorization: Bearer\`. Lists come in pages: give the
\`nextCursor\` of one as \`cursor\` to get the next; on the last it is \`null\`. Instants are milliseconds since 1970. Errors are problem details (RFC 9457)
with a stable \`code\`, the cause as \`detail\` and the \`cure\`.`;

/** Schemas that the document defines once and refers to, by name. */
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

/** The local API's document, generated from the contract. */
export async function createOpenApiDocument(
  procedures: readonly ServedProcedure[],
  version: string,
): Promise<OpenApiDocument> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const generated = await generator.generate(contract, {
    info: { title: 'Pushdesk local API', version, description: DESCRIPTION },
    servers: [{ url: API_PREFIX }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    commonSchemas: SHARED,
    filter: isServed,
  });
  const paths: Record<string, Record<string, Operation>> = {};
  for (const procedure of procedures) {
    const method = METHOD_NAMES[procedure.method];
    const operation = operationSchema.parse(generated.paths?.[procedure.path]?.[method]);
    paths[procedure.path] = {
      ...paths[procedure.path],
      [method]: finishOperation(operation, procedure),
    };
  }
  return { ...generated, paths };
}

const METHOD_NAMES = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;
