import { useQuery } from '@tanstack/react-query';
import { useQueries } from '../api/ApiProvider.tsx';
import { ProblemNotice } from '../ui/ProblemNotice.tsx';

/** Says on every screen that campaigns have stopped because nothing can be stored. */
export function StoreTrouble() {
  const { data } = useQuery(useQueries().app.info.queryOptions());
  if (!data?.storeProblem) return null;
  const { cause, cure } = data.storeProblem;
  return (
    <ProblemNotice
      problem={{
        ...data.storeProblem,
        cause: `Campaigns have stopped. ${cause}`,
        cure: `${cure} Campaigns then resume automatically.`,
      }}
    />
  );
}
