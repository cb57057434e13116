import { isContractProcedure } from '@orpc/contract';
import { accessOf } from '../../contract/access.ts';
import { contract } from '../../contract/procedures.ts';
import type { EngineRouter } from './router.ts';

/** The same procedures without those that may not be called from elsewhere ([Note: access]): they are absent there, not refused. */
export const remoteRouter = (router: EngineRouter): EngineRouter =>
  pick(contract, router, '') as EngineRouter;

type Parts = Readonly<Record<string, unknown>>;

function pick(part: object, router: Parts, prefix: string): Parts {
  const kept = Object.entries(part).flatMap(([name, inner]: [string, object]): [string, unknown][] => {
    if (!isContractProcedure(inner)) return [[name, pick(inner, router[name] as Parts, `${prefix}${name}.`)]];
    return accessOf(prefix + name) === 'here' ? [] : [[name, router[name]]];
  });
  return Object.fromEntries(kept);
}
