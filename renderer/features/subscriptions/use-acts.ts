import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Act, ActProgress } from '../../../electron/contract/acts.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { toast } from '../../ui/toast.ts';
import { undoToast } from '../../ui/undo-toast.tsx';
import { doneWords, isUnderWay } from './act-words.ts';
import type { Chosen } from './target.ts';

export const tellProblem = (error: unknown): void => {
  const { cause, cure } = problemOf(error);
  toast(`${cause} ${cure}`);
};

/** How acts ended, by id and state: the answer to a call brings it, and so may the list of what is under way. */
const toldIn = new WeakMap<QueryClient, Set<string>>();

/** Whether that is new, which it is once. */
function isNews(client: QueryClient, { id, state }: ActProgress): boolean {
  const told = toldIn.get(client) ?? new Set();
  toldIn.set(client, told);
  const end = `${id} ${state}`;
  if (told.has(end)) return false;
  told.add(end);
  return true;
}

/** Acts on any number of rows. A refusal is shown where the act is shown: at the lower right. */
export function useActs() {
  const { subscriptions, audience } = useQueries();
  const queryClient = useQueryClient();
  // Not left to the engine's changes alone: see [Note: deep lists]. After a failure too: a part may be done.
  const readAgain = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: subscriptions.key() }),
      queryClient.invalidateQueries({ queryKey: audience.key() }),
    ]);

  const undo = async (progress: ActProgress) => {
    try {
      tell(await subscriptions.acts.undo.call({ id: progress.id }));
    } catch (error) {
      tellProblem(error);
    }
    await readAgain();
  };

  /** Says how an act ended, and offers to take it back. What is under way says so itself. */
  const tell = (progress: ActProgress) => {
    if (isUnderWay(progress) || !isNews(queryClient, progress)) return;
    const { problem, undoUntil, state } = progress;
    if (problem !== null) {
      toast(`${problem.cause} ${problem.cure}`);
    } else if (undoUntil === null || state === 'undone') {
      toast(doneWords(progress));
    } else {
      undoToast(doneWords(progress), () => void undo(progress));
    }
  };

  return {
    tell,
    readAgain,
    /** @returns whether it was begun */
    run: async ({ target }: Chosen, act: Act): Promise<boolean> => {
      try {
        tell(await subscriptions.acts.start.call({ target, act }));
        return true;
      } catch (error) {
        tellProblem(error);
        return false;
      } finally {
        void readAgain();
      }
    },
    removeTag: async (name: string): Promise<void> => {
      try {
        tell(await audience.tags.remove.call({ name }));
      } catch (error) {
        tellProblem(error);
      }
      await readAgain();
    },
  };
}
