import type { Loadable } from '../ui/Loaded.tsx';
import { problemOf } from './problem-of.ts';

/** A query as the views want it: data, or the problem in words, and a way to try again. */
export function loadable<Data>(query: {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}): Loadable<Data> {
  return {
    data: query.data,
    problem: query.error ? problemOf(query.error) : null,
    retry: () => void query.refetch(),
  };
}
