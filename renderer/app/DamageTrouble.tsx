import { useQuery } from '@tanstack/react-query';
import { useQueries } from '../api/ApiProvider.tsx';
import { ProblemNotice } from '../ui/ProblemNotice.tsx';

/** Says on every screen which rows of the data file are damaged, and how to get them back: what is missing cannot be seen. */
export function DamageTrouble() {
  const { data } = useQuery(useQueries().app.info.queryOptions());
  return data?.damageProblem ? <ProblemNotice problem={data.damageProblem} tone="warn" /> : null;
}
