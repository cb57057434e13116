import { useQuery } from '@tanstack/react-query';
import { useQueries } from '../api/ApiProvider.tsx';
import { ProblemNotice } from '../ui/ProblemNotice.tsx';

/** Says on every screen that the clock of this computer is wrong, before messages are refused for it. */
export function ClockTrouble() {
  const { data } = useQuery(useQueries().app.info.queryOptions());
  return data?.clockProblem ? <ProblemNotice problem={data.clockProblem} tone="warn" /> : null;
}
