import { isContractProcedure } from '@orpc/contract';
import { implement, type Router } from '@orpc/server';
import { shownName } from '../../contract/characters.ts';
import { Refusal, unknownField } from '../../contract/problem.ts';
import { contract, type Contract } from '../../contract/procedures.ts';
import type { Log } from '../base/log.ts';
import type { Calls } from './calls.ts';
import { refuseFromElsewhere } from './refuse-from-elsewhere.ts';
import { translateError } from './translate-errors.ts';
import { withoutScreens } from './without-screens.ts';

export interface RouterOptions {
  /** What answers each procedure of the contract. */
  calls: Calls<Contract>;
  log: Log;
  /** Path of the store, for the text of a refusal. */
  storeFile: string;
  /** Whether there is a window with screens that a cure may lead to ([Note: no screens]). */
  hasScreens: boolean;
  /** Whether its callers are on other machines. */
  isRemote?: boolean;
  /** Aborted when the engine stops: open streams and imports end. */
  stopping: AbortSignal;
}

export type EngineRouter = Router<Contract, object>;

/** The contract, served: each procedure is answered by the call of the same name. Independent of any transport. */
export function createRouter({
  calls,
  log,
  storeFile,
  hasScreens,
  isRemote = false,
  stopping,
}: RouterOptions): EngineRouter {
  const os = implement(contract).use(async ({ next, path, procedure }, input) => {
    try {
      if (procedure['~orpc'].inputSchema === undefined) refuseInput(input);
      if (isRemote) refuseFromElsewhere(path, input);
      const result = await next();
      return hasScreens ? result : { ...result, output: withoutScreens(result.output) };
    } catch (error) {
      throw translateError(error, { path, log, storeFile, hasScreens });
    }
  });
  return os.router(bind({ part: contract, implementer: os, calls, stopping }) as EngineRouter);
}

type ByName = Readonly<Record<string, unknown>>;

interface Handling {
  handler(answer: (call: { input: unknown; signal?: AbortSignal }) => unknown): unknown;
}

/** Walks the contract. The types of `createRouter` guarantee that calls and implementer have each of its names. */
function bind(at: { part: object; implementer: object; calls: object; stopping: AbortSignal }): ByName {
  const { part, stopping } = at;
  const implementer = at.implementer as ByName;
  const calls = at.calls as ByName;
  return Object.fromEntries(
    Object.entries(part).map(([name, inner]: [string, object]) => {
      if (!isContractProcedure(inner)) {
        const [itsImplementer, itsCalls] = [implementer[name] as object, calls[name] as object];
        return [name, bind({ part: inner, implementer: itsImplementer, calls: itsCalls, stopping })];
      }
      const call = calls[name] as (input: unknown, signal: AbortSignal) => unknown;
      const procedure = implementer[name] as Handling;
      return [name, procedure.handler(({ input, signal }) => call(input, until(signal, stopping)))];
    }),
  );
}

/** Aborted when the caller leaves or the engine stops. */
function until(caller: AbortSignal | undefined, stopping: AbortSignal): AbortSignal {
  return caller === undefined ? stopping : AbortSignal.any([caller, stopping]);
}

/** A procedure without input refuses any: a filter that was ignored would look as if it had worked. */
function refuseInput(input: unknown): void {
  if (input === undefined || input === null) return;
  const [name] = typeof input === 'object' ? Object.keys(input) : ['input'];
  if (name !== undefined) throw new Refusal('BAD_INPUT', unknownField(shownName(name)));
}
