import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useApi, useQueries } from '../api/ApiProvider.tsx';
import type { EngineClient } from '../api/connection.ts';
import { problemOf } from '../api/problem-of.ts';
import { whenBack } from '../api/when-back.ts';
import type { Draft } from '../../electron/contract/campaigns.ts';
import { compositionOf, isBlank, isSameMessage, type MessageFields } from './composition.ts';

type Saved = Parameters<EngineClient['campaigns']['saveDraft']>[0];

/** What could not be kept because the engine was away, for each window: how to give it up. */
const unsaved = new WeakMap<QueryClient, () => void>();
const AWAY: ReadonlySet<string> = new Set(['engine-away', 'line-lost', 'line-cut']);

/** What is kept of Compose, so that leaving it, or closing the window, loses nothing. */
export function useDraft() {
  const api = useApi();
  const { campaigns } = api.queries;
  const queryClient = useQueryClient();
  const options = campaigns.draft.queryOptions({ staleTime: Infinity });
  const draft = useQuery(options);
  const giveUp = () => {
    unsaved.get(queryClient)?.();
    unsaved.delete(queryClient);
  };
  const { mutate, mutateAsync } = useMutation(
    campaigns.saveDraft.mutationOptions({
      // A later one says all that an earlier one did.
      onMutate: giveUp,
      onError(error, next) {
        if (AWAY.has(problemOf(error).code)) saveWhenBack(next);
      },
    }),
  );
  const saveWhenBack = (next: Saved) => {
    giveUp();
    const undo = whenBack(api, () => {
      unsaved.delete(queryClient);
      campaigns.saveDraft.call(next).catch((error: unknown) => {
        if (AWAY.has(problemOf(error).code) && !unsaved.has(queryClient)) saveWhenBack(next);
      });
    });
    unsaved.set(queryClient, undo);
  };

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
