import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useQueries } from '../api/ApiProvider.tsx';
import type { Draft } from '../../electron/contract/campaigns.ts';
import { compositionOf, isBlank, isSameMessage, type MessageFields } from './composition.ts';

/** What is kept of Compose, so that leaving it, or closing the window, loses nothing. */
export function useDraft() {
  const { campaigns } = useQueries();
  const queryClient = useQueryClient();
  const options = campaigns.draft.queryOptions({ staleTime: Infinity });
  const draft = useQuery(options);
  const { mutate, mutateAsync } = useMutation(campaigns.saveDraft.mutationOptions());

  const save = (next: Draft | null) => {
    queryClient.setQueryData(options.queryKey, next);
    mutate(next);
  };
  /** The same, to be waited for. @throws what the engine says where it cannot be kept; Compose still stands as it was */
  const saveFirst = async (next: Draft) => {
    await mutateAsync(next);
    queryClient.setQueryData(options.queryKey, next);
  };
  return { draft, save, saveFirst };
}

/** Puts something into Compose from another screen, and gives what stood there: an audience, or a message that was sent before. */
export function useFillCompose() {
  const { campaigns } = useQueries();
  const queryClient = useQueryClient();
  const { saveFirst } = useDraft();
  return async (change: Partial<Draft>) => {
    const kept = await queryClient.query(campaigns.draft.queryOptions({ staleTime: Infinity }));
    await saveFirst({
      message: kept?.message ?? {},
      audience: kept?.audience ?? { kind: 'everyone' },
      ...change,
    });
    return kept;
  };
}

/** What would be lost if this message took the place of the draft: its fields, or `null` where nothing would be. */
export function useDraftInTheWay() {
  const { campaigns } = useQueries();
  const queryClient = useQueryClient();
  return async (next: Draft['message']): Promise<MessageFields | null> => {
    const kept = await queryClient.query(campaigns.draft.queryOptions({ staleTime: Infinity }));
    const { fields } = compositionOf(kept);
    const wanted = compositionOf({ message: next, audience: null }).fields;
    return isBlank(fields) || isSameMessage(fields, wanted) ? null : fields;
  };
}
