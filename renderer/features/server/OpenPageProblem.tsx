import { useQuery } from '@tanstack/react-query';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';

/** Why the subscribe page did not open; if only the browser is missing, with the address to copy. */
export function OpenPageProblem({ error }: { error: Error | null }) {
  const { data: status } = useQuery(useQueries().server.status.queryOptions());
  if (error === null) return null;
  const problem = problemOf(error);
  const url = problem.code === 'no-browser' ? (status?.url ?? null) : null;
  return (
    <ProblemNotice
      problem={problem}
      actions={url !== null && <CopyButton look="button" label="Copy address" text={url} />}
    />
  );
}
