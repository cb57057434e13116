import type { AnySchema, ContractProcedure, ErrorMap, Meta } from '@orpc/contract';
import type { z } from 'zod';
import type { Contract } from '../../contract/procedures.ts';

/** What a service must offer to serve a part of the contract: one function for each procedure, with the parsed input. */
export type Calls<Part extends keyof Contract> = Served<Contract[Part]>;

type Served<Procedures> = { [Name in keyof Procedures]: Call<Procedures[Name]> };

type Call<Procedure> =
  Procedure extends ContractProcedure<infer Input, infer Output, ErrorMap, Meta>
    ? (input: Parsed<Input>, signal?: AbortSignal) => Unparsed<Output> | Promise<Unparsed<Output>>
    : Served<Procedure>;

type Parsed<Schema extends AnySchema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Unparsed<Schema extends AnySchema> = Schema extends z.ZodType ? z.input<Schema> : never;
