import type {
  AnyContractProcedure,
  ContractProcedure,
  ErrorMap,
  InferSchemaInput,
  InferSchemaOutput,
  Meta,
} from '@orpc/contract';

/**
 * What serves a part of the contract: one function for each procedure, of the same name, with the parsed input. Long-running calls take the
 * signal, which is aborted when the caller leaves or the engine stops.
 */
export type Calls<Procedures> = {
  readonly [Name in keyof Procedures]: Procedures[Name] extends AnyContractProcedure
    ? Call<Procedures[Name]>
    : Calls<Procedures[Name]>;
};

export type Call<Procedure extends AnyContractProcedure> =
  Procedure extends ContractProcedure<infer Input, infer Output, ErrorMap, Meta>
    ? (
        input: InferSchemaOutput<Input>,
        signal: AbortSignal,
      ) => InferSchemaInput<Output> | Promise<InferSchemaInput<Output>>
    : never;
