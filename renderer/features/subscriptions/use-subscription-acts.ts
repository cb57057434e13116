import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { SCREENS } from '../../app/screens.ts';
import { countOf } from '../../format/numbers.ts';
import { copyText } from '../../ui/copy-text.ts';
import { toast } from '../../ui/toast.ts';
import { undoToast } from '../../ui/undo-toast.tsx';
import { useFillCompose } from '../compose/use-draft.ts';

/** Most rows that one call takes. */
const MOST_AT_ONCE = 10_000;

/** What can be done with chosen rows. A refusal is told where it happens: at the lower right. */
export function useSubscriptionActs(onDone: () => void) {
  const { subscriptions } = useQueries();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const fillCompose = useFillCompose();
  // Not left to the engine's changes alone: see [Note: deep lists].
  const readAgain = () => queryClient.invalidateQueries({ queryKey: subscriptions.key() });
  const onError = (error: unknown) => {
    const { cause, cure } = problemOf(error);
    toast(`${cause} ${cure}`);
  };
  const restoring = useMutation(subscriptions.restore.mutationOptions({ onError, onSuccess: readAgain }));
  const removing = useMutation(subscriptions.remove.mutationOptions({ onError, onSuccess: readAgain }));
  const copying = useMutation(subscriptions.copyJson.mutationOptions({ onError }));

  const limited = (ids: readonly SubscriptionId[]) => ids.slice(0, MOST_AT_ONCE);
  return {
    /** Something was done with the chosen rows: they are not chosen any more. */
    done: onDone,
    remove: (chosen: readonly SubscriptionId[]) => {
      const ids = limited(chosen);
      removing.mutate(
        { ids },
        {
          onSuccess: ({ count }) => {
            onDone();
            undoToast(`${countOf(count, 'subscription')} moved to the bin.`, () => {
              restoring.mutate({ ids });
            });
          },
        },
      );
    },
    restore: (chosen: readonly SubscriptionId[]) => {
      restoring.mutate(
        { ids: limited(chosen) },
        {
          onSuccess: ({ count }) => {
            onDone();
            toast(`${countOf(count, 'subscription')} restored.`);
          },
        },
      );
    },
    copyJson: (chosen: readonly SubscriptionId[]) => {
      copying.mutate(
        { ids: limited(chosen) },
        {
          onSuccess: ({ text }) => {
            void copyText(text, true).then((isCopied) => {
              const what = countOf(limited(chosen).length, 'subscription');
              toast(
                isCopied ? `${what} copied as JSON.` : 'Could not copy. Click into the window and try again.',
              );
            });
          },
        },
      );
    },
    sendTo: (chosen: readonly SubscriptionId[]) => {
      void fillCompose({ audience: { kind: 'chosen', ids: limited(chosen) } })
        .then(() => {
          navigate(SCREENS.compose.path);
        })
        .catch(onError);
    },
  };
}
export type SubscriptionActs = ReturnType<typeof useSubscriptionActs>;
