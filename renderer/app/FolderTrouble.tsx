import { useQuery } from '@tanstack/react-query';
import { useQueries } from '../api/ApiProvider.tsx';
import { ProblemNotice } from '../ui/ProblemNotice.tsx';

/** Says on every screen that other users on this computer can look into the data folder, and how to prevent that. */
export function FolderTrouble() {
  const { data } = useQuery(useQueries().app.info.queryOptions());
  return data?.folderProblem ? <ProblemNotice problem={data.folderProblem} tone="warn" /> : null;
}
