import { isContractProcedure } from '@orpc/contract';
import { contract, type Contract } from '../../contract/procedures.ts';
import type { Calls } from '../serve/calls.ts';

/** Calls of which only some are implemented; each of the others fails like a defect. */
export function someCalls(given: object): Calls<Contract> {
  return filled(contract, given) as unknown as Calls<Contract>;
}

function filled(part: object, given: object): object {
  const known = given as Readonly<Record<string, object | undefined>>;
  return Object.fromEntries(
    Object.entries(part).map(([name, inner]: [string, object]) => [
      name,
      isContractProcedure(inner) ? (known[name] ?? missing) : filled(inner, known[name] ?? {}),
    ]),
  );
}

function missing(): never {
  throw new TypeError('this call is not there');
}
