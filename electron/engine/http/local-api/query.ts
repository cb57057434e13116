import { shownName } from '../../../contract/characters.ts';
import { HttpProblem } from '../http-problem.ts';
import type { ServedProcedure } from './served-procedures.ts';

/**
 * Turns the query into the procedure's input. An unknown name is refused: ignoring a misspelt filter would give a different list from the
 * one requested.
 *
 * @throws HttpProblem 422
 */
export function readQuery(
  given: URLSearchParams,
  { query }: Pick<ServedProcedure, 'query'>,
): URLSearchParams {
  const read = new URLSearchParams();
  for (const [name, value] of given) {
    const field = query.get(name);
    if (field === undefined) throw unknownName(name, [...query.keys()]);
    read.append(field, value);
  }
  return read;
}

function unknownName(name: string, known: string[]): HttpProblem {
  return new HttpProblem(422, {
    code: 'unknown-parameter',
    cause: `There is no query parameter "${shownName(name)}" here.`,
    cure: known.length === 0 ? 'Leave it out.' : `Use ${known.join(', ')}.`,
    field: shownName(name),
  });
}
