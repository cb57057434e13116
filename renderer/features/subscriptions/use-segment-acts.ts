import { useQueryClient } from '@tanstack/react-query';
import type { Segment } from '../../../electron/contract/audience.ts';
import type { SubscriptionFilter } from '../../../electron/contract/subscriptions.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { undoToast } from '../../ui/undo-toast.tsx';
import { tellProblem } from './use-acts.ts';

/** What can be done to a segment without a question; each can be undone. */
export function useSegmentActs() {
  const { audience } = useQueries();
  const queryClient = useQueryClient();
  const readAgain = () => queryClient.invalidateQueries({ queryKey: audience.segments.key() });
  const quietly = async (act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (error) {
      tellProblem(error);
    }
    await readAgain();
  };
  return {
    readAgain,
    update: (segment: Segment, filter: SubscriptionFilter) =>
      quietly(async () => {
        const { id, name } = segment;
        await audience.segments.update.call({ id, filter, was: { filter: segment.filter } });
        undoToast(`“${name}” updated.`, () => {
          void quietly(() => audience.segments.update.call({ id, filter: segment.filter, was: { filter } }));
        });
      }),
    remove: ({ id, name }: Segment) =>
      quietly(async () => {
        await audience.segments.remove.call({ id });
        undoToast(`Segment “${name}” removed. The subscriptions stay.`, () => {
          void quietly(() => audience.segments.restore.call({ id }));
        });
      }),
  };
}
