import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Act } from '../../../electron/contract/acts.ts';
import type { Audience } from '../../../electron/contract/campaign-audience.ts';
import type { SegmentId, SubscriptionId } from '../../../electron/contract/ids.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { useDrafts } from '../../compose-draft/use-draft.ts';
import { countOf } from '../../format/numbers.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { copyText } from '../../ui/copy-text.ts';
import { toast } from '../../ui/toast.ts';
import { undoToast } from '../../ui/undo-toast.tsx';
import type { Chosen } from './target.ts';
import { tellProblem, useActs } from './use-acts.ts';

/** How many rows are copied at once; a file takes any number. */
export const MAX_COPIED = 10_000;

/** What can be done with chosen rows. */
export function useSubscriptionActs(onDone: () => void) {
  const { subscriptions } = useQueries();
  const { run } = useActs();
  const [, navigate] = useLocation();
  const { fill } = useDrafts();
  const copying = useMutation(subscriptions.exportJson.mutationOptions({ onError: tellProblem }));

  /** Recipients that were chosen by hand are work, and nobody asked about losing them. */
  const offerEarlier = (earlier: Audience | null, now: Audience) => {
    if (earlier === null || earlier.kind === 'everyone' || isSameAudience(earlier, now)) return;
    undoToast(earlierWords(earlier), () => {
      void fill({ audience: earlier }).catch(tellProblem);
    });
  };
  /** What takes rows out of the list. */
  const takeOut = (chosen: Chosen, act: Act) => {
    void run(chosen, act).then((isBegun) => {
      if (isBegun) onDone();
    });
  };

  return {
    /** Something was done with the chosen rows: they are not chosen any more. */
    done: onDone,
    bin: (chosen: Chosen) => {
      takeOut(chosen, { kind: 'bin' });
    },
    restore: (chosen: Chosen) => {
      takeOut(chosen, { kind: 'restore' });
    },
    /** Changes them; they stay chosen. */
    change: run,
    copyJson: (ids: readonly SubscriptionId[]) => {
      copying.mutate(
        { ids: [...ids] },
        {
          onSuccess: ({ text }) => {
            void copyText(text, true).then((isCopied) => {
              toast(
                isCopied
                  ? `${countOf(ids.length, 'subscription')} copied as JSON.`
                  : 'Could not copy. Click into the window and try again.',
              );
            });
          },
        },
      );
    },
    /** `segmentId`: the segment that the filter is. */
    sendTo: ({ target }: Chosen, segmentId: SegmentId | null = null) => {
      const audience = audienceFor(target, segmentId);
      void fill({ audience })
        .then((before) => {
          navigate(SCREENS.compose.path);
          offerEarlier(before.audience, audience);
        })
        .catch(tellProblem);
    },
  };
}
export type SubscriptionActs = ReturnType<typeof useSubscriptionActs>;

function audienceFor(target: Chosen['target'], segmentId: SegmentId | null): Audience {
  if ('ids' in target) return { kind: 'chosen', ids: target.ids };
  const { filter, except } = target;
  return {
    kind: 'matching',
    anyOf: [segmentId === null ? { kind: 'filter', filter } : { kind: 'segment', id: segmentId }],
    ...(except.length === 0 ? {} : { leaveOut: [{ kind: 'chosen', ids: except }] }),
  };
}

function isSameAudience(one: Audience, other: Audience): boolean {
  const inOrder = (audience: Audience) =>
    JSON.stringify(
      audience.kind === 'chosen' ? { ...audience, ids: audience.ids.toSorted((a, b) => a - b) } : audience,
    );
  return inOrder(one) === inOrder(other);
}

function earlierWords(earlier: Audience): string {
  if (earlier.kind !== 'chosen') return 'The audience you chose earlier was replaced.';
  const verb = earlier.ids.length === 1 ? 'was' : 'were';
  return `The ${countOf(earlier.ids.length, 'recipient')} you chose earlier ${verb} replaced.`;
}
