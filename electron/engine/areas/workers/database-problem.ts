import type { Problem } from '../../../contract/problem.ts';
import type { Coordinator } from '../../workers/coordinator.ts';
import { databaseTrouble } from '../../workers/database-trouble.ts';

/** Why the database cannot be used, as found by the engine or a worker; `null`: it can. */
export function databaseProblem({ trouble, fleet }: Pick<Coordinator, 'trouble' | 'fleet'>): Problem | null {
  const found = trouble();
  if (found !== null) return toProblem('The database of the workers cannot be used', databaseTrouble(found));
  for (const { state, facts } of fleet.workers)
    if (state !== 'lost' && facts !== null && facts.refused !== null)
      return toProblem(`Worker ${facts.name} cannot use the database`, facts.refused);
  return null;
}

const toProblem = (cause: string, { what, cure }: { what: string; cure: string }): Problem => ({
  code: 'workers-database',
  cause: `${cause}: ${what}.`,
  cure: `Nothing is lost. ${cure} Pushdesk tries again every second.`,
});
