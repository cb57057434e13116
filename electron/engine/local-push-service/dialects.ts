import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { pushServiceSchema } from '../../contract/push-service.ts';
import { PUSH_SERVICES } from '../../core/push-services/all.ts';
import type { Dialect, DialectName, DialectTools } from '../../core/push-services/dialects/dialect.ts';

/** The push services that can be imitated: all those known by name. */
export const dialectNameSchema = pushServiceSchema.exclude(['other']);

const tools: DialectTools = {
  statusText: (status) => STATUS_CODES[status] ?? null,
  randomId: randomUUID,
};

/** How each of them behaves, by name. */
export const DIALECTS = Object.fromEntries(
  dialectNameSchema.options.map((name) => [name, PUSH_SERVICES[name].dialect(tools)]),
) as Readonly<Record<DialectName, Dialect>>;
