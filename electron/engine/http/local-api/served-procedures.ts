import type { AnyContractProcedure } from '@orpc/contract';
import { traverseContractProcedures } from '@orpc/server';
import { z } from 'zod';
import { contract } from '../../../contract/procedures.ts';

/** Where the local API lives. */
export const API_PREFIX = '/api/v1';

export const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** A procedure of the contract as it is served over HTTP. */
export interface ServedProcedure {
  /** For example `campaigns.start`. */
  readonly name: string;
  readonly method: Method;
  /** Below the prefix, with its parameters in braces: `/campaigns/{id}`. */
  readonly path: string;
  /** What may appear in its query, by name; the value says where the input has it. Empty unless it is a GET. */
  readonly query: ReadonlyMap<string, string>;
  /** The parameters of its path, by name. */
  readonly pathNames: readonly string[];
  /** `null`: it takes no input. */
  readonly input: z.ZodObject | null;
}

/** Only procedures with a route are served: [Note: not over HTTP] in the contract says why. */
export const isServed = ({ contract: found }: { contract: AnyContractProcedure }): boolean =>
  found['~orpc'].route.path !== undefined;

/** @throws Error if a route has an unsupported method: a mistake in the contract */
export function listServedProcedures(): ServedProcedure[] {
  const served: ServedProcedure[] = [];
  traverseContractProcedures({ router: contract, path: [] }, (found) => {
    if (!isServed(found)) return;
    const { '~orpc': definition } = found.contract;
    const { route } = definition;
    const path = route.path ?? '';
    const method = METHODS.find((known) => known === route.method);
    if (method === undefined)
      throw new Error(`${found.path.join('.')} has the method ${route.method ?? 'none'}`);
    const query = method === 'GET' ? queryOf(definition.inputSchema, path) : new Map<string, string>();
    served.push({
      name: found.path.join('.'),
      method,
      path,
      query,
      pathNames: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
      input: definition.inputSchema instanceof z.ZodObject ? definition.inputSchema : null,
    });
  });
  return served;
}

type Shape = Readonly<Record<string, unknown>>;

/** [Note: flat filters] The input of a list has its filter in an object; a query has each field under its own name. */
function queryOf(input: unknown, path: string): Map<string, string> {
  if (!(input instanceof z.ZodObject)) return new Map();
  const names = Object.entries(input.shape as Shape).flatMap(([name, schema]): [string, string][] => {
    if (path.includes(`{${name}}`)) return [];
    const inner = schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
    if (!(inner instanceof z.ZodObject)) return [[name, name]];
    return Object.keys(inner.shape as Shape).map((field) => [field, `${name}[${field}]`]);
  });
  return new Map(names);
}
