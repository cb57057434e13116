import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Audience } from '../../../electron/contract/campaigns.ts';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { copyText } from '../../ui/copy-text.ts';
import { toast } from '../../ui/toast.ts';
import { undoToast } from '../../ui/undo-toast.tsx';
import { useFillCompose } from '../../compose-draft/use-draft.ts';
import { inTurns, MAX_AT_ONCE } from './in-turns.ts';

type Chosen = readonly SubscriptionId[];

/** What can be done with chosen rows. A refusal is told where it happens: at the lower right. */
export function useSubscriptionActs(onDone: () => void) {
  const { subscriptions } = useQueries();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const fillCompose = useFillCompose();
  // Not left to the engine's changes alone: see [Note: deep lists]. After a failure too: a part may be done.
  const onSettled = () => queryClient.invalidateQueries({ queryKey: subscriptions.key() });
  const onError = (error: unknown) => {
    const { cause, cure } = problemOf(error);
    toast(`${cause} ${cure}`);
  };
  const restoring = useMutation({
    mutationFn: (chosen: Chosen) => inTurns(chosen, (ids) => subscriptions.restore.call({ ids })),
    onError,
    onSettled,
  });
  const removing = useMutation({
    mutationFn: (chosen: Chosen) => inTurns(chosen, (ids) => subscriptions.remove.call({ ids })),
    onError,
    onSettled,
  });
  const copying = useMutation(subscriptions.exportJson.mutationOptions({ onError }));

  /** Recipients that were chosen one by one are work, and nobody was asked. */
  const offerEarlier = (earlier: Audience | null, chosen: Chosen) => {
    if (earlier?.kind !== 'chosen' || isSameChoice(earlier.ids, chosen)) return;
    const [what, verb] = [
      countOf(earlier.ids.length, 'recipient'),
      earlier.ids.length === 1 ? 'was' : 'were',
    ];
    undoToast(`The ${what} you chose earlier ${verb} replaced.`, () => {
      void fillCompose({ audience: earlier }).catch(onError);
    });
  };

  return {
    /** Something was done with the chosen rows: they are not chosen any more. */
    done: onDone,
    remove: (chosen: Chosen) => {
      removing.mutate(chosen, {
        onSuccess: (count) => {
          onDone();
          undoToast(`${countOf(count, 'subscription')} moved to the bin.`, () => {
            restoring.mutate(chosen);
          });
        },
      });
    },
    restore: (chosen: Chosen) => {
      restoring.mutate(chosen, {
        onSuccess: (count) => {
          onDone();
          toast(`${countOf(count, 'subscription')} restored.`);
        },
      });
    },
    copyJson: (chosen: Chosen) => {
      if (isTooMany(chosen, 'copied')) return;
      copying.mutate(
        { ids: [...chosen] },
        {
          onSuccess: ({ text }) => {
            void copyText(text, true).then((isCopied) => {
              toast(
                isCopied
                  ? `${countOf(chosen.length, 'subscription')} copied as JSON.`
                  : 'Could not copy. Click into the window and try again.',
              );
            });
          },
        },
      );
    },
    sendTo: (chosen: Chosen) => {
      if (isTooMany(chosen, 'chosen as recipients')) return;
      void fillCompose({ audience: { kind: 'chosen', ids: [...chosen] } })
        .then((before) => {
          navigate(SCREENS.compose.path);
          offerEarlier(before?.audience ?? null, chosen);
        })
        .catch(onError);
    },
  };
}
export type SubscriptionActs = ReturnType<typeof useSubscriptionActs>;

function isSameChoice(one: Chosen, other: Chosen): boolean {
  const ids = new Set(one);
  return ids.size === new Set(other).size && other.every((id) => ids.has(id));
}

/** Refuses as a whole what could only be done for a part. */
function isTooMany(chosen: Chosen, done: string): boolean {
  if (chosen.length <= MAX_AT_ONCE) return false;
  toast(
    `At most ${formatCount(MAX_AT_ONCE)} subscriptions can be ${done} at once, and ${formatCount(chosen.length)} are selected. Select fewer.`,
  );
  return true;
}
