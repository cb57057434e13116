import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useQueries } from '../../api/ApiProvider.tsx';
import type { Draft } from './composition.ts';

/** What is kept of Compose, so that leaving it, or closing the window, loses nothing. */
export function useDraft() {
  const { campaigns } = useQueries();
  const queryClient = useQueryClient();
  const options = campaigns.draft.queryOptions({ staleTime: Infinity });
  const draft = useQuery(options);
  const { mutate } = useMutation(campaigns.saveDraft.mutationOptions());

  const save = (next: Draft | null) => {
    queryClient.setQueryData(options.queryKey, next);
    mutate(next);
  };
  return { draft, save };
}

/** Puts something into Compose from another screen: an audience, or a message that was sent before. */
export function useFillCompose() {
  const { campaigns } = useQueries();
  const queryClient = useQueryClient();
  const { save } = useDraft();
  return async (change: Partial<Draft>) => {
    const kept = await queryClient.query(campaigns.draft.queryOptions({ staleTime: Infinity }));
    save({ message: kept?.message ?? {}, audience: kept?.audience ?? { kind: 'everyone' }, ...change });
  };
}
