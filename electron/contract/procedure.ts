import { ContractProcedure, oc, type AnyContractProcedure } from '@orpc/contract';
import { procedureErrors } from './problem.ts';

/** The base of every procedure of the contract: the ways in which it may be refused. */
export const procedure = oc.errors(procedureErrors);

/** The same procedures, for the window only: one without a route is not served over HTTP. */
export function withoutRoutes<Procedures extends Record<string, AnyContractProcedure>>(
  procedures: Procedures,
): Procedures {
  return Object.fromEntries(
    Object.entries(procedures).map(([name, { '~orpc': definition }]) => [
      name,
      new ContractProcedure({ ...definition, route: {} }),
    ]),
  ) as Procedures;
}
